/** The containers of an account, each asked about by itself once it is shown. Upstream: openstack_dashboard/dashboards/project/containers/tables.py (ContainersTable) at 2014.2. */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf } from "../../../../python/index.js";
import {
  containerDetails,
  containers,
  deleteContainer,
  setPublic,
  type ContainerDetails,
} from "../../api/swift.js";
import { counted, type Action, type SingleAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { fileSize } from "../../text.js";
import { redirect } from "../../web/answer.js";
import { listed, succeeded } from "../../web/attempts.js";
import { handle, WithSafeMessage } from "../../web/exceptions.js";
import { CONTAINERS_URL, containerUrl } from "./addresses.js";

interface ContainerRow {
  readonly name: string;
  /** Undefined: it was not asked about yet. */
  readonly details?: ContainerDetails;
}

const access = (isPublic: boolean): SingleAction<ContainerRow> => {
  const word = isPublic ? "public" : "private";
  return {
    kind: "single",
    name: `make_${word}`,
    text: isPublic ? "Make Public" : "Make Private",
    *allowed(_request, row) {
      return row?.details !== undefined && row.details.isPublic !== isPublic;
    },
    *act(request, name) {
      yield* succeeded(request, "Unable to update container access.", function* () {
        yield* setPublic(request, name, isPublic);
        request.env.log("info", `Updating container "${name}" access to ${word}.`);
        request.message("success", `Successfully updated container access to ${word}.`);
      });
      return redirect(CONTAINERS_URL);
    },
  };
};

const remove: Action<ContainerRow> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Container"),
  past: counted("Deleted Container"),
  *act(request, name): Op<void> {
    try {
      yield* deleteContainer(request, name);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const words = error instanceof WithSafeMessage ? undefined : "Unable to delete container.";
      handle(request, error, words, { redirect: CONTAINERS_URL });
    }
  },
  successUrl: CONTAINERS_URL,
};

export const containersTable: Omit<TableView<ContainerRow>, "title"> = {
  *load(request) {
    const message = "Unable to retrieve container list.";
    const rows = yield* listed(request, message, () => containers(request));
    return { rows: rows.map((row) => ({ name: textOf(row, "name") })) };
  },
  spec: {
    name: "containers",
    title: "Containers",
    id: ({ name }) => name,
    display: ({ name }) => name,
    link: ({ name }) => containerUrl(name),
    status: ({ details }) => (details === undefined ? "unknown" : "up"),
    columns: [
      { header: "Container Name", cell: ({ name }) => name },
      {
        header: "Container Details",
        status: true,
        cell: ({ details }) => (details === undefined ? "" : detailLines(details)),
      },
    ],
    tableActions: [
      {
        kind: "link",
        name: "create",
        text: "Create Container",
        modal: true,
        href: () => `${CONTAINERS_URL}create`,
      },
    ],
    rowActions: [
      {
        kind: "link",
        name: "view",
        text: "View Details",
        modal: true,
        href: (row) => containerUrl(row?.name ?? "", "", "container_detail"),
      },
      access(true),
      access(false),
      remove,
    ],
    *rowData(request, name) {
      return { name, details: yield* containerDetails(request, name) };
    },
  },
};

const detailLines = ({ count, bytes, isPublic }: ContainerDetails): string =>
  [
    `Object Count: ${count}`,
    `Size: ${fileSize(bytes)}`,
    `Access: ${isPublic ? "Public" : "Private"}`,
  ].join("\n");

/** Project, Object Store, Containers: all of them beside what is in the one that was chosen. Upstream: openstack_dashboard/dashboards/project/containers/views.py, browsers.py at 2014.2. */
import { respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { containerDetails, objectDetails, objectText } from "../../api/swift.js";
import { formView } from "../../forms/modal-form.js";
import { bound, tablesView } from "../../tables/view.js";
import { fileSize } from "../../text.js";
import { page, type Answer } from "../../web/answer.js";
import { required } from "../../web/attempts.js";
import type { HorizonRequest } from "../../web/request.js";
import { panel } from "../../web/url.js";
import { CONTAINERS_URL } from "./addresses.js";
import { containersTable } from "./containers-table.js";
import {
  copyForm,
  createContainerForm,
  createFolder,
  updateObject,
  uploadObject,
} from "./forms.js";
import { objectsTable, shortName } from "./objects-table.js";

const CHOOSE = { kind: "text", title: "", text: "Select a container to browse." } as const;

function browser(request: HorizonRequest, container?: string, folder = ""): Op<Answer> {
  const tables = [
    bound(containersTable),
    ...(container === undefined ? [] : [bound(objectsTable(container, folder))]),
  ];
  return tablesView(request, {
    title: "Containers",
    tables,
    ...(container === undefined && {
      *above() {
        return [CHOOSE];
      },
    }),
  });
}

function* containerPage(request: HorizonRequest, name: string): Op<Answer> {
  const message = "Unable to retrieve details.";
  const found = yield* required(request, message, CONTAINERS_URL, () =>
    containerDetails(request, name),
  );
  const items = [
    ["Container Name", name],
    ["Container Access", found.isPublic ? "Public" : "Private"],
    ["Object Count", found.count],
    ["Size", fileSize(found.bytes)],
  ] as const;
  return page("Container Details", function* () {
    return [{ kind: "list", title: "Container Details", items }];
  });
}

function* objectPage(request: HorizonRequest, container: string, obj: string): Op<Answer> {
  const message = "Unable to retrieve details.";
  const headers = yield* required(request, message, CONTAINERS_URL, () =>
    objectDetails(request, container, obj),
  );
  const items = [
    ["Name", obj],
    ["Hash", headers["etag"] ?? ""],
    ["Content Type", headers["content-type"] ?? ""],
    ["Size", fileSize(Number(headers["content-length"] ?? 0))],
  ] as const;
  return page("Object Details", function* () {
    return [{ kind: "list", title: "Object Details", items }];
  });
}

function* download(request: HorizonRequest, container: string, obj: string): Op<Answer> {
  const message = "Unable to retrieve object.";
  const text = yield* required(request, message, CONTAINERS_URL, () =>
    objectText(request, container, obj),
  );
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="${shortName(obj).replaceAll(",", "")}"`,
  };
  return { kind: "raw", response: respond(200, text, headers) };
}

const STORE = ["object-store"];
const ONE = `${CONTAINERS_URL}{container}/`;
const IN = `${ONE}{name}/`;

export const containerPages = [
  ...panel(CONTAINERS_URL, STORE, (request) => browser(request)),
  ...panel(`${CONTAINERS_URL}create`, STORE, (request) => formView(request, createContainerForm)),
  ...panel(ONE, STORE, (request, { container = "" }) => browser(request, container)),
  ...panel(`${ONE}container_detail`, STORE, (request, { container = "" }) =>
    containerPage(request, container),
  ),
  ...panel(`${ONE}upload`, STORE, (request, { container = "" }) =>
    formView(request, uploadObject(container, "")),
  ),
  ...panel(`${ONE}create_pseudo_folder`, STORE, (request, { container = "" }) =>
    formView(request, createFolder(container, "")),
  ),
  ...panel(IN, STORE, (request, { container = "", name = "" }) =>
    browser(request, container, name),
  ),
  ...panel(`${IN}upload`, STORE, (request, { container = "", name = "" }) =>
    formView(request, uploadObject(container, name)),
  ),
  ...panel(`${IN}create_pseudo_folder`, STORE, (request, { container = "", name = "" }) =>
    formView(request, createFolder(container, name)),
  ),
  ...panel(`${IN}update`, STORE, (request, { container = "", name = "" }) =>
    formView(request, updateObject(container, name)),
  ),
  ...panel(`${IN}copy`, STORE, (request, { container = "", name = "" }) =>
    formView(request, copyForm(container, name)),
  ),
  ...panel(`${IN}object_detail`, STORE, (request, { container = "", name = "" }) =>
    objectPage(request, container, name),
  ),
  ...panel(`${IN}download`, STORE, (request, { container = "", name = "" }) =>
    download(request, container, name),
  ),
];

/** Project, Networks: one's own, and those that everybody may use, with which nothing can be done. Upstream: openstack_dashboard/dashboards/project/networks/tables.py, views.py (IndexView) at 2014.2. */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { nameOrId, networkListForTenant, neutronClient } from "../../api/neutron.js";
import { adminState, subnetsOf } from "../../api/networks.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { listed } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import { NETWORKS_URL, networkUrl } from "./addresses.js";

function* unlessShared(_request: unknown, network?: JsonObject): Op<boolean> {
  return network?.["shared"] !== true;
}

const link = (name: string, text: string, path: string): LinkAction<JsonObject> => ({
  kind: "link",
  name,
  text,
  modal: true,
  href: (network) =>
    network === undefined
      ? `${NETWORKS_URL}${path}`
      : `${NETWORKS_URL}${textOf(network, "id")}/${path}`,
  allowed: unlessShared,
});

/** Its subnets go first, so that half of it may be gone when the rest is refused. */
const remove: Action<JsonObject> = {
  kind: "batch",
  name: "delete",
  present: counted("Delete Network"),
  past: counted("Deleted Network"),
  allowed: unlessShared,
  *act(request, id): Op<void> {
    try {
      const client = neutronClient(request);
      for (const subnet of yield* client.list("subnets", { network_id: id })) {
        yield* client.delete("subnets", textOf(subnet, "id"));
      }
      yield* client.delete("networks", id);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const message = `Failed to delete network ${id}`;
      request.env.log("info", message);
      handle(request, error, message, { redirect: NETWORKS_URL });
    }
  },
};

/** `private-subnet 192.168.1.0/24`, one a line. */
const subnets = (network: JsonObject): string =>
  subnetsOf(network)
    .map((subnet) => `${textOf(subnet, "name")} ${textOf(subnet, "cidr")}`)
    .join("\n");

export const networksView: TableView<JsonObject> = {
  title: "Networks",
  *load(request) {
    const rows = yield* listed(request, "Network list can not be retrieved.", () =>
      networkListForTenant(request),
    );
    return { rows };
  },
  spec: {
    name: "networks",
    title: "Networks",
    id: (network) => textOf(network, "id"),
    display: nameOrId,
    link: (network) => networkUrl(textOf(network, "id")),
    columns: [
      { header: "Name", cell: nameOrId },
      { header: "Subnets Associated", cell: subnets },
      { header: "Shared", cell: ({ shared }) => (shared === true ? "Yes" : "No") },
      { header: "Status", cell: (network) => textOf(network, "status") },
      { header: "Admin State", cell: adminState },
    ],
    tableActions: [link("create", "Create Network", "create"), remove],
    rowActions: [
      link("update", "Edit Network", "update"),
      link("subnet", "Add Subnet", "subnets/create"),
      remove,
    ],
  },
};

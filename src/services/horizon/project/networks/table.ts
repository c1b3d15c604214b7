/**
 * Project, Networks: those of the project, then those of all. They can be deleted, with their subnets first; forms are not here.
 * Upstream: openstack_dashboard/dashboards/project/networks/views.py, tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { nameOrId, networkListForTenant, neutronClient } from "../../api/neutron.js";
import { counted } from "../../tables/action.js";
import type { TableView } from "../../tables/view.js";
import { handle } from "../../web/exceptions.js";

/** `private-subnet 192.168.1.0/24`, one a line. */
function subnets(network: JsonObject): string {
  const list = network["subnets"];
  const all = Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
  return all.map((subnet) => `${textOf(subnet, "name")} ${textOf(subnet, "cidr")}`).join("\n");
}

export const networksView: TableView<JsonObject> = {
  title: "Networks",
  *load(request) {
    try {
      return { rows: yield* networkListForTenant(request) };
    } catch (thrown) {
      handle(request, yield* caught(thrown), "Network list can not be retrieved.");
      return { rows: [] };
    }
  },
  spec: {
    name: "networks",
    title: "Networks",
    id: (network) => textOf(network, "id"),
    display: nameOrId,
    columns: [
      { header: "Name", cell: nameOrId },
      { header: "Subnets Associated", cell: subnets },
      { header: "Shared", cell: ({ shared }) => (shared === true ? "Yes" : "No") },
      { header: "Status", cell: (network) => textOf(network, "status") },
      { header: "Admin State", cell: ({ admin_state_up: up }) => (up === true ? "UP" : "DOWN") },
    ],
    rowActions: [
      {
        kind: "batch",
        name: "delete",
        present: counted("Delete Network"),
        past: counted("Deleted Network"),
        *allowed(_request, network): Op<boolean> {
          return network?.["shared"] !== true;
        },
        *act(request, id): Op<void> {
          const client = neutronClient(request);
          for (const subnet of yield* client.list("subnets", { network_id: id })) {
            yield* client.delete("subnets", textOf(subnet, "id"));
          }
          yield* client.delete("networks", id);
        },
      },
    ],
  },
};

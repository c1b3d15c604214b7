/** Admin, Networks: those of all projects, each asked for the DHCP agents that host it. Upstream: openstack_dashboard/dashboards/admin/networks/views.py (IndexView), tables.py at 2014.2. */
import { caught, type Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { allTenants } from "../api/keystone.js";
import { nameOrId, networkExtension, networkList, neutronClient } from "../api/neutron.js";
import { adminState, subnetsOf } from "../api/networks.js";
import type { TableView } from "../tables/view.js";
import { listed } from "../web/attempts.js";
import { handle } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

interface Row {
  readonly network: JsonObject;
  readonly tenant: string | null;
  readonly agents: string;
}

function* load(request: HorizonRequest): Op<{ rows: readonly Row[] }> {
  // The table asks while it is made, before there is any data.
  yield* networkExtension(request, "dhcp_agent_scheduler");
  const networks = yield* listed(request, "Network list can not be retrieved.", () =>
    networkList(request),
  );
  if (networks.length === 0) return { rows: [] };
  const message = "Unable to retrieve instance project information.";
  const tenants = yield* listed(request, message, () => allTenants(request));
  const names = new Map(tenants.map((tenant) => [textOf(tenant, "id"), textOf(tenant, "name")]));
  let failure: unknown;
  const rows: Row[] = [];
  for (const network of networks) {
    let agents = "Unknown";
    try {
      const id = textOf(network, "id");
      const hosting = yield* neutronClient(request).listOf("networks", id, "dhcp-agents", "agents");
      agents = String(hosting.length);
    } catch (thrown) {
      failure = yield* caught(thrown);
    }
    rows.push({ network, tenant: names.get(textOf(network, "tenant_id")) ?? null, agents });
  }
  // One message for all of them.
  if (failure !== undefined) {
    handle(request, failure, "Unable to list dhcp agents hosting network.");
  }
  return { rows };
}

const subnets = ({ network }: Row): string =>
  subnetsOf(network)
    .map((subnet) => `${textOf(subnet, "name")} ${textOf(subnet, "cidr")}`)
    .join("\n");

export const adminNetworksView = (): TableView<Row> => ({
  title: "Networks",
  load,
  spec: {
    name: "networks",
    title: "Networks",
    id: ({ network }) => textOf(network, "id"),
    display: ({ network }) => nameOrId(network),
    columns: [
      { header: "Project", cell: ({ tenant }) => tenant },
      { header: "Network Name", cell: ({ network }) => nameOrId(network) },
      { header: "Subnets Associated", cell: subnets },
      { header: "DHCP Agents", cell: ({ agents }) => agents },
      { header: "Shared", cell: ({ network }) => (network["shared"] === true ? "Yes" : "No") },
      { header: "Status", cell: ({ network }) => textOf(network, "status") },
      { header: "Admin State", cell: ({ network }) => adminState(network) },
    ],
  },
});

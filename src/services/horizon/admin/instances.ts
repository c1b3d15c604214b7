/**
 * Admin, Instances: those of all projects. Images are asked for one by one, whenever the page is shown. Upstream: openstack_dashboard/dashboards/admin/instances/views.py (AdminIndexView), tables.py at
 * 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { textOf } from "../../../python/index.js";
import { allTenants, askAsAdmin } from "../api/keystone.js";
import { flavorGet, flavorList, serverList, type NovaServer } from "../api/nova.js";
import { rowActions, tableActions } from "../project/instances/actions.js";
import { addressesOf, instanceRow, type InstanceRow } from "../project/instances/rows.js";
import { instanceColumns } from "../project/instances/table.js";
import { rowStatus } from "../project/instances/states.js";
import { migrateActions } from "./migrate.js";
import type { Action } from "../tables/action.js";
import type { Loaded, TableView } from "../tables/view.js";
import { isObject } from "../../../python/index.js";
import { attempted, listed } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

export const ADMIN_INSTANCES_URL = "/admin/instances/";

interface Row extends InstanceRow {
  readonly tenant: string | null;
}

const OFFERED = [
  ...["confirm", "revert", "console", "log", "snapshot", "pause", "suspend"],
  ...["migrate", "live_migrate"],
  ...["soft_reboot", "reboot", "terminate"],
];

const offered = (actions: readonly Action<InstanceRow>[]): readonly Action<Row>[] =>
  OFFERED.flatMap((name) => actions.find((action) => action.name === name) ?? []);

function* load(request: HorizonRequest): Op<Loaded<Row>> {
  const marker = request.query.get("marker") ?? "";
  const found = yield* attempted(request, "Unable to retrieve instance list.", () =>
    serverList(request, { paginate: true, all_tenants: true, marker }),
  );
  const servers: readonly NovaServer[] = found?.servers ?? [];
  if (servers.length === 0) return { rows: [] };
  const addresses = yield* addressesOf(request, servers, true);
  const flavors = (yield* silently(() => flavorList(request))) ?? [];
  const tenants = yield* listed(request, "Unable to retrieve instance project information.", () =>
    allTenants(request),
  );
  const names = new Map(tenants.map((tenant) => [textOf(tenant, "id"), textOf(tenant, "name")]));
  const rows: Row[] = [];
  for (const server of servers) {
    const { id } = server.flavor;
    const flavor =
      flavors.find((one) => one.id === id) ??
      (yield* attempted(request, "Unable to retrieve instance size information.", () =>
        flavorGet(request, id),
      ));
    rows.push({
      server,
      addresses: addresses?.get(server.id) ?? server.addresses,
      flavor,
      image: undefined,
      tenant: names.get(server.tenant_id) ?? null,
    });
  }
  const last = servers.at(-1)?.id ?? "";
  return { rows, more: found?.more === true ? { param: "marker", last } : undefined };
}

/** Whatever fails: here not even what Horizon does not know ends the page. */
function* silently<T>(op: () => Op<T>): Op<T | undefined> {
  try {
    return yield* op();
  } catch (thrown) {
    yield* caught(thrown);
    return undefined;
  }
}

export const adminInstancesView: TableView<Row> = {
  title: "Instances",
  load,
  spec: {
    name: "instances",
    title: "Instances",
    id: ({ server }) => server.id,
    display: ({ server }) => server.name,
    link: ({ server }) => `${ADMIN_INSTANCES_URL}${server.id}/detail`,
    status: ({ server }) => rowStatus(server),
    columns: [
      { header: "Project", cell: ({ tenant }) => tenant },
      { header: "Host", cell: ({ server }) => server["OS-EXT-SRV-ATTR:host"] ?? null },
      { header: "Name", cell: ({ server }) => server.name },
      ...instanceColumns("Image Name", "IP Address", "Size", "Status", "Task", "Power State"),
      ...instanceColumns("Time since created"),
    ],
    tableActions: offered(tableActions).filter(({ name }) => name === "terminate"),
    rowActions: offered([...rowActions, ...migrateActions]),
    *rowData(request, id) {
      const row = yield* instanceRow(request, id);
      const { tenant } = yield* askAsAdmin(request, "GET", `/tenants/${row.server.tenant_id}`);
      return { ...row, tenant: isObject(tenant) ? textOf(tenant, "name") : null };
    },
  },
};

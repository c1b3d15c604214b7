/** Project, Instances. Upstream: openstack_dashboard/dashboards/project/instances/tables.py (InstancesTable) at 2014.2. */
import { textOf } from "../../../../python/index.js";
import type { Column, TableSpec } from "../../tables/table.js";
import type { TableView } from "../../tables/view.js";
import { timeSince } from "../../text.js";
import type { Addresses } from "../../api/neutron.js";
import { rowActions, tableActions } from "./actions.js";
import { imageName, instanceRow, instanceRows, type InstanceRow } from "./rows.js";
import { powerWord, rowStatus, statusWord, taskWord } from "./states.js";

/** One a line, under the name of their network if there are several. */
export function addressLines(addresses: Addresses): string {
  const groups = Object.entries(addresses);
  return groups
    .flatMap(([network, list]) => [
      ...(groups.length > 1 ? [network] : []),
      ...list.map(({ addr }) => addr),
    ])
    .join("\n");
}

const COLUMNS: readonly Column<InstanceRow>[] = [
  { header: "Instance Name", cell: ({ server }) => server.name },
  { header: "Image Name", cell: (row, request) => imageName(request, row) },
  { header: "IP Address", cell: ({ addresses }) => addressLines(addresses) },
  { header: "Size", cell: ({ flavor }) => flavor?.name ?? "Not available" },
  { header: "Key Pair", cell: ({ server }) => server.key_name },
  { header: "Status", status: true, cell: ({ server }) => statusWord(server) },
  {
    header: "Availability Zone",
    cell: ({ server }) => server["OS-EXT-AZ:availability_zone"],
  },
  { header: "Task", status: true, cell: ({ server }) => taskWord(server) },
  { header: "Power State", cell: ({ server }) => powerWord(server) },
  {
    header: "Time since created",
    cell: ({ server }, { env }) => {
      const { now, calendar } = env.kernel;
      const created = calendar.parse(textOf(server, "created").replace(/Z$/u, ""));
      return timeSince(Math.floor((now - created) / 1e6));
    },
  },
];

/** Those of these headings, for another table of servers. */
export const instanceColumns = (...headers: readonly string[]): readonly Column<InstanceRow>[] =>
  headers.flatMap((header) => COLUMNS.find((column) => column.header === header) ?? []);

export const instancesTable: TableSpec<InstanceRow> = {
  name: "instances",
  title: "Instances",
  id: ({ server }) => server.id,
  display: ({ server }) => server.name,
  link: ({ server }) => `/project/instances/${server.id}/`,
  status: ({ server }) => rowStatus(server),
  columns: COLUMNS,
  tableActions,
  rowActions,
  rowData: instanceRow,
};

export const instancesView: TableView<InstanceRow> = {
  title: "Instances",
  spec: instancesTable,
  load: instanceRows,
};

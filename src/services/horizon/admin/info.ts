/**
 * Admin, System Information: the catalog, and what Nova, Cinder and Neutron say of their services and agents. Upstream:
 * openstack_dashboard/dashboards/admin/info/tabs.py, tables.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { cinderClient } from "../api/cinder.js";
import { networkExtension, neutronClient } from "../api/neutron.js";
import { novaClient } from "../api/nova.js";
import { endpointsOf } from "../auth/user.js";
import { tableTab, type TabGroup } from "../tabs/tabs.js";
import type { Column } from "../tables/table.js";
import { bound, type BoundTable } from "../tables/view.js";
import { timeSince, titled } from "../text.js";
import { handle, WithSafeMessage } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

const text =
  (key: string, shown: (value: string) => string = (value) => value) =>
  (row: JsonObject): string =>
    shown(textOf(row, key));

/** How long ago, as it is written in `key`. */
const since =
  (key: string) =>
  (row: JsonObject, { env }: HorizonRequest): string | null => {
    const written = row[key];
    if (typeof written !== "string") return null;
    const { now, calendar } = env.kernel;
    const at = calendar.parse(written.replace(" ", "T").replace(/(?:\.\d+)?Z?$/u, ""));
    return timeSince(Math.floor((now - at) / 1e6));
  };

/** What `op` lists; a refused connection is told in the tab's words as well. Upstream: `check_message`. */
function* listing(
  request: HorizonRequest,
  message: string,
  op: () => Op<readonly JsonObject[]>,
): Op<{ rows: readonly JsonObject[] }> {
  try {
    return { rows: yield* op() };
  } catch (thrown) {
    const error = yield* caught(thrown);
    const words = error.message.split(" ");
    const refused = words.includes("Connection") && words.includes("refused");
    handle(request, refused ? new WithSafeMessage(error, message) : error, message);
    return { rows: [] };
  }
}

interface Listing {
  readonly name: string;
  readonly title: string;
  readonly id: (row: JsonObject) => string;
  readonly columns: readonly Column<JsonObject>[];
  readonly failed: string;
  readonly list: (request: HorizonRequest) => Op<readonly JsonObject[]>;
}

const listingTable = ({ name, title, id, columns, failed, list }: Listing): BoundTable =>
  bound<JsonObject>({
    load: (request) => listing(request, failed, () => list(request)),
    spec: { name, title, id, display: id, columns },
  });

const host = (row: JsonObject): string => {
  const [endpoint] = endpointsOf(row);
  const url = endpoint === undefined ? "" : textOf(endpoint, "internalURL");
  return /^https?:\/\/([^:/]+)/u.exec(url)?.[1] ?? "";
};

const services = (): BoundTable =>
  listingTable({
    name: "services",
    title: "Services",
    id: text("type"),
    failed: "",
    *list({ user }) {
      return user.token.serviceCatalog;
    },
    columns: [
      { header: "Name", cell: text("name") },
      {
        header: "Service",
        cell: (row) =>
          row["type"] === "identity" ? "identity (native backend)" : textOf(row, "type"),
      },
      { header: "Host", cell: (row) => (host(row) === "" ? null : host(row)) },
      { header: "Status", cell: (row) => (host(row) === "" ? null : "Enabled") },
    ],
  });

const named = ({ binary, host: at, zone }: JsonObject): string =>
  [binary, at, zone].map((one) => (typeof one === "string" ? one : "")).join("-");

const serviceColumns: readonly Column<JsonObject>[] = [
  { header: "Name", cell: text("binary") },
  { header: "Host", cell: text("host") },
  { header: "Zone", cell: text("zone") },
  { header: "Status", cell: text("status", titled) },
  { header: "State", cell: text("state", titled) },
  { header: "Last Updated", cell: since("updated_at") },
];

export const systemInfo = (): TabGroup => ({
  slug: "system_info",
  title: "System Information",
  sticky: true,
  tabs: [
    tableTab({ slug: "services", name: "Services", table: services() }),
    tableTab({
      slug: "nova_services",
      name: "Compute Services",
      services: ["compute"],
      table: listingTable({
        name: "nova_services",
        title: "Compute Services",
        id: named,
        failed: "Unable to get nova services list.",
        list: (request) => novaClient(request).services.all(),
        columns: serviceColumns,
      }),
    }),
    tableTab({
      slug: "cinder_services",
      name: "Block Storage Services",
      services: ["volume"],
      table: listingTable({
        name: "cinder_services",
        title: "Block Storage Services",
        id: named,
        failed: "Unable to get cinder services list.",
        list: (request) => cinderClient(request).services.all({}),
        columns: serviceColumns,
      }),
    }),
    tableTab({
      slug: "network_agents",
      name: "Network Agents",
      *allowed(request) {
        if (!request.user.serviceEnabled("network")) return false;
        try {
          return yield* networkExtension(request, "agent");
        } catch (thrown) {
          handle(request, yield* caught(thrown), "Unable to get network agents info.");
          return false;
        }
      },
      table: listingTable({
        name: "network_agents",
        title: "Network Agents",
        id: named,
        failed: "Unable to get network agents list.",
        list: (request) => neutronClient(request).list("agents"),
        columns: [
          { header: "Type", cell: text("agent_type") },
          { header: "Name", cell: text("binary") },
          { header: "Host", cell: text("host") },
          {
            header: "Status",
            cell: ({ admin_state_up: up }) => (up === true ? "Enabled" : "Disabled"),
          },
          { header: "State", cell: ({ alive }) => (alive === true ? "Up" : "Down") },
          { header: "Last Updated", cell: since("heartbeat_timestamp") },
        ],
      }),
    }),
  ],
});

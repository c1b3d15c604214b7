/**
 * The page of one network: its subnets and its ports. Whether something can be done with the subnets is asked of the network anew,
 * subnets and all. Upstream: openstack_dashboard/dashboards/project/networks/views.py (DetailView),
 * openstack_dashboard/dashboards/project/networks/subnets/tables.py,
 * openstack_dashboard/dashboards/project/networks/ports/tables.py at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { fixedIpsOf } from "../../api/floating-ips.js";
import { nameOrId, networkExtension, neutronClient, portList } from "../../api/neutron.js";
import { adminState, nameOrWholeId, networkGet } from "../../api/networks.js";
import { counted, type Action, type LinkAction } from "../../tables/action.js";
import { bound, tablesView, type TableView } from "../../tables/view.js";
import type { Answer } from "../../web/answer.js";
import { listed, required } from "../../web/attempts.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";
import { NETWORKS_URL, networkUrl } from "./addresses.js";

type Network = (request: HorizonRequest) => Op<JsonObject>;

export function* networkDetail(request: HorizonRequest, id: string): Op<Answer> {
  const message = `Unable to retrieve details for network "${id}".`;
  const memoized =
    (key: string): Network =>
    (asking) =>
      asking.memoized(`${key} ${id}`, () =>
        required(asking, message, NETWORKS_URL, () => networkGet(asking, id)),
      );
  // The view and the table of subnets remember it each for itself.
  const network = memoized("view network");
  const learning = yield* networkExtension(request, "mac-learning");
  return yield* tablesView(request, {
    title: "Network Details",
    tables: [bound(subnets(id, network, memoized("table network"))), bound(ports(id, learning))],
    *above(asking) {
      return [overview(yield* network(asking))];
    },
  });
}

const overview = (network: JsonObject) => ({
  kind: "list" as const,
  title: "Network Overview",
  items: [
    ["Name", nameOrWholeId(network)],
    ["ID", textOf(network, "id")],
    ["Project ID", textOf(network, "tenant_id")],
    ["Status", textOf(network, "status")],
    ["Admin State", adminState(network)],
    ["Shared", yesno(network["shared"])],
    ["External Network", yesno(network["router:external"])],
    ...((network["provider:network_type"] ?? null) === null
      ? []
      : ([
          [
            "Provider Network",
            [
              `Network Type: ${textOf(network, "provider:network_type")}`,
              `Physical Network: ${orDash(network, "provider:physical_network")}`,
              `Segmentation ID: ${orDash(network, "provider:segmentation_id")}`,
            ].join("\n"),
          ],
        ] as const)),
  ] as readonly (readonly [string, string])[],
});

const yesno = (flag: unknown): string => (flag === true ? "Yes" : "No");

const orDash = (thing: JsonObject, key: string): string =>
  (thing[key] ?? null) === null ? "-" : textOf(thing, key);

function subnets(id: string, network: Network, own: Network): Omit<TableView<JsonObject>, "title"> {
  const base = `${NETWORKS_URL}${id}/subnets/`;
  const allowed = function* (request: HorizonRequest): Op<boolean> {
    return (yield* own(request))["shared"] !== true;
  };
  const link = (name: string, text: string, path: (subnet?: JsonObject) => string) =>
    ({ kind: "link", name, text, modal: true, href: path, allowed }) as LinkAction<JsonObject>;
  const remove: Action<JsonObject> = {
    kind: "batch",
    name: "delete",
    present: counted("Delete Subnet"),
    past: counted("Deleted Subnet"),
    allowed,
    *act(request, subnet) {
      try {
        yield* neutronClient(request).delete("subnets", subnet);
      } catch (thrown) {
        const error = yield* caught(thrown);
        const message = `Failed to delete subnet ${subnet}`;
        request.env.log("info", message);
        handle(request, error, message, { redirect: networkUrl(id) });
      }
    },
  };
  return {
    *load(request) {
      const rows = yield* listed(request, "Subnet list can not be retrieved.", function* () {
        const network_id = textOf(yield* network(request), "id");
        return yield* neutronClient(request).list("subnets", { network_id });
      });
      return { rows };
    },
    spec: {
      name: "subnets",
      title: "Subnets",
      id: (subnet) => textOf(subnet, "id"),
      display: nameOrId,
      link: (subnet) => `${NETWORKS_URL}subnets/${textOf(subnet, "id")}/detail`,
      columns: [
        { header: "Name", cell: nameOrId },
        { header: "Network Address", cell: (subnet) => textOf(subnet, "cidr") },
        { header: "IP Version", cell: (subnet) => `IPv${textOf(subnet, "ip_version")}` },
        {
          header: "Gateway IP",
          cell: ({ gateway_ip: ip }) => (typeof ip === "string" ? ip : null),
        },
      ],
      tableActions: [link("create", "Create Subnet", () => `${base}create`), remove],
      rowActions: [
        link("update", "Edit Subnet", (subnet) => `${base}${textOf(subnet ?? {}, "id")}/update`),
        remove,
      ],
    },
  };
}

function attached(port: JsonObject): string {
  const owner = textOf(port, "device_owner");
  if (owner !== "") return owner;
  return textOf(port, "device_id") === "" ? "Detached" : "Attached";
}

export const fixedIps = (port: JsonObject): string =>
  fixedIpsOf(port)
    .map((ip) => textOf(ip, "ip_address"))
    .join("\n");

const ports = (id: string, learning: boolean): Omit<TableView<JsonObject>, "title"> => ({
  *load(request) {
    const rows = yield* listed(request, "Port list can not be retrieved.", () =>
      portList(request, { network_id: id }),
    );
    return { rows };
  },
  spec: {
    name: "ports",
    title: "Ports",
    id: (port) => textOf(port, "id"),
    display: (port) => textOf(port, "id"),
    link: (port) => `${NETWORKS_URL}ports/${textOf(port, "id")}/detail`,
    columns: [
      { header: "Name", cell: nameOrId },
      { header: "Fixed IPs", cell: fixedIps },
      { header: "Attached Device", cell: attached },
      { header: "Status", cell: (port) => textOf(port, "status") },
      { header: "Admin State", cell: adminState },
      ...(learning
        ? [
            {
              header: "MAC Learning State",
              cell: ({ mac_learning_enabled: on }: JsonObject) => (on === true ? "ON" : "Off"),
            },
          ]
        : []),
    ],
    rowActions: [
      {
        kind: "link",
        name: "update",
        text: "Edit Port",
        modal: true,
        href: (port) => `${NETWORKS_URL}${id}/ports/${textOf(port ?? {}, "id")}/update`,
      },
    ],
  },
});

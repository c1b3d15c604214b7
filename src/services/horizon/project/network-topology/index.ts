/**
 * Project, Network Topology: a page whose script asks for everything at once and every ten seconds again, until it is refused.
 * Whatever fails is left out of the drawing without a word. Upstream: openstack_dashboard/dashboards/project/network_topology/views.py,
 * horizon/static/horizon/js/horizon.networktopology.js at 2014.2.
 */
import { respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, textOf, toJson, type Json, type JsonObject } from "../../../../python/index.js";
import { networkList, networkListForTenant, neutronClient, portList } from "../../api/neutron.js";
import { serverList } from "../../api/nova.js";
import { subnetsOf } from "../../api/networks.js";
import type { TablePart } from "../../client/index.js";
import type { Answer } from "../../web/answer.js";
import type { HorizonRequest } from "../../web/request.js";

export const TOPOLOGY_URL = "/project/network_topology/";

export const networkTopology: Answer = {
  kind: "page",
  title: "Network Topology",
  drawing: `${TOPOLOGY_URL}json`,
  *main() {
    const link = (name: string, text: string, path: string) =>
      ({ name, text, modal: true, href: `${TOPOLOGY_URL}${path}` }) as const;
    const table: TablePart = {
      kind: "table",
      name: "topology",
      title: "Network Topology",
      columns: ["Network", "Subnets", "Connected"],
      rows: [],
      polled: false,
      empty: "There are no networks, routers, or connected instances to display.",
      footer: "",
      actions: [
        link("launch", "Launch Instance", "launchinstance"),
        link("create_network", "Create Network", "createnetwork"),
        link("create_router", "Create Router", "createrouter"),
      ],
    };
    return [table];
  },
};

/** Whatever `op` fails with, there is nothing of it. */
function* orNothing<T>(op: () => Op<readonly T[]>): Op<readonly T[]> {
  try {
    return yield* op();
  } catch (thrown) {
    yield* caught(thrown);
    return [];
  }
}

/** `GET json`: what the script draws. */
export function* topologyJson(request: HorizonRequest): Op<Answer> {
  const servers = yield* serversOf(request);
  const networks = yield* networksOf(request);
  const ports = yield* portsOf(request);
  const routers = yield* routersOf(request);
  const data = { servers, networks, ports: withGateways(routers, ports), routers };
  return { kind: "raw", response: respond(200, toJson(data), { "content-type": "text/json" }) };
}

/** Where its page is, unless it is of another project. */
const urlOf = (request: HorizonRequest, thing: JsonObject, url: string): JsonObject =>
  (thing["tenant_id"] ?? request.user.tenantId) === request.user.tenantId ? { url } : {};

function* serversOf(request: HorizonRequest): Op<readonly JsonObject[]> {
  const servers = yield* orNothing(function* () {
    return (yield* serverList(request)).servers;
  });
  return servers.map((server) => ({
    name: server.name,
    status: server.status,
    console: "vnc",
    task: server["OS-EXT-STS:task_state"],
    id: server.id,
    url: `/project/instances/${server.id}/`,
  }));
}

/** One's own and the shared ones, then the external ones among all, which come first. */
function* networksOf(request: HorizonRequest): Op<readonly JsonObject[]> {
  const shown = (network: JsonObject): JsonObject => ({
    name: textOf(network, "name"),
    id: textOf(network, "id"),
    subnets: subnetsOf(network).map((subnet) => ({ cidr: textOf(subnet, "cidr") })),
    "router:external": network["router:external"] === true,
  });
  const own = (yield* orNothing(() => networkListForTenant(request))).map((network) => ({
    ...shown(network),
    url: `/project/networks/${textOf(network, "id")}/detail`,
  }));
  const external = yield* orNothing(() => networkList(request, { "router:external": "True" }));
  const known = own.map((network: JsonObject) => network["id"]);
  const others = external.filter(({ id }) => !known.includes(id)).map(shown);
  const all: JsonObject[] = [...own, ...others];
  const rank = (network: JsonObject): number => (network["router:external"] === true ? 0 : 1);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

function* portsOf(request: HorizonRequest): Op<readonly JsonObject[]> {
  const ports = yield* orNothing(() => portList(request));
  return ports.map((port) => ({
    ...picked(port, ["id", "network_id", "device_id", "fixed_ips", "device_owner", "status"]),
    ...urlOf(request, {}, `/project/networks/ports/${textOf(port, "id")}/detail`),
  }));
}

function* routersOf(request: HorizonRequest): Op<readonly JsonObject[]> {
  const search = { tenant_id: request.user.tenantId };
  const routers = yield* orNothing(() => neutronClient(request).list("routers", search));
  return routers.map((router) => ({
    ...picked(router, ["id", "name", "status", "external_gateway_info"]),
    url: `/project/routers/${textOf(router, "id")}/`,
  }));
}

const picked = (thing: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.map((key): [string, Json] => [key, thing[key] ?? null]));

/** A user does not see the port of a gateway: one is made up. */
function withGateways(
  routers: readonly JsonObject[],
  ports: readonly JsonObject[],
): readonly JsonObject[] {
  const made = routers.flatMap(({ id, external_gateway_info: gateway }): JsonObject[] => {
    const network = isObject(gateway) ? gateway["network_id"] : undefined;
    if (typeof network !== "string") return [];
    const there = ports.some((port) => port["network_id"] === network && port["device_id"] === id);
    if (there) return [];
    return [{ id: `gateway${network}`, network_id: network, device_id: id ?? null, fixed_ips: [] }];
  });
  return [...ports, ...made];
}

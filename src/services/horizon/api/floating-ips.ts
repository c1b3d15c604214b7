/**
 * Floating IPs: pools, what they can be put on, and whose they are. A port can be reached if its subnet has an interface of a
 * router whose gateway is in an external network; ports in other projects' networks are not found (Launchpad 1394051).
 * Upstream: openstack_dashboard/api/neutron.py (FloatingIpManager) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { HorizonRequest } from "../web/request.js";
import { networkClient } from "./network.js";
import { neutronClient, portList } from "./neutron.js";
import { serverList } from "./nova.js";

/** Where a floating IP can be put. */
export interface Target {
  /** `<port>_<address>`. */
  readonly id: string;
  readonly name: string;
  readonly instance: string;
}

/** External networks. */
export function* floatingIpPools(request: HorizonRequest): Op<readonly JsonObject[]> {
  yield* networkClient(request);
  return yield* neutronClient(request).list("networks", { "router:external": "True" });
}

export const fixedIpsOf = (port: JsonObject): readonly JsonObject[] => {
  const ips = port["fixed_ips"];
  return Array.isArray(ips) ? (ips as readonly Json[]).filter(isObject) : [];
};

export function* targetList(request: HorizonRequest): Op<readonly Target[]> {
  yield* networkClient(request);
  const ports = yield* portList(request, { tenant_id: request.user.tenantId });
  const { servers } = yield* serverList(request);
  const names = new Map(servers.map(({ id, name }) => [id, name]));
  const reachable = yield* reachableSubnets(request, ports);
  return ports
    .filter((port) => !textOf(port, "device_owner").startsWith("network:"))
    .flatMap((port) =>
      fixedIpsOf(port)
        .filter((ip) => reachable.has(textOf(ip, "subnet_id")))
        .map((ip): Target => {
          const address = textOf(ip, "ip_address");
          const instance = textOf(port, "device_id");
          return {
            id: `${textOf(port, "id")}_${address}`,
            name: `${names.get(instance) ?? "None"}: ${address}`,
            instance,
          };
        }),
    );
}

function* reachableSubnets(
  request: HorizonRequest,
  ports: readonly JsonObject[],
): Op<ReadonlySet<string>> {
  const client = neutronClient(request);
  const external = yield* client.list("networks", { "router:external": "True" });
  const ids = external.map((network) => network["id"]);
  const routers = (yield* client.list("routers"))
    .filter(({ external_gateway_info: gateway }) => {
      return isObject(gateway) && ids.includes(gateway["network_id"]);
    })
    .map((router) => router["id"]);
  const subnets = ports
    .filter((port) => port["device_owner"] === "network:router_interface")
    .filter((port) => routers.includes(port["device_id"]))
    .map((port) => textOf(fixedIpsOf(port)[0] ?? {}, "subnet_id"));
  return new Set(subnets);
}

/** The first of a server's targets, as a form shows it at first. */
export const targetOf = (targets: readonly Target[], server: string): string =>
  targets.find(({ instance }) => instance === server)?.id ?? "";

export function* associate(request: HorizonRequest, id: string, target: string): Op<void> {
  yield* networkClient(request);
  const at = target.indexOf("_");
  const changes = { port_id: target.slice(0, at), fixed_ip_address: target.slice(at + 1) };
  yield* neutronClient(request).update("floatingips", id, changes);
}

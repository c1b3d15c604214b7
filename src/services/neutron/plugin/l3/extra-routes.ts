/**
 * The static routes of a router: only to what those of its ports can reach that who asks may see, which
 * for a tenant leaves out the gateway. Upstream: neutron/db/extraroute_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import {
  firstOf,
  lastOf,
  parseIp,
  parseIpNetwork,
  type JsonObject,
} from "../../../../python/index.js";
import {
  InvalidRoutes,
  RouterInterfaceInUseByRoute,
  RoutesExhausted,
} from "../../routing/errors.js";
import type { Router } from "../../routing/rows.js";
import type { HostRoute, Subnet } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { Subnets } from "../subnets/subnets.js";
import { isVisible } from "../visibility.js";

export class ExtraRoutes {
  readonly #app: NeutronApp;
  readonly #subnets: Subnets;

  constructor(app: NeutronApp, subnets: Subnets) {
    this.#app = app;
    this.#subnets = subnets;
  }

  /**
   * From now on the router has these; what stays keeps its place.
   * @throws RoutesExhausted, InvalidRoutes, SubnetNotFound
   */
  replace(
    ctxt: RequestContext,
    { uuid, routes: before }: Row<Router>,
    asked: readonly HostRoute[],
  ): void {
    this.#validate(ctxt, uuid, asked);
    const kept = before.filter((route) => asked.some((other) => same(route, other)));
    const added = asked.filter((route) => !before.some((other) => same(route, other)));
    this.#app.database.routers.update(uuid, { routes: [...kept, ...added] });
  }

  /** @throws RouterInterfaceInUseByRoute while a route goes through the subnet */
  refuseInUse({ uuid: router_id, routes }: Router & { uuid: string }, subnet: Subnet): void {
    if (!routes.some(({ nexthop }) => isIn(nexthop, subnet.cidr))) return;
    throw new RouterInterfaceInUseByRoute({ router_id, subnet_id: subnet.uuid });
  }

  #validate(ctxt: RequestContext, router_id: string, routes: readonly HostRoute[]): void {
    const { database, flags } = this.#app;
    const quota = flags.max_routes;
    if (routes.length > quota) throw new RoutesExhausted({ router_id, quota });
    const addresses = database.ports
      .find({ device_id: router_id })
      .filter((port) => isVisible(ctxt, port))
      .flatMap(({ uuid }) => database.ipAllocations.find({ port_id: uuid }));
    const cidrs = addresses.map(({ subnet_id }) => this.#subnets.row(ctxt, subnet_id).cidr);
    const shown = routes.map((route): JsonObject => ({ ...route }));
    for (const { nexthop } of routes) {
      if (!cidrs.some((cidr) => isIn(nexthop, cidr))) {
        const reason = "the nexthop is not connected with router";
        throw new InvalidRoutes({ routes: shown, reason });
      }
      if (addresses.some(({ ip_address }) => ip_address === nexthop)) {
        throw new InvalidRoutes({ routes: shown, reason: "the nexthop is used by router" });
      }
    }
  }
}

const same = (a: HostRoute, b: HostRoute): boolean =>
  a.destination === b.destination && a.nexthop === b.nexthop;

/** `netaddr.all_matching_cidrs`. */
export function isIn(address: string, cidr: string): boolean {
  const [ip, net] = [parseIp(address), parseIpNetwork(cidr)];
  if (ip === undefined || net === undefined || ip.version !== net.version) return false;
  return ip.value >= firstOf(net) && ip.value <= lastOf(net);
}

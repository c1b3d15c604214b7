/**
 * The gateway of a router: a port of its own on an external network, which no tenant sees. Upstream:
 * neutron/db/l3_db.py (_update_router_gw_info, _check_for_dup_router_subnet), l3_gwmode_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { overlap, parseIpNetwork, type Json, type JsonObject } from "../../../../python/index.js";
import { BadRequest } from "../../errors.js";
import { RouterExternalGatewayInUseByFloatingIp } from "../../routing/errors.js";
import { ROUTER_GATEWAY, type Router } from "../../routing/rows.js";
import type { Subnet } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { Networks } from "../networks.js";
import type { Ports } from "../ports/ports.js";
import type { RouterStore } from "./router-store.js";

export class Gateways {
  readonly #app: NeutronApp;
  readonly #store: RouterStore;
  readonly #networks: Networks;
  readonly #ports: Ports;

  constructor(app: NeutronApp, store: RouterStore, networks: Networks, ports: Ports) {
    this.#app = app;
    this.#store = store;
    this.#networks = networks;
    this.#ports = ports;
  }

  /**
   * Have the gateway that `info` says; none if it says nothing.
   * @throws NetworkNotFound, BadRequest, RouterExternalGatewayInUseByFloatingIp, IpAddressGenerationFailure
   */
  *update(ctxt: RequestContext, id: string, info: JsonObject | null): Op<void> {
    const { routers } = this.#app.database;
    const router = routers.get(id) as Row<Router>;
    const asked = info?.["enable_snat"];
    const none = info === null || Object.keys(info).length === 0;
    const enable_snat = none || (asked === undefined ? router.enable_snat : asked === true);
    if (enable_snat !== router.enable_snat) routers.update(id, { enable_snat });
    const network = none ? null : this.#external(ctxt, info["network_id"] ?? null);
    yield* this.#deleteOld(ctxt, router, network);
    if (network === null) return;
    const current = this.#store.gatewayOf(routers.get(id) as Row<Router>);
    if (current?.network_id === network) return;
    for (const subnet of this.#app.database.subnets.find({ network_id: network })) {
      this.refuseOverlap(id, subnet);
    }
    yield* this.#create(ctxt, id, network);
  }

  /** A router has one port on a subnet, and no two whose addresses overlap. @throws BadRequest */
  refuseOverlap(routerId: string, { uuid: subnet_id, cidr: subnet_cidr }: Subnet): void {
    const { subnets } = this.#app.database;
    for (const port of this.#store.portsOf(routerId)) {
      for (const { subnet_id: sub_id } of this.#store.addressesOf(port.uuid)) {
        if (sub_id === subnet_id) {
          throw refused(`Router already has a port on subnet ${subnet_id}`);
        }
        const cidr = subnets.get(sub_id)?.cidr ?? "";
        const [one, other] = [parseIpNetwork(subnet_cidr), parseIpNetwork(cidr)];
        if (one === undefined || other === undefined || !overlap(one, other)) continue;
        throw refused(
          `Cidr ${subnet_cidr} of subnet ${subnet_id} overlaps with cidr ${cidr} of subnet ${sub_id}`,
        );
      }
    }
  }

  /** @throws NetworkNotFound, BadRequest if it leads nowhere */
  #external(ctxt: RequestContext, id: Json): string {
    const network = this.#networks.row(ctxt, id);
    if (network.router_external) return network.uuid;
    throw refused(`Network ${network.uuid} is not an external network`);
  }

  /** @throws RouterExternalGatewayInUseByFloatingIp */
  *#deleteOld(ctxt: RequestContext, router: Row<Router>, network: string | null): Op<void> {
    const { floatingIps, routers } = this.#app.database;
    const port = this.#store.gatewayOf(router);
    if (port === undefined || port.network_id === network) return;
    const { uuid: router_id } = router;
    if (floatingIps.count({ router_id }) > 0) {
      throw new RouterExternalGatewayInUseByFloatingIp({ router_id, net_id: port.network_id });
    }
    routers.update(router_id, { gw_port_id: null });
    yield* this.#ports.deleteAny(ctxt.elevated(), port.uuid);
  }

  *#create(ctxt: RequestContext, router_id: string, network_id: string): Op<void> {
    const port = yield* this.#ports.create(ctxt.elevated(), {
      tenant_id: "",
      network_id,
      device_id: router_id,
      device_owner: ROUTER_GATEWAY,
      admin_state_up: true,
      name: "",
    });
    const id = port["id"] as string;
    if (this.#store.addressesOf(id).length === 0) {
      yield* this.#ports.deleteAny(ctxt.elevated(), id);
      throw refused(`No IPs available for external network ${network_id}`);
    }
    this.#app.database.routers.update(router_id, { gw_port_id: id });
    this.#store.addPort(router_id, id, ROUTER_GATEWAY);
  }
}

/** @returns `Bad router request: ...` */
export const refused = (msg: string): BadRequest => new BadRequest({ resource: "router", msg });

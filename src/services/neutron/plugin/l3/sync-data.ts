/**
 * Routers as agents are given them: with their ports, each with its subnet, and their floating IPs.
 * Upstream: neutron/db/l3_db.py (get_sync_data, _populate_subnet_for_ports), l3_dvr_db.py
 * (_build_routers_list) at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { ROUTER_INTERFACE, type FloatingIp, type Router } from "../../routing/rows.js";
import type { SyncedRouter } from "../../routing/rpcapi.js";
import type { Port } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { FloatingIps } from "./floating-ips.js";
import type { RouterStore } from "./router-store.js";

/** `is_dvr_serviced`, servers aside. */
const SERVED: readonly string[] = ["neutron:LOADBALANCER", "network:dhcp"];

export class SyncData {
  readonly #app: NeutronApp;
  readonly #store: RouterStore;
  readonly #floatingIps: FloatingIps;

  constructor(app: NeutronApp, store: RouterStore, floatingIps: FloatingIps) {
    this.#app = app;
    this.#store = store;
    this.#floatingIps = floatingIps;
  }

  /** Those of `ids` that are up. */
  of(ctxt: RequestContext, ids: readonly string[]): SyncedRouter[] {
    const { routers } = this.#app.database;
    return ids
      .map((id) => routers.get(id))
      .filter((router) => router?.admin_state_up === true)
      .map((router) => this.#router(ctxt, router as Row<Router>));
  }

  #router(ctxt: RequestContext, row: Row<Router>): SyncedRouter {
    const gateway = this.#store.gatewayOf(row);
    const interfaces = this.#store.portsOf(row.uuid, ROUTER_INTERFACE);
    const floating = this.#app.database.floatingIps.find({ router_id: row.uuid });
    const view = this.#store.view(row);
    return {
      ...view,
      id: row.uuid,
      external_gateway_info: view["external_gateway_info"] as JsonObject | null,
      // What DVR would have of a router with a gateway.
      ...(gateway === undefined
        ? {}
        : {
            gw_port: this.#port(gateway),
            enable_snat: row.enable_snat,
            gw_port_host: null,
            _snat_router_interfaces: [],
          }),
      ...(interfaces.length === 0
        ? {}
        : { _interfaces: interfaces.map((port) => this.#port(port)) }),
      ...(floating.length === 0
        ? {}
        : {
            _floatingips: floating.map((each) => this.#floatingIp(ctxt, each)),
            _floatingip_agent_interfaces: [],
          }),
    };
  }

  /** With the host of the server that it leads to. */
  #floatingIp(ctxt: RequestContext, { uuid, fixed_port_id }: Row<FloatingIp>): JsonObject {
    const { portBindings, ports } = this.#app.database;
    const port = fixed_port_id === null ? undefined : ports.get(fixed_port_id);
    const owner = port?.device_owner ?? "";
    const served = owner.startsWith("compute:") || SERVED.includes(owner);
    const host = served ? (portBindings.get(fixed_port_id ?? "")?.host ?? null) : null;
    return { ...this.#floatingIps.get(ctxt, uuid), host };
  }

  /** With its subnet and the others of its network, if it has just one address. */
  #port(port: Row<Port>): JsonObject {
    const view = this.#app.database.portViews.whole(port);
    const [address, ...others] = this.#store.addressesOf(port.uuid);
    if (others.length > 0) {
      this.#app.env.log("info", `Ignoring multiple IPs on router port ${port.uuid}`);
      return view;
    }
    if (address === undefined) {
      this.#app.env.log("info", `Skipping port ${port.uuid} as no IP is configure on it`);
      return view;
    }
    const subnets = this.#app.database.subnets.find({ network_id: port.network_id });
    const [own, extra] = [true, false].map((mine) =>
      subnets
        .filter(({ uuid }) => (uuid === address.subnet_id) === mine)
        .map(({ uuid, cidr, gateway_ip, ipv6_ra_mode }): JsonObject => ({
          id: uuid,
          cidr,
          gateway_ip,
          ipv6_ra_mode,
        })),
    ) as [JsonObject[], JsonObject[]];
    return { ...view, extra_subnets: extra, ...(own[0] && { subnet: own[0] }) };
  }
}

/**
 * Routers as rows and as the API shows them, and the ports that they have. Upstream:
 * neutron/db/l3_db.py (_get_router, _make_router_dict), l3_gwmode_db.py, extraroute_db.py,
 * l3_attrs_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { str, type Json, type JsonObject } from "../../../../python/index.js";
import { RouterNotFound } from "../../routing/errors.js";
import type { Router } from "../../routing/rows.js";
import type { IpAllocation, Port } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import { isVisible } from "../visibility.js";

export class RouterStore {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** @throws RouterNotFound if there is none or the tenant may not see it */
  row(ctxt: RequestContext, id: Json): Row<Router> {
    const row = typeof id === "string" ? this.#app.database.routers.get(id) : undefined;
    if (row !== undefined && isVisible(ctxt, row)) return row;
    throw new RouterNotFound({ router_id: str(id) });
  }

  all(ctxt: RequestContext): Row<Router>[] {
    return this.#app.database.routers.find().filter((row) => isVisible(ctxt, row));
  }

  /** `_make_router_dict`. No router is distributed or highly available here. */
  view(row: Row<Router>): JsonObject {
    return {
      id: row.uuid,
      name: row.name,
      tenant_id: row.tenant_id,
      admin_state_up: row.admin_state_up,
      status: row.status,
      external_gateway_info: this.#gatewayInfo(row),
      gw_port_id: row.gw_port_id,
      routes: row.routes.map((route) => ({ ...route })),
      distributed: false,
      ha: false,
    };
  }

  /** The port of its gateway. */
  gatewayOf({ gw_port_id }: Router): Row<Port> | undefined {
    return gw_port_id === null ? undefined : this.#app.database.ports.get(gw_port_id);
  }

  /** The ports that it has: of one kind, or all. */
  portsOf(router_id: string, port_type?: string): Row<Port>[] {
    const { ports, routerPorts } = this.#app.database;
    return routerPorts
      .find(port_type === undefined ? { router_id } : { router_id, port_type })
      .map(({ port_id }) => ports.get(port_id))
      .filter((port) => port !== undefined);
  }

  addPort(router_id: string, port_id: string, port_type: string): void {
    this.#app.database.routerPorts.insert({ router_id, port_id, port_type });
  }

  addressesOf(port_id: string): Row<IpAllocation>[] {
    return this.#app.database.ipAllocations.find({ port_id });
  }

  #gatewayInfo(row: Row<Router>): JsonObject | null {
    const port = this.gatewayOf(row);
    if (port === undefined) return null;
    return {
      network_id: port.network_id,
      enable_snat: row.enable_snat,
      external_fixed_ips: this.addressesOf(port.uuid).map(({ subnet_id, ip_address }) => ({
        subnet_id,
        ip_address,
      })),
    };
  }
}

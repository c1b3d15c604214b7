/**
 * Floating IPs: an address on an external network, held by a port that no tenant sees, which a router
 * translates to a port's own. DOWN until an agent has done so. Upstream: neutron/db/l3_db.py
 * (FloatingIP, _update_fip_assoc), neutron/services/l3_router/l3_router_plugin.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import { ExternalIpAddressExhausted, FloatingIPNotFound } from "../../routing/errors.js";
import { FLOATING_IP, type FloatingIp, type FloatingIpStatus } from "../../routing/rows.js";
import type { NeutronApp } from "../app.js";
import { requiredText } from "../columns.js";
import { textsOf, type Filters } from "../ports/port-query.js";
import type { Ports } from "../ports/ports.js";
import { isVisible } from "../visibility.js";
import { refusedFloatingIp, type Associations } from "./associations.js";
import type { RouterStore } from "./router-store.js";

export interface FloatingIpParts {
  readonly store: RouterStore;
  readonly ports: Ports;
  readonly associations: Associations;
  readonly notifier: L3AgentNotifier;
}

export class FloatingIps {
  readonly #app: NeutronApp;
  readonly #parts: FloatingIpParts;

  constructor(app: NeutronApp, parts: FloatingIpParts) {
    this.#app = app;
    this.#parts = parts;
  }

  /** @throws FloatingIPNotFound if there is none or the tenant may not see it */
  #row(ctxt: RequestContext, id: string): Row<FloatingIp> {
    const row = this.#app.database.floatingIps.get(id);
    if (row !== undefined && isVisible(ctxt, row)) return row;
    throw new FloatingIPNotFound({ floatingip_id: id });
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return floatingIpView(this.#row(ctxt, id));
  }

  /** At least those that pass `filters`. */
  list(ctxt: RequestContext, filters: Filters): JsonObject[] {
    const { floatingIps } = this.#app.database;
    const [fixed_port_id, ...others] = textsOf(filters, "port_id") ?? [];
    const narrow = fixed_port_id !== undefined && others.length === 0;
    return (narrow ? floatingIps.find({ fixed_port_id }) : floatingIps.find())
      .filter((row) => isVisible(ctxt, row))
      .map(floatingIpView);
  }

  /** @throws BadRequest, ExternalIpAddressExhausted, IpAddressGenerationFailure, what associations refuse */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const made = yield* this.#app.database.atomically(this.#create(ctxt, attrs));
    if (made.router_id !== null) {
      yield* this.#parts.notifier.routersUpdated(ctxt, [made.router_id]);
    }
    return floatingIpView(made);
  }

  *#create(ctxt: RequestContext, attrs: JsonObject): Op<Row<FloatingIp>> {
    const { associations, ports, store } = this.#parts;
    const { floatingIps, networks } = this.#app.database;
    const uuid = this.#app.newId("floatingip");
    const network_id = attrs["floating_network_id"] as string;
    if (networks.get(network_id)?.router_external !== true) {
      throw refusedFloatingIp(`Network ${network_id} is not a valid external network`);
    }
    const port = yield* ports.create(ctxt.elevated(), {
      tenant_id: "",
      network_id,
      device_id: uuid,
      device_owner: FLOATING_IP,
      admin_state_up: true,
      name: "",
    });
    const floating_port_id = port["id"] as string;
    const [address] = store.addressesOf(floating_port_id);
    if (address === undefined) throw new ExternalIpAddressExhausted({ net_id: network_id });
    const floatingIp = {
      uuid,
      tenant_id: requiredText(attrs["tenant_id"]),
      floating_ip_address: address.ip_address,
      floating_network_id: network_id,
    };
    const association = associations.asked(ctxt, attrs, floatingIp, "new");
    return floatingIps.insert({
      ...floatingIp,
      floating_port_id,
      ...association,
      last_known_router_id: null,
      status: "DOWN",
    });
  }

  /**
   * Whatever is said, or not said, of its port holds: without one it has none.
   * @throws BadRequest, FloatingIPPortAlreadyAssociated ...
   */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const before = this.#row(ctxt, id);
    const association = this.#parts.associations.asked(ctxt, attrs, before, "known");
    const after = this.#app.database.floatingIps.update(id, {
      ...association,
      last_known_router_id: before.router_id,
    }) as Row<FloatingIp>;
    const routers = [before.router_id, after.router_id].filter((router) => router !== null);
    yield* this.#parts.notifier.routersUpdated(ctxt, [...new Set(routers)]);
    return floatingIpView(after);
  }

  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { floating_port_id, router_id } = this.#row(ctxt, id);
    this.#app.database.floatingIps.remove(id);
    yield* this.#parts.ports.deleteAny(ctxt.elevated(), floating_port_id);
    if (router_id !== null) yield* this.#parts.notifier.routersUpdated(ctxt, [router_id]);
  }

  /** Those of a network that nobody uses. */
  *deleteDisassociated(ctxt: RequestContext, floating_network_id: string): Op<void> {
    const { floatingIps } = this.#app.database;
    const free = { floating_network_id, fixed_port_id: null, router_id: null };
    for (const row of floatingIps.find(free)) {
      if (isVisible(ctxt, row)) yield* this.delete(ctxt, row.uuid);
    }
  }

  /** What an agent has done for the floating IPs of a router; what it no longer has is down. */
  reported(routerId: string, statuses: Readonly<Record<string, FloatingIpStatus>>): void {
    const { floatingIps } = this.#app.database;
    for (const [id, status] of Object.entries(statuses)) {
      if (floatingIps.get(id) !== undefined) floatingIps.update(id, { status });
    }
    for (const { uuid } of floatingIps.find({ last_known_router_id: routerId, router_id: null })) {
      floatingIps.update(uuid, { status: "DOWN" });
    }
  }
}

/** `_make_floatingip_dict`. */
const floatingIpView = (row: FloatingIp): JsonObject => ({
  id: row.uuid,
  tenant_id: row.tenant_id,
  floating_ip_address: row.floating_ip_address,
  floating_network_id: row.floating_network_id,
  router_id: row.router_id,
  port_id: row.fixed_port_id,
  fixed_ip_address: row.fixed_ip_address,
  status: row.status,
});

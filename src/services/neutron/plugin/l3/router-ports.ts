/**
 * What routers have to do with ports that come and go: which may not be deleted by who asks for just
 * that, which may not be said to be a router's, and whose floating IPs are let go of. Upstream:
 * neutron/db/l3_db.py (prevent_l3_port_deletion, disassociate_floatingips), db/db_base_plugin_v2.py
 * (_enforce_device_owner_not_router_intf_or_device_id) at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import { DeviceIDNotOwnedByTenant, L3PortInUse } from "../../routing/errors.js";
import { ROUTER_INTERFACE, ROUTER_OWNERS } from "../../routing/rows.js";
import type { Port } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";

export class RouterPorts {
  readonly #app: NeutronApp;
  readonly #notifier: L3AgentNotifier;

  constructor(app: NeutronApp, notifier: L3AgentNotifier) {
    this.#app = app;
    this.#notifier = notifier;
  }

  /** One without an address is stale, and may go. @throws L3PortInUse */
  preventDeletion({ uuid, device_owner }: Row<Port>): void {
    if (!this.#app.hasRouters || !ROUTER_OWNERS.includes(device_owner)) return;
    if (this.#app.database.ipAllocations.first({ port_id: uuid }) === undefined) return;
    throw new L3PortInUse({ port_id: uuid, device_owner });
  }

  /**
   * Nobody but an admin makes a port the interface of another tenant's router.
   * @param port as it is to be
   * @throws DeviceIDNotOwnedByTenant
   */
  refuseOthersRouter(
    ctxt: RequestContext,
    { device_id, device_owner, tenant_id }: Pick<Port, "device_id" | "device_owner" | "tenant_id">,
  ): void {
    if (ctxt.is_admin || device_owner !== ROUTER_INTERFACE || device_id === "") return;
    const { database, hasRouters } = this.#app;
    const router = database.routers.get(device_id);
    // Without an L3 plugin nobody knows whose it is.
    if (hasRouters && (router === undefined || router.tenant_id === tenant_id)) return;
    throw new DeviceIDNotOwnedByTenant({ device_id });
  }

  /**
   * The floating IPs of a port are nobody's from now on; their status is as it was.
   * @returns the routers that they were on
   */
  disassociate(portId: string): string[] {
    const { floatingIps } = this.#app.database;
    const found = floatingIps.find({ fixed_port_id: portId });
    for (const { uuid } of found) {
      floatingIps.update(uuid, { fixed_port_id: null, fixed_ip_address: null, router_id: null });
    }
    return [...new Set(found.map(({ router_id }) => router_id).filter((id) => id !== null))];
  }

  /** The rows of routers go with the port, as the database's keys have it. */
  forget(portId: string): void {
    const { routerPorts } = this.#app.database;
    for (const { id } of routerPorts.find({ port_id: portId })) routerPorts.remove(id);
  }

  routersUpdated(ctxt: RequestContext, routers: readonly string[]): Op<void> {
    return this.#notifier.routersUpdated(ctxt, routers);
  }
}

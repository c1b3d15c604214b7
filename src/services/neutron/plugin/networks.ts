/**
 * Networks and their segments. A network is ACTIVE at once; a tenant's gets the lowest VLAN that is
 * free. Upstream: neutron/db/db_base_plugin_v2.py, plugins/ml2/plugin.py, plugins/ml2/managers.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { NetworkInUse, NetworkNotFound, NoNetworkAvailable } from "../errors.js";
import { AUTO_DELETE_PORT_OWNERS, type Network, type NetworkSegment } from "../rows.js";
import type { NeutronApp } from "./app.js";
import type { Ports } from "./ports.js";
import type { SecurityGroups } from "./security-groups.js";
import type { Subnets } from "./subnets.js";
import { isVisible } from "./visibility.js";

export class Networks {
  readonly #app: NeutronApp;
  readonly #ports: Ports;
  readonly #subnets: Subnets;
  readonly #groups: SecurityGroups;

  constructor(app: NeutronApp, ports: Ports, subnets: Subnets, groups: SecurityGroups) {
    this.#app = app;
    this.#ports = ports;
    this.#subnets = subnets;
    this.#groups = groups;
  }

  /** @throws NetworkNotFound if there is none or the tenant may not see it */
  row(ctxt: RequestContext, id: string): Row<Network> {
    const row = this.#app.database.networks.get(id);
    if (row === undefined || !isVisible(ctxt, row)) throw new NetworkNotFound({ net_id: id });
    return row;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.view(this.row(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    const { networks } = this.#app.database;
    return networks
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map((row) => this.view(row));
  }

  /** `_make_network_dict`, with what the extensions add. */
  view(row: Row<Network>): JsonObject {
    const { subnets } = this.#app.database;
    const segment = this.segmentsOf(row.uuid)[0];
    return {
      id: row.uuid,
      name: row.name,
      tenant_id: row.tenant_id,
      admin_state_up: row.admin_state_up,
      status: row.status,
      shared: row.shared,
      subnets: subnets.find({ network_id: row.uuid }).map(({ uuid }) => uuid),
      "router:external": row.router_external,
      "provider:network_type": segment?.network_type ?? null,
      "provider:physical_network": segment?.physical_network ?? null,
      "provider:segmentation_id": segment?.segmentation_id ?? null,
    };
  }

  segmentsOf(networkId: string): Row<NetworkSegment>[] {
    return this.#app.database.segments.find({ network_id: networkId });
  }

  /** @throws NoNetworkAvailable */
  *create(_ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database } = this.#app;
    const segment = this.#newSegment(attrs);
    this.#groups.ensureDefault(attrs["tenant_id"] as string);
    const row = database.networks.insert({
      uuid: this.#app.newId("network"),
      tenant_id: attrs["tenant_id"] as string,
      name: attrs["name"] as string,
      status: "ACTIVE",
      admin_state_up: attrs["admin_state_up"] as boolean,
      shared: attrs["shared"] as boolean,
      router_external: attrs["router:external"] as boolean,
    });
    database.segments.insert({
      uuid: this.#app.newId("segment"),
      network_id: row.uuid,
      ...segment,
    });
    return this.view(row);
  }

  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { networks, subnets } = this.#app.database;
    this.row(ctxt, id);
    const { name, admin_state_up, shared } = attrs as Partial<Network>;
    const external = attrs["router:external"] as boolean | undefined;
    networks.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(admin_state_up === undefined ? {} : { admin_state_up }),
      ...(shared === undefined ? {} : { shared }),
      ...(external === undefined ? {} : { router_external: external }),
    });
    if (shared !== undefined) {
      for (const { uuid } of subnets.find({ network_id: id })) subnets.update(uuid, { shared });
    }
    return this.get(ctxt, id);
  }

  /** @throws NetworkInUse while there are ports that do not go by themselves */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { database, agentNotifier } = this.#app;
    this.row(ctxt, id);
    const ports = database.ports.find({ network_id: id });
    if (ports.some(({ device_owner }) => !AUTO_DELETE_PORT_OWNERS.includes(device_owner))) {
      throw new NetworkInUse({ net_id: id });
    }
    for (const { uuid } of ports) yield* this.#ports.delete(this.#app.adminContext(), uuid);
    for (const { uuid } of database.subnets.find({ network_id: id })) {
      yield* this.#subnets.delete(this.#app.adminContext(), uuid);
    }
    for (const { uuid } of this.segmentsOf(id)) database.segments.remove(uuid);
    for (const binding of database.dhcpAgentBindings.find({ network_id: id })) {
      database.dhcpAgentBindings.remove(binding.id);
    }
    database.networks.remove(id);
    yield* agentNotifier.networkDelete(ctxt, id);
  }

  #newSegment(attrs: JsonObject): Omit<NetworkSegment, "uuid" | "network_id"> {
    const { tenant_network_type, vlan_physical_network } = this.#app.flags;
    const type = attrs["provider:network_type"] as string | undefined;
    if (type !== undefined) {
      return {
        network_type: type,
        physical_network: (attrs["provider:physical_network"] as string | undefined) ?? null,
        segmentation_id: (attrs["provider:segmentation_id"] as number | undefined) ?? null,
      };
    }
    if (tenant_network_type === "local") {
      return { network_type: "local", physical_network: null, segmentation_id: null };
    }
    return {
      network_type: "vlan",
      physical_network: vlan_physical_network,
      segmentation_id: this.#freeVlan(vlan_physical_network),
    };
  }

  #freeVlan(physicalNetwork: string): number {
    const { vlan_min, vlan_max } = this.#app.flags;
    const used = new Set(
      this.#app.database.segments
        .find({ network_type: "vlan", physical_network: physicalNetwork })
        .map(({ segmentation_id }) => segmentation_id),
    );
    for (let vlan = vlan_min; vlan <= vlan_max; vlan++) if (!used.has(vlan)) return vlan;
    throw new NoNetworkAvailable();
  }
}

/**
 * Networks. One is ACTIVE at once, and goes only when no port is left on it but those of DHCP
 * servers. Upstream: neutron/db/db_base_plugin_v2.py, db/external_net_db.py, plugins/ml2/plugin.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../python/index.js";
import {
  ExternalNetworkInUse,
  InvalidInput,
  InvalidSharedSetting,
  NetworkInUse,
  NetworkNotFound,
} from "../errors.js";
import { FLOATING_IP, ROUTER_GATEWAY } from "../routing/rows.js";
import { AUTO_DELETE_PORT_OWNERS, type Network, type NetworkSegment } from "../db/rows.js";
import type { NeutronApp } from "./app.js";
import { requiredText } from "./columns.js";
import type { Ports } from "./ports/ports.js";
import type { SecurityGroups } from "./security-groups.js";
import type { TypeManager } from "./segments/type-manager.js";
import type { Subnets } from "./subnets/subnets.js";
import { isVisible } from "./visibility.js";

/** Ports of a router towards the world and of floating IPs are on others' networks by nature. */
const NEVER_OTHERS: readonly string[] = [ROUTER_GATEWAY, FLOATING_IP];

export class Networks {
  readonly #app: NeutronApp;
  readonly #ports: Ports;
  readonly #subnets: Subnets;
  readonly #groups: SecurityGroups;
  readonly #types: TypeManager;
  readonly #freeFloatingIps: (ctxt: RequestContext, networkId: string) => Op<void>;

  constructor(
    app: NeutronApp,
    parts: {
      readonly types: TypeManager;
      readonly ports: Ports;
      readonly subnets: Subnets;
      readonly groups: SecurityGroups;
      /** Deletes the floating IPs of a network that lead nowhere. */
      readonly freeFloatingIps: (ctxt: RequestContext, networkId: string) => Op<void>;
    },
  ) {
    this.#app = app;
    this.#ports = parts.ports;
    this.#subnets = parts.subnets;
    this.#groups = parts.groups;
    this.#freeFloatingIps = parts.freeFloatingIps;
    this.#types = parts.types;
  }

  /** @throws NetworkNotFound if there is none or the tenant may not see it */
  row(ctxt: RequestContext, id: Json): Row<Network> {
    const row = typeof id === "string" ? this.#app.database.networks.get(id) : undefined;
    if (row !== undefined && isVisible(ctxt, row)) return row;
    throw new NetworkNotFound({ net_id: str(id) });
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

  /** `_make_network_dict`, with what the extensions add: of one segment, or of several. */
  view(row: Row<Network>): JsonObject {
    const { subnets } = this.#app.database;
    const segments = this.segmentsOf(row.uuid).map(segmentView);
    return {
      id: row.uuid,
      name: row.name,
      tenant_id: row.tenant_id,
      admin_state_up: row.admin_state_up,
      status: row.status,
      shared: row.shared,
      subnets: subnets.find({ network_id: row.uuid }).map(({ uuid }) => uuid),
      "router:external": row.router_external,
      ...(segments.length > 1 ? { segments } : (segments[0] ?? NO_SEGMENT)),
    };
  }

  segmentsOf(networkId: string): Row<NetworkSegment>[] {
    return this.#app.database.segments.find({ network_id: networkId });
  }

  /** @throws NoNetworkAvailable, and what is wrong with the segments */
  *create(_ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database } = this.#app;
    const name = requiredText(attrs["name"]);
    const segments = this.#types.allocate(attrs);
    const tenant_id = requiredText(attrs["tenant_id"]);
    this.#groups.ensureDefault(tenant_id);
    const row = database.networks.insert({
      uuid: this.#app.newId("network"),
      tenant_id,
      name,
      status: "ACTIVE",
      admin_state_up: attrs["admin_state_up"] as boolean,
      shared: attrs["shared"] as boolean,
      router_external: attrs["router:external"] as boolean,
    });
    for (const segment of segments) {
      const uuid = this.#app.newId("segment");
      database.segments.insert({ uuid, network_id: row.uuid, ...segment });
    }
    return this.view(row);
  }

  /** @throws InvalidInput, InvalidSharedSetting, ExternalNetworkInUse */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { networks, subnets } = this.#app.database;
    if (PROVIDER.some((name) => (attrs[name] ?? null) !== null)) {
      const error_message = "Plugin does not support updating provider attributes";
      throw new InvalidInput({ error_message });
    }
    const before = this.row(ctxt, id);
    const { admin_state_up, shared } = attrs as Partial<Network>;
    const name = attrs["name"] === undefined ? undefined : requiredText(attrs["name"]);
    const external = attrs["router:external"] as boolean | undefined;
    if (shared === false && before.shared) this.#refuseUnsharing(ctxt, before);
    if (external === false && before.router_external) this.#refuseInternal(id);
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
    // They are gone even if the network is in use for other reasons.
    yield* this.#freeFloatingIps(ctxt, id);
    const ports = database.ports.find({ network_id: id });
    if (ports.some(({ device_owner }) => !AUTO_DELETE_PORT_OWNERS.includes(device_owner))) {
      throw new NetworkInUse({ net_id: id });
    }
    for (const { uuid } of ports) yield* this.#ports.delete(this.#app.adminContext(), uuid);
    for (const { uuid } of database.subnets.find({ network_id: id })) {
      yield* this.#subnets.delete(this.#app.adminContext(), uuid);
    }
    for (const segment of this.segmentsOf(id)) this.#release(segment);
    for (const binding of database.dhcpAgentBindings.find({ network_id: id })) {
      database.dhcpAgentBindings.remove(binding.id);
    }
    database.networks.remove(id);
    yield* agentNotifier.networkDelete(ctxt, id);
  }

  /** Whatever else was to be given back was said by the row alone. */
  #release({ uuid, network_type }: Row<NetworkSegment>): void {
    const { database, env } = this.#app;
    database.segments.remove(uuid);
    if (this.#types.has(network_type)) return;
    const why = "because network type is not supported.";
    env.log("error", `Failed to release segment '${uuid}' ${why}`);
  }

  /** `_validate_shared_update`, as far as the caller sees who else is there. */
  #refuseUnsharing(ctxt: RequestContext, { uuid, tenant_id, name }: Row<Network>): void {
    const { ports, subnets } = this.#app.database;
    const owners = [
      ...ports
        .find({ network_id: uuid })
        .filter(({ device_owner }) => !NEVER_OTHERS.includes(device_owner)),
      ...subnets.find({ network_id: uuid }),
    ].filter((row) => isVisible(ctxt, row));
    if (owners.every((row) => row.tenant_id === tenant_id)) return;
    throw new InvalidSharedSetting({ network: name });
  }

  #refuseInternal(id: string): void {
    const { ports } = this.#app.database;
    if (ports.first({ network_id: id, device_owner: ROUTER_GATEWAY }) === undefined) return;
    throw new ExternalNetworkInUse({ net_id: id });
  }
}

const NO_SEGMENT: JsonObject = {
  "provider:network_type": null,
  "provider:physical_network": null,
  "provider:segmentation_id": null,
};

const PROVIDER = Object.keys(NO_SEGMENT);

const segmentView = (segment: NetworkSegment): JsonObject => ({
  "provider:network_type": segment.network_type,
  "provider:physical_network": segment.physical_network,
  "provider:segmentation_id": segment.segmentation_id,
});

/**
 * Ports: created DOWN and bound within the request; their status follows what agents report.
 * Deleting one tells no L2 agent, which sees the tap vanish. Upstream: plugins/ml2/plugin.py,
 * db/db_base_plugin_v2.py; other-services §3.4.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { NetworkNotFound, PortNotFound } from "../errors.js";
import type { Port, PortStatus } from "../rows.js";
import type { NeutronApp } from "./app.js";
import type { Bindings } from "./binding.js";
import { Ipam } from "./ipam.js";
import { MacAddresses } from "./mac.js";
import { candidatePorts, type Filters } from "./port-query.js";
import type { SecurityGroups } from "./security-groups.js";
import { isVisible } from "./visibility.js";

export class Ports {
  readonly bindings: Bindings;
  readonly #app: NeutronApp;
  readonly #groups: SecurityGroups;
  readonly #ipam: Ipam;
  readonly #macs: MacAddresses;

  constructor(app: NeutronApp, groups: SecurityGroups, bindings: Bindings) {
    const { database, flags, env } = app;
    this.bindings = bindings;
    this.#app = app;
    this.#groups = groups;
    this.#ipam = new Ipam(database);
    this.#macs = new MacAddresses(
      database,
      env.stream("mac address"),
      flags.mac_generation_retries,
    );
  }

  /** @throws PortNotFound if there is none or the tenant may not see it */
  row(ctxt: RequestContext, id: string): Row<Port> {
    const row = this.#app.database.ports.get(id);
    if (row === undefined || !isVisible(ctxt, row)) throw new PortNotFound({ port_id: id });
    return row;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.view(this.row(ctxt, id));
  }

  /** At least the ports that pass `filters`, out of the narrowest index that there is for them. */
  list(ctxt: RequestContext, filters: Filters): JsonObject[] {
    return candidatePorts(this.#app.database, ctxt, filters).map((row) => this.view(row));
  }

  /** All ports of a tenant as it sees them: what nova-api counts before every boot. */
  ofTenant(tenantId: string): readonly JsonObject[] {
    return this.#app.database.portViews.ofTenant(tenantId);
  }

  ofNetwork(networkId: string): JsonObject[] {
    const { ports } = this.#app.database;
    return ports.find({ network_id: networkId }).map((row) => this.view(row));
  }

  /** `fixed_ips` of a port. */
  addressesOf(id: string): JsonObject[] {
    return this.#ipam.of(id).map((ip) => ({ ...ip }));
  }

  /** `_make_port_dict`, with what the extensions add. */
  view(row: Row<Port>): JsonObject {
    return this.#app.database.portViews.whole(row);
  }

  /** @throws NetworkNotFound, SecurityGroupNotFound, MacAddressInUse, and the errors of addresses */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database, flags } = this.#app;
    const groups = this.#groups.forNewPort(ctxt, attrs);
    const network_id = attrs["network_id"] as string;
    if (database.networks.get(network_id) === undefined) {
      throw new NetworkNotFound({ net_id: network_id });
    }
    const mac = attrs["mac_address"] as string | undefined;
    const mac_address =
      mac === undefined ? this.#macs.generate(network_id) : this.#macs.require(network_id, mac);
    const asked = attrs["fixed_ips"] as readonly JsonObject[] | undefined;
    const ips = this.#ipam.allocate(network_id, asked, flags.max_fixed_ips_per_port);
    const port = database.ports.insert({
      uuid: this.#app.newId("port"),
      tenant_id: attrs["tenant_id"] as string,
      name: attrs["name"] as string,
      network_id,
      mac_address,
      admin_state_up: attrs["admin_state_up"] as boolean,
      status: "DOWN",
      device_id: attrs["device_id"] as string,
      device_owner: attrs["device_owner"] as string,
      allowed_address_pairs: (attrs["allowed_address_pairs"] ?? []) as readonly JsonObject[],
      extra_dhcp_opts: (attrs["extra_dhcp_opts"] ?? []) as readonly JsonObject[],
    });
    this.#ipam.store(port.uuid, network_id, ips);
    this.#groups.assign(port.uuid, groups);
    this.bindings.add(port.uuid);
    this.bindings.process(port.uuid, attrs);
    yield* this.#membersUpdated(ctxt, port.device_owner, groups);
    this.bindings.bindIfNeeded(port);
    return this.view(port);
  }

  /** @throws as `create` */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { database } = this.#app;
    const before = this.row(ctxt, id);
    const was = this.view(before);
    this.#change(ctxt, before, attrs);
    const rebound = this.bindings.process(id, attrs);
    const after = this.row(ctxt, id);
    const is = this.view(after);
    const differs = (key: string): boolean => JSON.stringify(was[key]) !== JSON.stringify(is[key]);
    const memberChanged = ["fixed_ips", "mac_address", "security_groups"].some(differs);
    if (memberChanged) {
      yield* this.#membersUpdated(ctxt, after.device_owner, this.#groups.ofPort(id));
    }
    const bound = this.bindings.bindIfNeeded(after);
    const agentCares = ["allowed_address_pairs", "extra_dhcp_opts", "admin_state_up"].some(differs);
    // It may have been deleted while the fanout was sent.
    const row = database.ports.get(id) ?? after;
    if (rebound || memberChanged || agentCares || bound) yield* this.#notifyAgents(ctxt, row);
    return this.view(row);
  }

  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { database } = this.#app;
    const port = this.row(ctxt, id);
    const groups = this.#groups.ofPort(id);
    this.#ipam.release(id);
    this.#groups.unassign(id);
    this.bindings.remove(id);
    database.ports.remove(id);
    yield* this.#membersUpdated(ctxt, port.device_owner, groups);
  }

  /** What an agent found. Nova hears of it if it is its affair. @returns whether the port exists */
  setStatus(id: string, status: PortStatus): boolean {
    const before = this.#app.database.ports.get(id);
    if (before === undefined) return false;
    if (before.status === status) return true;
    this.#app.database.ports.update(id, { status });
    this.#app.statusNotifier.portStatusChanged(before, status);
    return true;
  }

  isBoundTo(id: string, host: string): boolean {
    return this.bindings.of(id)?.host === host;
  }

  #change(ctxt: RequestContext, port: Row<Port>, attrs: JsonObject): void {
    const { database, flags } = this.#app;
    const groups = attrs["security_groups"] as readonly string[] | null | undefined;
    const checked = groups === undefined ? undefined : this.#groups.checked(ctxt, groups ?? []);
    const fixedIps = attrs["fixed_ips"] as readonly JsonObject[] | undefined;
    if (fixedIps !== undefined) this.#changeIps(port, fixedIps, flags.max_fixed_ips_per_port);
    const mac = attrs["mac_address"] as string | undefined;
    if (mac !== undefined && mac !== port.mac_address) this.#macs.require(port.network_id, mac);
    const columns = ["name", "admin_state_up", "device_id", "device_owner", "mac_address"] as const;
    const lists = ["allowed_address_pairs", "extra_dhcp_opts"] as const;
    const changes: Record<string, unknown> = {};
    for (const column of [...columns, ...lists]) {
      if (attrs[column] !== undefined) changes[column] = attrs[column];
    }
    database.ports.update(port.uuid, changes);
    if (checked !== undefined) this.#groups.assign(port.uuid, checked);
  }

  /** Addresses that stay are kept; the others are given back and new ones taken. */
  #changeIps(port: Row<Port>, asked: readonly JsonObject[], most: number): void {
    const had = this.#ipam.of(port.uuid);
    const kept = had.filter(({ ip_address }) =>
      asked.some((each) => each["ip_address"] === ip_address),
    );
    const wanted = asked.filter(
      (each) => !kept.some(({ ip_address }) => ip_address === each["ip_address"]),
    );
    const added = this.#ipam.allocate(port.network_id, wanted, most - kept.length);
    const gone = had.filter((ip) => !kept.includes(ip)).map(({ ip_address }) => ip_address);
    this.#ipam.release(port.uuid, gone);
    this.#ipam.store(port.uuid, port.network_id, added);
  }

  /** A DHCP server's address is in everybody's rules; any other port's in those of its groups. */
  *#membersUpdated(ctxt: RequestContext, owner: string, groups: readonly string[]): Op<void> {
    const { agentNotifier } = this.#app;
    if (owner === "network:dhcp") yield* agentNotifier.securityGroupsProviderUpdated(ctxt);
    else yield* agentNotifier.securityGroupsMemberUpdated(ctxt, groups);
  }

  *#notifyAgents(ctxt: RequestContext, port: Row<Port>): Op<void> {
    const segment = this.bindings.segmentOf(port.uuid);
    if (segment === undefined) return;
    yield* this.#app.agentNotifier.portUpdate(ctxt, this.view(port), segment);
  }
}

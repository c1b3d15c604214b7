/**
 * Ports: created DOWN and bound within the request; their status follows what agents report.
 * Deleting one tells no L2 agent, which sees the tap vanish. Upstream: plugins/ml2/plugin.py,
 * db/db_base_plugin_v2.py; other-services §3.4.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import { NetworkNotFound, PortNotFound } from "../../errors.js";
import type { Port, PortStatus } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { RouterPorts } from "../l3/router-ports.js";
import type { Bindings } from "./binding.js";
import { DBError, requiredText } from "../columns.js";
import type { FixedIp, Ipam } from "../subnets/ipam.js";
import { MacAddresses } from "./mac.js";
import { changedOptions, newOptions, pairsUpdated, withMac } from "./port-extras.js";
import { candidatePorts, type Filters } from "./port-query.js";
import type { SecurityGroups } from "../security-groups.js";
import { isVisible } from "../visibility.js";

export class Ports {
  readonly bindings: Bindings;
  readonly #app: NeutronApp;
  readonly #groups: SecurityGroups;
  readonly #ipam: Ipam;
  readonly #macs: MacAddresses;
  readonly #ofRouters: RouterPorts;

  constructor(
    app: NeutronApp,
    parts: {
      readonly groups: SecurityGroups;
      readonly bindings: Bindings;
      readonly ipam: Ipam;
      readonly ofRouters: RouterPorts;
    },
  ) {
    const { database, flags, env } = app;
    const { groups, bindings, ipam, ofRouters } = parts;
    this.bindings = bindings;
    this.#ofRouters = ofRouters;
    this.#app = app;
    this.#groups = groups;
    this.#ipam = ipam;
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

  /** @throws NetworkNotFound, MacAddressInUse, the errors of addresses, and Python's for a group that is not there */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database } = this.#app;
    const groups = this.#groups.forNewPort(ctxt, attrs);
    const owned = {
      tenant_id: requiredText(attrs["tenant_id"]),
      device_id: requiredText(attrs["device_id"]),
      device_owner: requiredText(attrs["device_owner"]),
    };
    this.#ofRouters.refuseOthersRouter(ctxt, owned);
    const network_id = attrs["network_id"] as string;
    const network = database.networks.get(network_id);
    if (network === undefined || !isVisible(ctxt, network)) {
      throw new NetworkNotFound({ net_id: network_id });
    }
    const mac = attrs["mac_address"] as string | undefined;
    const mac_address =
      mac === undefined ? this.#macs.generate(network_id) : this.#macs.require(network_id, mac);
    const asked = attrs["fixed_ips"] as readonly JsonObject[] | undefined;
    this.bindings.check(attrs);
    const pairs = (attrs["allowed_address_pairs"] ?? []) as readonly JsonObject[];
    const allowed_address_pairs = withMac(pairs, mac_address);
    const ips = this.#ipam.allocate(ctxt, network_id, asked, mac_address);
    const options = (attrs["extra_dhcp_opts"] ?? []) as readonly JsonObject[];
    const port = database.ports.insert({
      uuid: this.#app.newId("port"),
      tenant_id: owned.tenant_id,
      name: requiredText(attrs["name"]),
      network_id,
      mac_address,
      admin_state_up: attrs["admin_state_up"] as boolean,
      status: "DOWN",
      device_id: owned.device_id,
      device_owner: owned.device_owner,
      allowed_address_pairs,
      extra_dhcp_opts: newOptions(options),
    });
    this.#ipam.store(port.uuid, network_id, ips);
    this.#groups.assign(port.uuid, groups);
    this.bindings.add(port.uuid);
    this.bindings.process(port.uuid, attrs);
    yield* this.#membersUpdated(ctxt, port, groups, ips);
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
    const bound = this.bindings.bindIfNeeded(after);
    // Options of DHCP are told of whether they have changed or not, if any are named.
    const options = (attrs["extra_dhcp_opts"] ?? []) as readonly Json[];
    const pairs = attrs["allowed_address_pairs"] as readonly JsonObject[] | undefined;
    const agentCares =
      options.length > 0 ||
      pairsUpdated(pairs, before.allowed_address_pairs) ||
      ["fixed_ips", "security_groups", "admin_state_up"].some(differs);
    if (rebound || agentCares || bound) yield* this.#notifyAgents(ctxt, after);
    // It may have been deleted while the fanout was sent.
    return this.view(database.ports.get(id) ?? after);
  }

  /** @throws PortNotFound; L3PortInUse for a router's or a floating IP's */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    this.#ofRouters.preventDeletion(this.row(ctxt, id));
    yield* this.deleteAny(ctxt, id);
  }

  /** `delete_port` with `l3_port_check=False`. One that is gone meanwhile is none. */
  *deleteAny(ctxt: RequestContext, id: string): Op<void> {
    const port = this.#app.database.ports.get(id);
    if (port === undefined) return;
    if (this.#app.database.vips.first({ port_id: id }) !== undefined) throw referenced();
    const groups = this.#groups.ofPort(id);
    const ips = this.#ipam.of(id);
    const routers = this.#ofRouters.disassociate(id);
    this.erase(id);
    yield* this.#ofRouters.routersUpdated(ctxt, routers);
    yield* this.#membersUpdated(ctxt, port, groups, ips);
  }

  /** `_delete_port`: its row and all that hangs on it, without a word to anybody. */
  erase(id: string): void {
    this.#ipam.release(id);
    this.#groups.unassign(id);
    this.bindings.remove(id);
    this.#ofRouters.forget(id);
    this.#app.database.ports.remove(id);
  }

  /** The addresses that a port has of a subnet are taken from it, as by a request. */
  *takeAddresses(portId: string, subnetId: string): Op<void> {
    const kept = this.addressesOf(portId).filter((ip) => ip["subnet_id"] !== subnetId);
    yield* this.update(this.#app.adminContext(), portId, { fixed_ips: kept });
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

  /** Everything is looked at before anything is changed. */
  #change(ctxt: RequestContext, port: Row<Port>, attrs: JsonObject): void {
    const { uuid, network_id, mac_address } = port;
    const owned = {
      tenant_id: port.tenant_id,
      device_id: requiredText(attrs["device_id"] ?? port.device_id),
      device_owner: requiredText(attrs["device_owner"] ?? port.device_owner),
    };
    this.#ofRouters.refuseOthersRouter(ctxt, owned);
    const fixedIps = attrs["fixed_ips"] as readonly JsonObject[] | undefined;
    const changeIps = fixedIps && this.#ipam.planChange(ctxt, uuid, network_id, fixedIps);
    const groups = this.#changedGroups(ctxt, uuid, attrs);
    this.bindings.check(attrs);
    const changes: Record<string, unknown> = {};
    for (const column of ["name", "device_id", "device_owner"] as const) {
      if (attrs[column] !== undefined) changes[column] = requiredText(attrs[column]);
    }
    if (attrs["admin_state_up"] !== undefined) changes["admin_state_up"] = attrs["admin_state_up"];
    const pairs = attrs["allowed_address_pairs"] as readonly JsonObject[] | undefined;
    if (pairs !== undefined) changes["allowed_address_pairs"] = withMac(pairs, mac_address);
    const options = (attrs["extra_dhcp_opts"] ?? []) as readonly JsonObject[];
    if (options.length > 0) {
      changes["extra_dhcp_opts"] = changedOptions(port.extra_dhcp_opts, options);
    }
    changeIps?.();
    this.#app.database.ports.update(uuid, changes);
    if (groups !== undefined) this.#groups.assign(uuid, groups);
  }

  /** Its new groups; undefined if they are to stay. */
  #changedGroups(ctxt: RequestContext, id: string, attrs: JsonObject): string[] | undefined {
    const asked = attrs["security_groups"] as readonly string[] | null | undefined;
    if (asked === undefined || sameGroups(this.#groups.ofPort(id), asked ?? [])) return undefined;
    return this.#groups.forPort(ctxt, asked, attrs);
  }

  /**
   * A DHCP server's address is in everybody's rules, and so is a router's of IPv6; any other port's
   * in those of its groups. `notify_security_groups_member_updated`.
   */
  *#membersUpdated(
    ctxt: RequestContext,
    { device_owner }: Port,
    groups: readonly string[],
    ips: readonly FixedIp[],
  ): Op<void> {
    const { agentNotifier } = this.#app;
    if (device_owner === "network:dhcp") yield* agentNotifier.securityGroupsProviderUpdated(ctxt);
    else if (device_owner === "network:router_interface") {
      if (!ips.some(({ ip_address }) => ip_address.includes(":"))) return;
      yield* agentNotifier.securityGroupsProviderUpdated(ctxt);
    } else yield* agentNotifier.securityGroupsMemberUpdated(ctxt, groups);
  }

  *#notifyAgents(ctxt: RequestContext, port: Row<Port>): Op<void> {
    const segment = this.bindings.segmentOf(port.uuid);
    if (segment === undefined) {
      const on = `port ${port.uuid} on network ${port.network_id}`;
      this.#app.env.log("warning", `In _notify_port_updated(), no bound segment for ${on}`);
      return;
    }
    yield* this.#app.agentNotifier.portUpdate(ctxt, this.view(port), segment);
  }
}

/** The port of a VIP goes with the VIP alone: `vips.port_id` is a foreign key. */
const referenced = (): DBError =>
  new DBError(
    "(IntegrityError) (1451, 'Cannot delete or update a parent row: a foreign key constraint fails')",
  );

/** Compared as sets. */
const sameGroups = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((id) => other.includes(id)) && other.every((id) => one.includes(id));

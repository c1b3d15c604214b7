/**
 * Subnets and their allocation pools, of both versions of IP. Whether one is as it should be is
 * `subnet-checks.ts`. Upstream: neutron/db/db_base_plugin_v2.py (create_subnet, update_subnet),
 * plugins/ml2/plugin.py (delete_subnet).
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  cidrOf,
  dictOrder,
  firstOf,
  ipNetworkText,
  ipText,
  parseIpNetwork,
  str,
  type IpNetwork,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { NetworkNotFound, SubnetInUse, SubnetNotFound } from "../../errors.js";
import { checkGateway, checkPools, defaultPools, type Pool } from "../../db/pools.js";
import { AUTO_DELETE_PORT_OWNERS, type HostRoute, type Subnet } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import { requiredText } from "../columns.js";
import type { Ipam } from "./ipam.js";
import { checkOverlap, checkSubnet } from "./subnet-checks.js";
import { isVisible } from "../visibility.js";

/** Takes the addresses of a subnet from a port that does not keep the subnet. */
export type TakeAddresses = (portId: string, subnetId: string) => Op<void>;

export class Subnets {
  readonly #app: NeutronApp;
  readonly #ipam: Ipam;
  readonly #takeAddresses: TakeAddresses;

  constructor(app: NeutronApp, ipam: Ipam, takeAddresses: TakeAddresses) {
    this.#app = app;
    this.#ipam = ipam;
    this.#takeAddresses = takeAddresses;
  }

  /** @throws SubnetNotFound */
  row(ctxt: RequestContext, id: Json): Row<Subnet> {
    const row = typeof id === "string" ? this.#app.database.subnets.get(id) : undefined;
    if (row !== undefined && isVisible(ctxt, row)) return row;
    throw new SubnetNotFound({ subnet_id: str(id) });
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.view(this.row(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    return this.#app.database.subnets
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map((row) => this.view(row));
  }

  ofNetwork(networkId: string): JsonObject[] {
    const { subnets } = this.#app.database;
    return subnets.find({ network_id: networkId }).map((row) => this.view(row));
  }

  /** `_make_subnet_dict`. */
  view(row: Row<Subnet>): JsonObject {
    const pools = this.#app.database.allocationPools.find({ subnet_id: row.uuid });
    return {
      name: row.name,
      enable_dhcp: row.enable_dhcp,
      network_id: row.network_id,
      tenant_id: row.tenant_id,
      dns_nameservers: row.dns_nameservers,
      allocation_pools: pools.map(({ first_ip, last_ip }) => ({ start: first_ip, end: last_ip })),
      host_routes: row.host_routes.map((route) => ({ ...route })),
      ip_version: row.ip_version,
      gateway_ip: row.gateway_ip,
      cidr: row.cidr,
      id: row.uuid,
      ipv6_ra_mode: row.ipv6_ra_mode,
      ipv6_address_mode: row.ipv6_address_mode,
      shared: row.shared,
    };
  }

  /** @throws NetworkNotFound, InvalidInput, and what is wrong with pools and gateway */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database, flags } = this.#app;
    const net = cidrOf(networkIn(attrs["cidr"]));
    const cidr = ipNetworkText(net);
    const gateway_ip = gatewayOf(net, attrs["gateway_ip"]);
    const asked = attrs["allocation_pools"] as unknown as readonly Pool[] | undefined;
    const pools = asked ?? defaultPools(net, gateway_ip);
    if (asked !== undefined) {
      checkPools(net, asked);
      if (gateway_ip !== null) checkGateway(gateway_ip, asked);
    }
    checkSubnet({ ...attrs, cidr, gateway_ip }, undefined, flags);
    const network = database.networks.get(attrs["network_id"] as string);
    if (network === undefined || !isVisible(ctxt, network)) {
      throw new NetworkNotFound({ net_id: attrs["network_id"] });
    }
    checkOverlap(database, net, network.uuid, flags.allow_overlapping_ips);
    // Modes are kept only where they can work.
    const modes = net.version === 6 && attrs["enable_dhcp"] === true;
    const row = database.subnets.insert({
      uuid: this.#app.newId("subnet"),
      tenant_id: requiredText(attrs["tenant_id"]),
      name: requiredText(attrs["name"]),
      network_id: network.uuid,
      ip_version: attrs["ip_version"] as number,
      cidr,
      gateway_ip,
      enable_dhcp: attrs["enable_dhcp"] as boolean,
      shared: network.shared,
      ipv6_ra_mode: modes ? modeOf(attrs["ipv6_ra_mode"]) : null,
      ipv6_address_mode: modes ? modeOf(attrs["ipv6_address_mode"]) : null,
      dns_nameservers: (attrs["dns_nameservers"] ?? []) as readonly string[],
      host_routes: (attrs["host_routes"] ?? []) as unknown as readonly HostRoute[],
    });
    for (const pool of pools) this.#addPool(row.uuid, pool);
    return this.view(row);
  }

  /** @throws InvalidInput, GatewayIpInUse, and what is wrong with pools and gateway */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { database, flags } = this.#app;
    const before = this.row(ctxt, id);
    const { cidr, ip_version } = before;
    checkSubnet({ ...attrs, cidr, ip_version, id }, { row: before, database }, flags);
    const gateway = attrs["gateway_ip"] as string | null | undefined;
    if (gateway !== undefined && gateway !== null) checkGateway(gateway, this.#poolsOf(id));
    const pools = attrs["allocation_pools"] as unknown as readonly Pool[] | undefined;
    if (pools !== undefined) checkPools(networkIn(cidr), pools);
    const { enable_dhcp } = attrs as Partial<Subnet>;
    const servers = attrs["dns_nameservers"] as readonly string[] | undefined;
    const routes = attrs["host_routes"] as unknown as readonly HostRoute[] | undefined;
    const changes: Partial<Subnet> = {
      ...(attrs["name"] === undefined ? {} : { name: requiredText(attrs["name"]) }),
      ...(enable_dhcp === undefined ? {} : { enable_dhcp }),
      ...(servers === undefined
        ? {}
        : { dns_nameservers: replaced(before.dns_nameservers, servers) }),
      ...(routes === undefined ? {} : { host_routes: replacedRoutes(before.host_routes, routes) }),
      ...(gateway === undefined ? {} : { gateway_ip: gateway }),
    };
    database.subnets.update(id, changes);
    if (pools !== undefined) this.#replacePools(id, pools);
    const after = this.get(ctxt, id);
    // The answer has both as the sets that they were compared as.
    return {
      ...after,
      ...(servers === undefined ? {} : { dns_nameservers: dictOrder([...new Set(servers)]) }),
      ...(routes === undefined ? {} : { host_routes: inSetOrder(routes) }),
    };
  }

  /** @throws SubnetInUse while a port that does not go by itself has an address of it */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { allocationPools, availabilityRanges, ipAllocations, ports, subnets } =
      this.#app.database;
    this.row(ctxt, id);
    const allocations = ipAllocations.find({ subnet_id: id });
    for (const { port_id } of allocations) {
      const owner = ports.get(port_id)?.device_owner ?? "";
      if (!AUTO_DELETE_PORT_OWNERS.includes(owner)) throw new SubnetInUse({ subnet_id: id });
    }
    for (const { port_id } of allocations) yield* this.#takeAddresses(port_id, id);
    for (const each of ipAllocations.find({ subnet_id: id })) ipAllocations.remove(each.id);
    for (const each of availabilityRanges.find({ subnet_id: id })) {
      availabilityRanges.remove(each.id);
    }
    for (const { uuid } of allocationPools.find({ subnet_id: id })) allocationPools.remove(uuid);
    subnets.remove(id);
  }

  #poolsOf(subnetId: string): Pool[] {
    const pools = this.#app.database.allocationPools.find({ subnet_id: subnetId });
    return pools.map(({ first_ip: start, last_ip: end }) => ({ start, end }));
  }

  #replacePools(subnetId: string, pools: readonly Pool[]): void {
    const { allocationPools } = this.#app.database;
    for (const { uuid } of allocationPools.find({ subnet_id: subnetId })) {
      allocationPools.remove(uuid);
    }
    for (const { start, end } of pools) {
      allocationPools.insert({
        uuid: this.#app.newId("allocation pool"),
        subnet_id: subnetId,
        first_ip: start,
        last_ip: end,
      });
    }
    this.#ipam.rebuild(subnetId);
  }

  #addPool(subnetId: string, { start: first_ip, end: last_ip }: Pool): void {
    const { allocationPools, availabilityRanges } = this.#app.database;
    const range = { first_ip, last_ip };
    const pool = allocationPools.insert({
      uuid: this.#app.newId("allocation pool"),
      subnet_id: subnetId,
      ...range,
    });
    availabilityRanges.insert({ allocation_pool_id: pool.uuid, subnet_id: subnetId, ...range });
  }
}

/** A CIDR that a validator has seen. */
function networkIn(cidr: Json | undefined): IpNetwork {
  const network = typeof cidr === "string" ? parseIpNetwork(cidr) : undefined;
  if (network === undefined) throw new AttributeError("no attribute 'cidr'");
  return network;
}

/** The address asked for; the first of the subnet if nothing was said; none for null. */
function gatewayOf(net: IpNetwork, asked: Json | undefined): string | null {
  if (asked === null || typeof asked === "string") return asked;
  return ipText({ version: net.version, value: firstOf(net) + 1n });
}

const modeOf = (mode: Json | undefined): string | null => (typeof mode === "string" ? mode : null);

/** What was there and stays, then what is new. */
const replaced = (before: readonly string[], after: readonly string[]): string[] => [
  ...before.filter((server) => after.includes(server)),
  ...dictOrder([...new Set(after)]).filter((server) => !before.includes(server)),
];

const keyOf = ({ destination, nexthop }: HostRoute): string => `${destination}_${nexthop}`;

function replacedRoutes(before: readonly HostRoute[], after: readonly HostRoute[]): HostRoute[] {
  const wanted = new Map(after.map((route) => [keyOf(route), route] as const));
  const kept = new Set(before.map(keyOf));
  return [
    ...before.filter((route) => wanted.has(keyOf(route))),
    ...after.filter((route) => !kept.has(keyOf(route))),
  ];
}

const inSetOrder = (routes: readonly HostRoute[]): JsonObject[] => {
  const byKey = new Map(routes.map((route) => [keyOf(route), { ...route }] as const));
  return dictOrder([...byKey.keys()]).flatMap((key) => byKey.get(key) ?? []);
};

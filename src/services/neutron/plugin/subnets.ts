/**
 * Subnets and their allocation pools. IPv4 only: an IPv6 subnet is refused. Without pools of its own
 * a subnet gives out every address but the network's, the gateway's and the broadcast address.
 * Upstream: neutron/db/db_base_plugin_v2.py (create_subnet, _allocate_pools_for_subnet).
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { numberToAddress, parseCidr, type Cidr, type JsonObject } from "../../../python/index.js";
import { InvalidInput, NetworkNotFound, SubnetInUse, SubnetNotFound } from "../errors.js";
import { AUTO_DELETE_PORT_OWNERS, type HostRoute, type Subnet } from "../rows.js";
import type { NeutronApp } from "./app.js";
import { gatewayOf, poolsOf, type Pool } from "../pools.js";
import { isVisible } from "./visibility.js";

export class Subnets {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** @throws SubnetNotFound */
  row(ctxt: RequestContext, id: string): Row<Subnet> {
    const row = this.#app.database.subnets.get(id);
    if (row === undefined || !isVisible(ctxt, row)) throw new SubnetNotFound({ subnet_id: id });
    return row;
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
      ipv6_ra_mode: null,
      ipv6_address_mode: null,
      shared: row.shared,
    };
  }

  /** @throws InvalidInput, and the errors of allocation pools */
  *create(_ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database } = this.#app;
    const network = database.networks.get(attrs["network_id"] as string);
    if (network === undefined) throw new NetworkNotFound({ net_id: attrs["network_id"] });
    const cidr = this.#cidr(attrs, network.uuid);
    const gateway = gatewayOf(cidr, attrs["gateway_ip"]);
    const pools = poolsOf(cidr, gateway, attrs);
    const row = database.subnets.insert({
      uuid: this.#app.newId("subnet"),
      tenant_id: attrs["tenant_id"] as string,
      name: attrs["name"] as string,
      network_id: network.uuid,
      ip_version: 4,
      cidr: `${numberToAddress(cidr.first)}/${cidr.prefix}`,
      gateway_ip: gateway === null ? null : numberToAddress(gateway),
      enable_dhcp: attrs["enable_dhcp"] as boolean,
      shared: network.shared,
      dns_nameservers: (attrs["dns_nameservers"] ?? []) as readonly string[],
      host_routes: (attrs["host_routes"] ?? []) as unknown as readonly HostRoute[],
    });
    for (const pool of pools) this.#addPool(row.uuid, pool);
    return this.view(row);
  }

  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const row = this.row(ctxt, id);
    const { name, enable_dhcp, dns_nameservers, host_routes } = attrs as Partial<Subnet>;
    const cidr = parseCidr(row.cidr) as Cidr;
    const gateway = "gateway_ip" in attrs ? gatewayOf(cidr, attrs["gateway_ip"]) : undefined;
    this.#app.database.subnets.update(id, {
      ...(name === undefined ? {} : { name }),
      ...(enable_dhcp === undefined ? {} : { enable_dhcp }),
      ...(dns_nameservers === undefined ? {} : { dns_nameservers }),
      ...(host_routes === undefined ? {} : { host_routes }),
      ...(gateway === undefined
        ? {}
        : { gateway_ip: gateway === null ? null : numberToAddress(gateway) }),
    });
    return this.get(ctxt, id);
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
    for (const each of allocations) ipAllocations.remove(each.id);
    for (const each of availabilityRanges.find({ subnet_id: id })) {
      availabilityRanges.remove(each.id);
    }
    for (const { uuid } of allocationPools.find({ subnet_id: id })) allocationPools.remove(uuid);
    subnets.remove(id);
  }

  #cidr(attrs: JsonObject, networkId: string): Cidr {
    if (attrs["ip_version"] !== 4)
      throw new InvalidInput({ error_message: "IPv6 is not supported here: ip_version must be 4" });
    const cidr = parseCidr(attrs["cidr"] as string);
    if (cidr === undefined) {
      throw new InvalidInput({
        error_message: `'${attrs["cidr"] as string}' is not a valid IP subnet`,
      });
    }
    const others = this.#app.database.subnets.find({ network_id: networkId });
    const overlaps = others.some((each) => {
      const other = parseCidr(each.cidr);
      return other !== undefined && other.first <= cidr.last && cidr.first <= other.last;
    });
    if (!overlaps) return cidr;
    throw new InvalidInput({
      error_message: `Requested subnet with cidr: ${attrs["cidr"] as string} for network: ${networkId} overlaps with another subnet`,
    });
  }

  #addPool(subnetId: string, { first, last }: Pool): void {
    const { allocationPools, availabilityRanges } = this.#app.database;
    const range = { first_ip: numberToAddress(first), last_ip: numberToAddress(last) };
    const pool = allocationPools.insert({
      uuid: this.#app.newId("allocation pool"),
      subnet_id: subnetId,
      ...range,
    });
    availabilityRanges.insert({ allocation_pool_id: pool.uuid, subnet_id: subnetId, ...range });
  }
}

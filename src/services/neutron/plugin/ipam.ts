/**
 * Gives out fixed IPs. The next address is the first of the first availability range, so one is
 * found at once however many ports there are; addresses that were given back return only when all
 * ranges are used up and are rebuilt. Upstream: neutron/db/db_base_plugin_v2.py (_generate_ip).
 */
import type { Row } from "../../../framework/index.js";
import {
  addressToNumber,
  cidrContains,
  numberToAddress,
  parseCidr,
  type JsonObject,
} from "../../../python/index.js";
import type { NeutronDatabase } from "../database.js";
import { InvalidInput, IpAddressGenerationFailure, IpAddressInUse } from "../errors.js";
import type { AvailabilityRange, Subnet } from "../rows.js";

export interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

const toNumber = (address: string): number => addressToNumber(address) ?? 0;

export class Ipam {
  readonly #database: NeutronDatabase;

  constructor(database: NeutronDatabase) {
    this.#database = database;
  }

  /**
   * Choose addresses on a network: those asked for, or one of any subnet. They are out of the
   * ranges afterwards; `store` gives them to a port.
   * @param most `max_fixed_ips_per_port`
   * @throws InvalidInput, IpAddressInUse, IpAddressGenerationFailure
   */
  allocate(
    networkId: string,
    requested: readonly JsonObject[] | undefined,
    most: number,
  ): FixedIp[] {
    const subnets = this.#database.subnets.find({ network_id: networkId });
    if (requested === undefined) {
      return subnets.length === 0 ? [] : [this.#next(networkId, subnets)];
    }
    if (requested.length > most) {
      throw new InvalidInput({ error_message: "Exceeded maximim amount of fixed ips per port" });
    }
    return requested.map((each) => this.#asked(networkId, subnets, each));
  }

  store(portId: string, networkId: string, ips: readonly FixedIp[]): void {
    for (const { subnet_id, ip_address } of ips) {
      const row = { port_id: portId, ip_address, subnet_id, network_id: networkId };
      this.#database.ipAllocations.insert(row);
    }
  }

  /** The addresses of a port. */
  of(portId: string): FixedIp[] {
    return this.#database.ipAllocations
      .find({ port_id: portId })
      .map(({ subnet_id, ip_address }) => ({ subnet_id, ip_address }));
  }

  /** Take addresses from a port; all of them unless told which. */
  release(portId: string, addresses?: readonly string[]): void {
    const { ipAllocations } = this.#database;
    for (const { id, ip_address } of ipAllocations.find({ port_id: portId })) {
      if (addresses === undefined || addresses.includes(ip_address)) ipAllocations.remove(id);
    }
  }

  #asked(networkId: string, subnets: readonly Row<Subnet>[], wanted: JsonObject): FixedIp {
    const { subnet_id, ip_address } = wanted;
    if (subnet_id === undefined && ip_address === undefined) {
      throw new InvalidInput({ error_message: "IP allocation requires subnet_id or ip_address" });
    }
    if (subnet_id !== undefined && !subnets.some(({ uuid }) => uuid === subnet_id)) {
      throw new InvalidInput({
        error_message: `Failed to create port on network ${networkId}, because fixed_ips included invalid subnet ${subnet_id as string}`,
      });
    }
    const among = subnets.filter(({ uuid }) => subnet_id === undefined || uuid === subnet_id);
    if (ip_address === undefined) return this.#next(networkId, among);
    const address = typeof ip_address === "string" ? ip_address : "";
    const number = addressToNumber(address);
    const subnet = among.find(({ cidr }) => {
      const range = parseCidr(cidr);
      return number !== undefined && range !== undefined && cidrContains(range, number);
    });
    if (subnet === undefined || number === undefined) {
      throw new InvalidInput({
        error_message: `IP address ${address} is not a valid IP for the defined networks subnets`,
      });
    }
    const taken = this.#database.ipAllocations.first({
      ip_address: address,
      subnet_id: subnet.uuid,
    });
    if (taken !== undefined) throw new IpAddressInUse({ net_id: networkId, ip_address: address });
    this.#takeOut(subnet.uuid, number);
    return { subnet_id: subnet.uuid, ip_address: address };
  }

  #next(networkId: string, subnets: readonly Row<Subnet>[]): FixedIp {
    const found = this.#first(subnets) ?? this.#firstOfRebuilt(subnets);
    if (found === undefined) throw new IpAddressGenerationFailure({ net_id: networkId });
    return found;
  }

  #first(subnets: readonly Row<Subnet>[]): FixedIp | undefined {
    const { availabilityRanges } = this.#database;
    for (const { uuid } of subnets) {
      const range = availabilityRanges.first({ subnet_id: uuid });
      if (range === undefined) continue;
      this.#takeOut(uuid, toNumber(range.first_ip));
      return { subnet_id: uuid, ip_address: range.first_ip };
    }
    return undefined;
  }

  #firstOfRebuilt(subnets: readonly Row<Subnet>[]): FixedIp | undefined {
    for (const { uuid } of subnets) this.#rebuild(uuid);
    return this.#first(subnets);
  }

  /** Nobody else is to get `address`. */
  #takeOut(subnetId: string, address: number): void {
    const { availabilityRanges } = this.#database;
    for (const range of availabilityRanges.find({ subnet_id: subnetId })) {
      const [first, last] = [toNumber(range.first_ip), toNumber(range.last_ip)];
      if (address < first || address > last) continue;
      if (first === last) availabilityRanges.remove(range.id);
      else if (address === first) this.#shorten(range, first + 1, last);
      else if (address === last) this.#shorten(range, first, last - 1);
      else {
        this.#shorten(range, first, address - 1);
        this.#addRange(range.allocation_pool_id, subnetId, address + 1, last);
      }
      return;
    }
  }

  #shorten({ id }: Row<AvailabilityRange>, first: number, last: number): void {
    const changes = { first_ip: numberToAddress(first), last_ip: numberToAddress(last) };
    this.#database.availabilityRanges.update(id, changes);
  }

  #addRange(poolId: string, subnetId: string, first: number, last: number): void {
    this.#database.availabilityRanges.insert({
      allocation_pool_id: poolId,
      subnet_id: subnetId,
      first_ip: numberToAddress(first),
      last_ip: numberToAddress(last),
    });
  }

  /** The pools without what ports hold. */
  #rebuild(subnetId: string): void {
    const { allocationPools, availabilityRanges, ipAllocations } = this.#database;
    for (const { id } of availabilityRanges.find({ subnet_id: subnetId })) {
      availabilityRanges.remove(id);
    }
    const taken = ipAllocations
      .find({ subnet_id: subnetId })
      .map(({ ip_address }) => toNumber(ip_address))
      .sort((a, b) => a - b);
    for (const pool of allocationPools.find({ subnet_id: subnetId })) {
      const end = toNumber(pool.last_ip);
      let first = toNumber(pool.first_ip);
      for (const address of taken) {
        if (address < first || address > end) continue;
        if (address > first) this.#addRange(pool.uuid, subnetId, first, address - 1);
        first = address + 1;
      }
      if (first <= end) this.#addRange(pool.uuid, subnetId, first, end);
    }
  }
}

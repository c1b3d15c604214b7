/**
 * Gives out fixed IPs. The next address is the first of the first availability range, so one is
 * found at once however many ports there are; addresses that were given back return only when all
 * ranges are used up and are rebuilt. Upstream: neutron/db/db_base_plugin_v2.py
 * (_allocate_ips_for_port, _test_fixed_ips_for_port, _generate_ip, _update_ips_for_port).
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import {
  eui64,
  firstOf,
  ipText,
  parseIpNetwork,
  type JsonObject,
} from "../../../../python/index.js";
import type { NeutronDatabase } from "../../db/database.js";
import {
  InvalidInput,
  IpAddressGenerationFailure,
  IpAddressInUse,
  SubnetNotFound,
} from "../../errors.js";
import type { Subnet } from "../../db/rows.js";
import { Ranges } from "./ranges.js";
import { isInSubnet, usesEui64 } from "./subnet-checks.js";
import { isVisible } from "../visibility.js";

export interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

/** What is asked for, with its subnet. */
type Wanted = { readonly subnet: Row<Subnet>; readonly ip_address: string | undefined };

const invalid = (error_message: string): InvalidInput => new InvalidInput({ error_message });

export class Ipam {
  readonly #database: NeutronDatabase;
  readonly #most: number;
  readonly #ranges: Ranges;

  /** @param most `max_fixed_ips_per_port` */
  constructor(database: NeutronDatabase, most: number) {
    this.#database = database;
    this.#most = most;
    this.#ranges = new Ranges(database);
  }

  /**
   * Choose addresses for a new port: those asked for, or one of each version of IP. They are out of
   * the ranges afterwards; `store` gives them to the port.
   * @throws InvalidInput, IpAddressInUse, IpAddressGenerationFailure, SubnetNotFound
   */
  allocate(
    ctxt: RequestContext,
    networkId: string,
    requested: readonly JsonObject[] | undefined,
    mac: string,
  ): FixedIp[] {
    if (requested !== undefined) {
      return this.#take(networkId, this.#checked(ctxt, networkId, requested));
    }
    const subnets = this.#visible(ctxt, networkId);
    const v4 = subnets.filter(({ ip_version }) => ip_version === 4);
    const v6 = subnets.filter(({ ip_version }) => ip_version !== 4);
    const ips = this.#ofMac(networkId, v6, mac);
    for (const version of [v4, v6]) {
      if (version.length > 0) ips.push(this.#next(networkId, version));
    }
    return ips;
  }

  /**
   * Other addresses for a port: those that are asked for by address and that it has are kept, the
   * others are given back and new ones taken.
   * @returns what does so, once everything else about the port is known to be good
   * @throws as `allocate`
   */
  planChange(
    ctxt: RequestContext,
    portId: string,
    networkId: string,
    asked: readonly JsonObject[],
  ): () => void {
    if (asked.length > this.#most) throw tooMany();
    const wanted = [...asked];
    const gone: string[] = [];
    for (const { ip_address } of this.of(portId)) {
      const at = wanted.findIndex((ip) => ip["ip_address"] === ip_address);
      if (at < 0) gone.push(ip_address);
      else wanted.splice(at, 1);
    }
    const added = this.#checked(ctxt, networkId, wanted);
    return () => {
      this.release(portId, gone);
      this.store(portId, networkId, this.#take(networkId, added));
    };
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

  /** What a subnet has left, from its pools and what ports hold. */
  rebuild(subnetId: string): void {
    this.#ranges.rebuild(subnetId);
  }

  /**
   * `_test_fixed_ips_for_port`: whether all of it can be had, before any of it is taken.
   * @throws as `allocate`
   */
  #checked(ctxt: RequestContext, networkId: string, asked: readonly JsonObject[]): Wanted[] {
    const wanted = asked.map((fixed) => this.#checkedOne(ctxt, networkId, fixed));
    if (wanted.length > this.#most) throw tooMany();
    return wanted;
  }

  #checkedOne(ctxt: RequestContext, networkId: string, fixed: JsonObject): Wanted {
    const subnetId = fixed["subnet_id"] as string | undefined;
    const ip_address = fixed["ip_address"] as string | undefined;
    const subnet =
      subnetId === undefined
        ? this.#subnetWith(ctxt, networkId, ip_address)
        : this.#subnet(ctxt, networkId, subnetId);
    if (ip_address === undefined) return { subnet, ip_address };
    const same = { ip_address, subnet_id: subnet.uuid };
    if (this.#database.ipAllocations.first(same) !== undefined) {
      throw new IpAddressInUse({ net_id: networkId, ip_address });
    }
    if (!isInSubnet(subnet.cidr, ip_address)) {
      throw invalid(`IP address ${ip_address} is not a valid IP for the defined subnet`);
    }
    return { subnet, ip_address };
  }

  #subnetWith(ctxt: RequestContext, networkId: string, address: string | undefined): Row<Subnet> {
    if (address === undefined) throw invalid("IP allocation requires subnet_id or ip_address");
    const found = this.#visible(ctxt, networkId).find(({ cidr }) => isInSubnet(cidr, address));
    if (found !== undefined) return found;
    throw invalid(`IP address ${address} is not a valid IP for the defined networks subnets`);
  }

  #subnet(ctxt: RequestContext, network_id: string, id: string): Row<Subnet> {
    const subnet = this.#database.subnets.get(id);
    if (subnet === undefined || !isVisible(ctxt, subnet))
      throw new SubnetNotFound({ subnet_id: id });
    if (subnet.network_id === network_id) return subnet;
    throw invalid(
      `Failed to create port on network ${network_id}, because fixed_ips included invalid subnet ${id}`,
    );
  }

  #take(networkId: string, wanted: readonly Wanted[]): FixedIp[] {
    return wanted.map(({ subnet, ip_address }) => {
      if (ip_address === undefined) return this.#next(networkId, [subnet]);
      this.#ranges.takeOut(subnet.uuid, ip_address);
      return { subnet_id: subnet.uuid, ip_address };
    });
  }

  /**
   * An address made of the MAC, in each subnet where addresses are made so. Upstream takes such
   * subnets from the list that it goes through, and so passes over the one behind each; what it has
   * passed over gives an address as any other subnet does.
   */
  #ofMac(networkId: string, v6: Row<Subnet>[], mac: string): FixedIp[] {
    const ips: FixedIp[] = [];
    for (let i = 0; i < v6.length; i++) {
      const subnet = v6[i] as Row<Subnet>;
      const net = parseIpNetwork(subnet.cidr);
      if (!usesEui64(subnet) || net === undefined) continue;
      const ip_address = ipText({ version: 6, value: firstOf(net) + eui64(mac) });
      const taken = { ip_address, subnet_id: subnet.uuid, network_id: networkId };
      if (this.#database.ipAllocations.first(taken) !== undefined) {
        throw new IpAddressInUse({ net_id: networkId, ip_address });
      }
      ips.push({ ip_address, subnet_id: subnet.uuid });
      v6.splice(i, 1);
    }
    return ips;
  }

  #next(networkId: string, subnets: readonly Row<Subnet>[]): FixedIp {
    const found = this.#first(subnets) ?? this.#firstOfRebuilt(subnets);
    if (found === undefined) throw new IpAddressGenerationFailure({ net_id: networkId });
    return found;
  }

  #first(subnets: readonly Row<Subnet>[]): FixedIp | undefined {
    for (const { uuid } of subnets) {
      const ip_address = this.#ranges.first(uuid);
      if (ip_address !== undefined) return { subnet_id: uuid, ip_address };
    }
    return undefined;
  }

  #firstOfRebuilt(subnets: readonly Row<Subnet>[]): FixedIp | undefined {
    for (const { uuid } of subnets) this.#ranges.rebuild(uuid);
    return this.#first(subnets);
  }

  #visible(ctxt: RequestContext, network_id: string): Row<Subnet>[] {
    return this.#database.subnets.find({ network_id }).filter((row) => isVisible(ctxt, row));
  }
}

const tooMany = (): InvalidInput => invalid("Exceeded maximim amount of fixed ips per port");

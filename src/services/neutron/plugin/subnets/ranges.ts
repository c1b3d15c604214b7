/**
 * The availability ranges of subnets: what nobody was given since they were last rebuilt. Upstream:
 * neutron/db/db_base_plugin_v2.py (_try_generate_ip, _allocate_specific_ip, _rebuild_availability_ranges).
 */
import type { Row } from "../../../../framework/index.js";
import { ipText, parseIp, type IpAddress } from "../../../../python/index.js";
import type { NeutronDatabase } from "../../db/database.js";
import type { AvailabilityRange } from "../../db/rows.js";

const NONE: IpAddress = { version: 4, value: 0n };

const read = (address: string): IpAddress => parseIp(address) ?? NONE;

export class Ranges {
  readonly #database: NeutronDatabase;

  constructor(database: NeutronDatabase) {
    this.#database = database;
  }

  /** The next address of a subnet, which is out of its ranges now; undefined if all are used up. */
  first(subnetId: string): string | undefined {
    const range = this.#database.availabilityRanges.first({ subnet_id: subnetId });
    if (range === undefined) return undefined;
    this.takeOut(subnetId, range.first_ip);
    return range.first_ip;
  }

  /** Nobody else is to get `address`. */
  takeOut(subnetId: string, address: string): void {
    const { availabilityRanges } = this.#database;
    const { version, value } = read(address);
    const text = (value: bigint): string => ipText({ version, value });
    for (const range of availabilityRanges.find({ subnet_id: subnetId })) {
      const [first, last] = [read(range.first_ip), read(range.last_ip)];
      if (value < first.value || value > last.value || first.version !== version) continue;
      if (first.value === last.value) availabilityRanges.remove(range.id);
      else if (value === first.value) this.#change(range, { first_ip: text(value + 1n) });
      else if (value === last.value) this.#change(range, { last_ip: text(value - 1n) });
      else {
        this.#change(range, { last_ip: text(value - 1n) });
        this.#add(range, text(value + 1n), range.last_ip);
      }
      return;
    }
  }

  /** The pools without what ports hold. */
  rebuild(subnetId: string): void {
    const { allocationPools, availabilityRanges, ipAllocations } = this.#database;
    for (const { id } of availabilityRanges.find({ subnet_id: subnetId })) {
      availabilityRanges.remove(id);
    }
    const taken = ipAllocations
      .find({ subnet_id: subnetId })
      .map(({ ip_address }) => read(ip_address).value)
      .sort((a, b) => (a < b ? -1 : 1));
    for (const pool of allocationPools.find({ subnet_id: subnetId })) {
      const { version, value } = read(pool.first_ip);
      const end = read(pool.last_ip).value;
      const of = { allocation_pool_id: pool.uuid, subnet_id: subnetId };
      const add = (from: bigint, to: bigint): void => {
        this.#add(of, ipText({ version, value: from }), ipText({ version, value: to }));
      };
      let first = value;
      for (const address of taken) {
        if (address < first || address > end) continue;
        if (address > first) add(first, address - 1n);
        first = address + 1n;
      }
      if (first <= end) add(first, end);
    }
  }

  #change({ id }: Row<AvailabilityRange>, changes: Partial<AvailabilityRange>): void {
    this.#database.availabilityRanges.update(id, changes);
  }

  #add(
    { allocation_pool_id, subnet_id }: Pick<AvailabilityRange, "allocation_pool_id" | "subnet_id">,
    first_ip: string,
    last_ip: string,
  ): void {
    this.#database.availabilityRanges.insert({ allocation_pool_id, subnet_id, first_ip, last_ip });
  }
}

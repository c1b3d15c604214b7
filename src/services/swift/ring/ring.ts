/**
 * The ring: which devices have the replicas of a partition, and who stands in for them. It knows
 * nothing of which of them work. Upstream: swift/common/ring/ring.py at 2.2.0.
 */
import { md5Hex } from "../common/hash-path.js";

/** A disk of a host, as a ring has it. */
export interface Device {
  readonly id: number;
  readonly region: number;
  readonly zone: number;
  /** The host by its name: hosts here have no other address. */
  readonly ip: string;
  readonly port: number;
  readonly device: string;
  readonly weight: number;
}

/** For each replica, the device of each partition. */
export type Assignment = readonly (readonly number[])[];

/** How far apart two devices can be, widest first. */
const TIERS: readonly ((device: Device) => string)[] = [
  ({ region }) => String(region),
  ({ region, zone }) => `${String(region)} ${String(zone)}`,
  ({ region, zone, ip, port }) => `${String(region)} ${String(zone)} ${ip}:${String(port)}`,
  ({ id }) => String(id),
];

export class Ring {
  readonly devices: readonly Device[];
  readonly #assignment: Assignment;
  readonly #shift: number;
  readonly #byId: ReadonlyMap<number, Device>;

  /** @param power partitions are 2 to this power */
  constructor(devices: readonly Device[], assignment: Assignment, power: number) {
    this.devices = devices;
    this.#assignment = assignment;
    this.#shift = 32 - power;
    this.#byId = new Map(devices.map((device) => [device.id, device]));
  }

  get replicas(): number {
    return this.#assignment.length;
  }

  /** The partition of a name, by its hash. */
  partitionOf(hash: string): number {
    return parseInt(hash.slice(0, 8), 16) >>> this.#shift;
  }

  /** Who should have a partition, in the order of replicas. */
  primaries(partition: number): Device[] {
    const ids = new Set(this.#assignment.flatMap((replica) => replica[partition] ?? []));
    return [...ids].map((id) => this.#device(id));
  }

  /** Who stands in for them, in the same order for everybody: first whoever is furthest away. */
  handoffs(partition: number): Device[] {
    const handoffs: Device[] = [];
    const primaries = this.primaries(partition);
    const used = new Set(primaries.map(({ id }) => id));
    for (const tier of TIERS) {
      const seen = new Set([...used].map((id) => tier(this.#device(id))));
      const all = new Set(this.devices.map(tier)).size;
      for (const handoff of this.#walk(partition)) {
        if (seen.size === all) break;
        for (const replica of this.#assignment) {
          const id = replica[handoff];
          if (id === undefined || used.has(id)) continue;
          const device = this.#device(id);
          if (seen.has(tier(device))) continue;
          seen.add(tier(device));
          used.add(id);
          handoffs.push(device);
        }
      }
    }
    return handoffs;
  }

  /** All partitions, from one that the number of this one leads to. */
  #walk(partition: number): number[] {
    const walk: number[] = [];
    const parts = this.#assignment[0]?.length ?? 0;
    const start = this.partitionOf(md5Hex(String(partition)));
    const step = Math.floor(parts / 65_536) || 1;
    for (let part = start; part < parts; part += step) walk.push(part);
    // With a step of one this begins at 1: partition 0 is never looked at.
    for (let part = step - ((parts - start) % step); part < start; part += step) walk.push(part);
    return walk;
  }

  #device(id: number): Device {
    const device = this.#byId.get(id);
    if (device === undefined) throw new RangeError(`no device ${String(id)} in the ring`);
    return device;
  }
}

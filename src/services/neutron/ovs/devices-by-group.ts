/**
 * Which devices of a host a change of a security group concerns. Every host hears of every change in
 * the cloud and mostly of one group again and again, so this answers without looking at devices.
 * Upstream looks at each: neutron/agent/securitygroups_rpc.py (_security_group_updated).
 */
import type { JsonObject } from "../../../python/index.js";

type Devices = ReadonlyMap<string, JsonObject>;

const NONE: ReadonlySet<string> = new Set();

export class DevicesByGroup {
  /** Where a device says its groups. */
  readonly #member: string;
  #byGroup: Map<string, Set<string>> | undefined;
  /** Groups all of whose devices are stale already. */
  readonly #stale = new Set<string>();

  constructor(member: string) {
    this.#member = member;
  }

  /** Whether news of `group` changes nothing: nobody is concerned, or all are stale already. */
  isStale(group: string, devices: Devices): boolean {
    return this.#stale.has(group) || !this.#groups(devices).has(group);
  }

  /** The groups that any device is under. */
  groups(devices: Devices): Iterable<string> {
    return this.#groups(devices).keys();
  }

  of(group: string, devices: Devices): ReadonlySet<string> {
    return this.#groups(devices).get(group) ?? NONE;
  }

  /** Whether a device is under the same groups in both. */
  same(before: JsonObject, after: JsonObject): boolean {
    const [was, is] = [this.#groupsOf(before), this.#groupsOf(after)];
    return was.length === is.length && was.every((group, i) => group === is[i]);
  }

  /** All devices of `group` are stale now. */
  spoiled(group: string): void {
    this.#stale.add(group);
  }

  /** Nothing is stale any more. */
  refreshed(): void {
    this.#stale.clear();
  }

  /** There are other devices, or they are in other groups. */
  changed(): void {
    this.#byGroup = undefined;
    this.#stale.clear();
  }

  #groups(devices: Devices): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.#byGroup !== undefined) return this.#byGroup;
    const byGroup = new Map<string, Set<string>>();
    for (const [device, info] of devices) {
      for (const group of this.#groupsOf(info)) {
        const others = byGroup.get(group);
        if (others === undefined) byGroup.set(group, new Set([device]));
        else others.add(device);
      }
    }
    this.#byGroup = byGroup;
    return byGroup;
  }

  #groupsOf(device: JsonObject): readonly string[] {
    return device[this.#member] as readonly string[];
  }
}

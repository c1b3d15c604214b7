/**
 * Which security groups the devices of a host are in, so that the agent knows whom a change of a
 * group concerns. The rules themselves filter nothing here. Upstream: neutron/agent/securitygroups_rpc.py
 * (SecurityGroupAgentRpcMixin), neutron/agent/linux/iptables_firewall.py, or with filtering turned off
 * the driver of neutron/agent/firewall.py that keeps nothing, at 2014.2. Left out is the older form of the
 * question, for servers that do not know this one: there are none here.
 */
import { subscript } from "../../../python/index.js";
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { securityGroupServerApi } from "../rpcapi.js";
import { DevicesByGroup } from "./devices-by-group.js";

/** What the server says of a device. Without change it is the same object again. */
type Filtered = JsonObject;

export class Firewall {
  readonly #server: ClientOf<typeof securityGroupServerApi, RequestContext>;
  readonly #ctxt: RequestContext;
  readonly #enabled: boolean;
  readonly #regrouped: () => void;
  /** What is filtered (`filtered_ports`). */
  readonly #devices = new Map<string, Filtered>();
  /** `devices_to_refilter`. */
  #stale = new Set<string>();
  /** Everything is (`global_refresh_firewall`). */
  #allStale = false;
  #preparing = false;
  /** The server has been seen to know the question (`use_enhanced_rpc`). */
  #probed = false;
  readonly #inGroup = new DevicesByGroup("security_groups");
  /** By the groups whose members a device's rules let in. */
  readonly #fromGroup = new DevicesByGroup("security_group_source_groups");

  /** @param regrouped told that `memberGroups` are others */
  constructor(
    server: ClientOf<typeof securityGroupServerApi, RequestContext>,
    ctxt: RequestContext,
    enabled: boolean,
    regrouped: () => void,
  ) {
    this.#server = server;
    this.#ctxt = ctxt;
    this.#enabled = enabled;
    this.#regrouped = regrouped;
  }

  /** Whether devices are to be filtered anew (`firewall_refresh_needed`). */
  get refreshNeeded(): boolean {
    return this.#allStale || this.#stale.size > 0;
  }

  /** The groups whose members matter here. */
  get memberGroups(): Iterable<string> {
    return this.#fromGroup.groups(this.#devices);
  }

  /** Rules of these groups changed. */
  rulesUpdated(groups: readonly string[]): void {
    this.#spoil(this.#inGroup, groups);
  }

  /** Ports came into these groups or left them. */
  membersUpdated(groups: readonly string[]): void {
    this.#spoil(this.#fromGroup, groups);
  }

  /** What everybody's rules rest on changed: a DHCP server's address. */
  providerUpdated(): void {
    // Upstream notes it in any case, and finds at its next look that there is nothing to refresh.
    if (this.#devices.size > 0 || this.#preparing) this.#allStale = true;
  }

  /**
   * `setup_port_filters`: first the new devices, then those whose rules are out of date by then. Two sets of
   * upstream's are in order of arrival here.
   */
  *setup(added: readonly string[], updated: readonly string[]): Op<void> {
    if (added.length > 0) yield* this.#prepare(added);
    const [stale, allStale] = [this.#stale, this.#allStale];
    this.#stale = new Set();
    this.#allStale = false;
    this.#inGroup.refreshed();
    this.#fromGroup.refreshed();
    const some = [...new Set([...updated, ...stale])].filter((each) => !added.includes(each));
    const rest = allStale ? [...this.#devices.keys()] : some;
    if (rest.length > 0) yield* this.#refresh(rest);
  }

  remove(devices: readonly string[]): void {
    for (const device of devices) {
      this.#devices.delete(device);
      this.#stale.delete(device);
    }
    this.#changed();
  }

  /** `prepare_devices_filter` */
  *#prepare(devices: readonly string[]): Op<void> {
    this.#preparing = true;
    try {
      this.#filter(yield* this.#fetch(devices));
    } finally {
      this.#preparing = false;
    }
  }

  /** `refresh_firewall`: what is not filtered yet is not filtered by that. */
  *#refresh(devices: readonly string[]): Op<void> {
    const all = yield* this.#fetch(devices);
    this.#filter(all.filter(([device]) => this.#devices.has(device)));
  }

  *#fetch(devices: readonly string[]): Op<(readonly [string, Filtered])[]> {
    if (!this.#probed) {
      yield* this.#server.security_group_info_for_devices(this.#ctxt, { devices: [] });
      this.#probed = true;
    }
    const info = yield* this.#server.security_group_info_for_devices(this.#ctxt, { devices });
    return Object.entries(subscript(info, "devices") as typeof info.devices);
  }

  #filter(devices: readonly (readonly [string, Filtered])[]): void {
    if (!this.#enabled) return;
    let changed = false;
    for (const [device, each] of devices) {
      const before = this.#devices.get(device);
      if (before === each) continue;
      this.#devices.set(device, each);
      changed ||= before === undefined || !this.#sameGroups(before, each);
    }
    if (changed) this.#changed();
  }

  #sameGroups(before: Filtered, after: Filtered): boolean {
    return this.#inGroup.same(before, after) && this.#fromGroup.same(before, after);
  }

  #spoil(by: DevicesByGroup, groups: readonly string[]): void {
    if (groups.every((group) => by.isStale(group, this.#devices))) return;
    for (const device of this.#concerned(by, groups)) this.#stale.add(device);
    for (const group of groups) by.spoiled(group);
  }

  /** There are other devices, or they are in other groups. */
  /** In the order in which the devices have come; those of one group are. */
  #concerned(by: DevicesByGroup, groups: readonly string[]): Iterable<string> {
    const [first, ...others] = groups.map((group) => by.of(group, this.#devices));
    if (first !== undefined && others.length === 0) return first;
    const any = new Set(groups.flatMap((group) => [...by.of(group, this.#devices)]));
    return [...this.#devices.keys()].filter((device) => any.has(device));
  }

  #changed(): void {
    this.#inGroup.changed();
    this.#fromGroup.changed();
    this.#regrouped();
  }
}

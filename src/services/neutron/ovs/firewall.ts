/**
 * Which security groups the devices of a host are in, so that the agent knows whom a change of a
 * group concerns. The rules themselves filter nothing here. Upstream: neutron/agent/securitygroups_rpc.py
 * (SecurityGroupAgentRpcMixin).
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
  readonly #devices = new Map<string, Filtered>();
  #stale = new Set<string>();
  readonly #inGroup = new DevicesByGroup("security_groups");
  /** By the groups whose members a device's rules let in. */
  readonly #fromGroup = new DevicesByGroup("security_group_source_groups");

  constructor(
    server: ClientOf<typeof securityGroupServerApi, RequestContext>,
    ctxt: RequestContext,
    enabled: boolean,
  ) {
    this.#server = server;
    this.#ctxt = ctxt;
    this.#enabled = enabled;
  }

  /** Whether devices are to be filtered anew (`firewall_refresh_needed`). */
  get refreshNeeded(): boolean {
    return this.#stale.size > 0;
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
    for (const device of this.#devices.keys()) this.#stale.add(device);
  }

  /** `setup_port_filters`: first the new devices, then those whose rules are out of date. */
  *setup(added: readonly string[], updated: readonly string[]): Op<void> {
    if (!this.#enabled) return;
    const stale = this.#stale;
    this.#stale = new Set();
    this.#inGroup.refreshed();
    this.#fromGroup.refreshed();
    if (added.length > 0) yield* this.#fetch(added);
    const rest = [...new Set([...updated, ...stale])].filter((each) => !added.includes(each));
    if (rest.length > 0) yield* this.#fetch(rest);
  }

  remove(devices: readonly string[]): void {
    for (const device of devices) {
      this.#devices.delete(device);
      this.#stale.delete(device);
    }
    this.#changed();
  }

  *#fetch(devices: readonly string[]): Op<void> {
    const info = yield* this.#server.security_group_info_for_devices(this.#ctxt, { devices });
    let changed = false;
    for (const [device, each] of Object.entries(
      subscript(info, "devices") as typeof info.devices,
    )) {
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
    const concerned = new Set(groups.flatMap((group) => [...by.of(group, this.#devices)]));
    // In the order of the devices, whatever that of the groups.
    for (const device of this.#devices.keys()) if (concerned.has(device)) this.#stale.add(device);
    for (const group of groups) by.spoiled(group);
  }

  /** There are other devices, or they are in other groups. */
  #changed(): void {
    this.#inGroup.changed();
    this.#fromGroup.changed();
  }
}

/**
 * Which security groups the devices of a host are in, so that the agent knows whom a change of a
 * group concerns. The rules themselves filter nothing here. Upstream: neutron/agent/securitygroups_rpc.py
 * (SecurityGroupAgentRpcMixin).
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { securityGroupServerApi } from "../rpcapi.js";

interface Filtered {
  readonly groups: readonly string[];
  /** Groups whose members its rules let in. */
  readonly sources: readonly string[];
}

export class Firewall {
  readonly #server: ClientOf<typeof securityGroupServerApi, RequestContext>;
  readonly #ctxt: RequestContext;
  readonly #enabled: boolean;
  readonly #devices = new Map<string, Filtered>();
  #stale = new Set<string>();

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
    this.#spoil(({ groups: own }) => groups.some((group) => own.includes(group)));
  }

  /** Ports came into these groups or left them. */
  membersUpdated(groups: readonly string[]): void {
    this.#spoil(({ sources }) => groups.some((group) => sources.includes(group)));
  }

  /** What everybody's rules rest on changed: a DHCP server's address. */
  providerUpdated(): void {
    this.#spoil(() => true);
  }

  /** `setup_port_filters`: first the new devices, then those whose rules are out of date. */
  *setup(added: readonly string[], updated: readonly string[]): Op<void> {
    if (!this.#enabled) return;
    const stale = this.#stale;
    this.#stale = new Set();
    if (added.length > 0) yield* this.#fetch(added);
    const rest = [...new Set([...updated, ...stale])].filter((each) => !added.includes(each));
    if (rest.length > 0) yield* this.#fetch(rest);
  }

  remove(devices: readonly string[]): void {
    for (const device of devices) {
      this.#devices.delete(device);
      this.#stale.delete(device);
    }
  }

  *#fetch(devices: readonly string[]): Op<void> {
    const info = yield* this.#server.security_group_info_for_devices(this.#ctxt, { devices });
    for (const [device, each] of Object.entries(info.devices)) {
      this.#devices.set(device, {
        groups: each["security_groups"] as readonly string[],
        sources: each["security_group_source_groups"] as readonly string[],
      });
    }
  }

  #spoil(concerned: (device: Filtered) => boolean): void {
    for (const [device, each] of this.#devices) if (concerned(each)) this.#stale.add(device);
  }
}

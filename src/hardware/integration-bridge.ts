/**
 * The switch of one host, `br-int`: the hypervisor plugs taps into it, the L2 agent
 * looks at it. It belongs to the host's kernel, so it outlives the processes that use it.
 * Upstream: neutron/agent/linux/ovs_lib.py, ovsdb_monitor.py.
 */
import type { Micros } from "../kernel/index.js";

export class IntegrationBridge {
  readonly host: string;
  /** By the Neutron port that they are for (`external_ids:iface-id`), oldest first. */
  readonly #taps = new Map<string, Tap>();
  /** When the taps of ports went that are not in; only those know it who look from outside. */
  readonly #gone = new Map<string, Micros>();
  readonly #watchers = new Set<() => void>();
  readonly #clock: { readonly now: Micros };

  constructor(host: string, clock: { readonly now: Micros } = { now: 0 }) {
    this.host = host;
    this.#clock = clock;
  }

  /** Put in the tap of a port, for a guest; once more changes nothing. */
  plug(portId: string, guest = ""): void {
    if (this.#taps.has(portId)) return;
    this.#taps.set(portId, { guest, vlan: undefined, at: this.#clock.now });
    this.#gone.delete(portId);
    this.#changed();
  }

  /** Take it out; it need not be there. */
  unplug(portId: string): void {
    if (!this.#taps.delete(portId)) return;
    this.#gone.set(portId, this.#clock.now);
    this.#changed();
  }

  has(portId: string): boolean {
    return this.#taps.has(portId);
  }

  /** When the tap of a port was taken out; undefined if it is in, or never was. */
  goneAt(portId: string): Micros | undefined {
    return this.#gone.get(portId);
  }

  /** Ports whose taps are in, in order of plugging. */
  ports(): string[] {
    return [...this.#taps.keys()];
  }

  /** The guest that the tap of a port was put in for. */
  guestOf(portId: string): string {
    return this.#taps.get(portId)?.guest ?? "";
  }

  /** When the tap of a port that is in was put in. */
  pluggedAt(portId: string): Micros {
    return this.#taps.get(portId)?.at ?? -Infinity;
  }

  /** The VLAN of a tap that is in. */
  vlanOf(portId: string): number | undefined {
    return this.#taps.get(portId)?.vlan;
  }

  /** Nobody is told of it, as the monitor looks at interfaces alone. */
  tag(portId: string, vlan: number): void {
    const tap = this.#taps.get(portId);
    if (tap !== undefined) tap.vlan = vlan;
  }

  /** Call `changed` after every change, until the function returned is called (ovsdb monitor). */
  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  #changed(): void {
    for (const changed of [...this.#watchers]) changed();
  }
}

interface Tap {
  /** `vm-uuid`. */
  readonly guest: string;
  /** The VLAN within the bridge, where the L2 agent has given it one; it goes with the tap. */
  vlan: number | undefined;
  readonly at: Micros;
}

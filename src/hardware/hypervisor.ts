/**
 * A host's hypervisor: its guests, what images it keeps, how much it has. It lives on when
 * nova-compute crashes. Upstream: libvirtd, QEMU and /var/lib/nova/instances.
 */
import { Exception } from "../python/index.js";
import * as powerStates from "./power-states.js";
import type { PowerState } from "./power-states.js";

/** A domain. */
export interface Guest {
  readonly uuid: string;
  /** `instance-0000000a`. */
  readonly name: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  /** Size of its disks as the guest sees them. */
  readonly disk_gb: number;
  /** What a snapshot of its root disk weighs. */
  readonly bytes: number;
  readonly powerState: PowerState;
}

/** Told of a guest whose state changed without Nova. */
export type LifecycleListener = (uuid: string) => void;

/** What can be made to fail. */
export const HYPERVISOR_OPERATIONS = [
  "spawn",
  "snapshot",
  "power_off",
  "power_on",
  "destroy",
] as const;

export type HypervisorOperation = (typeof HYPERVISOR_OPERATIONS)[number];

export interface HypervisorOptions {
  readonly vcpus?: number;
  readonly memory_mb?: number;
  readonly disk_gb?: number;
}

/** What libvirt's Python binding raises. */
export class LibvirtError extends Exception {
  static override readonly module: string = "libvirt";
  override readonly name: string = "libvirtError";
}

interface Fault {
  left: number;
  readonly error: Exception;
}

export class Hypervisor {
  readonly host: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly disk_gb: number;
  readonly #guests = new Map<string, Guest>();
  /** `_base`: image ids, and what each weighs. */
  readonly #images = new Map<string, number>();
  readonly #faults = new Map<HypervisorOperation, Fault[]>();
  #listener: LifecycleListener | undefined;
  #faultWatcher: ((operation: HypervisorOperation) => void) | undefined;

  constructor(host: string, options: HypervisorOptions = {}) {
    this.host = host;
    this.vcpus = options.vcpus ?? 8;
    this.memory_mb = options.memory_mb ?? 16_384;
    this.disk_gb = options.disk_gb ?? 200;
  }

  get guests(): readonly Guest[] {
    return [...this.#guests.values()];
  }

  guest(uuid: string): Guest | undefined {
    return this.#guests.get(uuid);
  }

  /** Define a guest, or define it anew. */
  define(guest: Guest): void {
    this.#guests.set(guest.uuid, guest);
  }

  undefine(uuid: string): void {
    this.#guests.delete(uuid);
  }

  setPowerState(uuid: string, powerState: PowerState): void {
    const guest = this.#guests.get(uuid);
    if (guest !== undefined) this.#guests.set(uuid, { ...guest, powerState });
  }

  /** Bytes of an image in the cache. */
  cachedImage(id: string): number | undefined {
    return this.#images.get(id);
  }

  cacheImage(id: string, bytes: number): void {
    this.#images.set(id, bytes);
  }

  /** The next `times` operations of that kind fail with `error`, after faults declared before. */
  failNext(operation: HypervisorOperation, times = 1, error?: Exception | string): void {
    const raised =
      error instanceof Exception
        ? error
        : new LibvirtError(error ?? `internal error: ${operation} failed on ${this.host}`);
    const faults = this.#faults.get(operation) ?? [];
    this.#faults.set(operation, [...faults, { left: times, error: raised }]);
  }

  /** Tell `watcher` of each fault that strikes. */
  onFault(watcher: (operation: HypervisorOperation) => void): void {
    this.#faultWatcher = watcher;
  }

  /** Nothing is to fail any more. */
  heal(): void {
    this.#faults.clear();
  }

  /** @throws the error that was declared for this operation, if one was */
  attempt(operation: HypervisorOperation): void {
    const fault = this.#faults.get(operation)?.find(({ left }) => left > 0);
    if (fault === undefined) return;
    fault.left--;
    this.#faultWatcher?.(operation);
    throw fault.error;
  }

  /** Who is told of guests that change by themselves; the last one to ask. */
  listen(listener: LifecycleListener | undefined): void {
    this.#listener = listener;
  }

  /** A guest shuts down by itself. */
  stopGuest(uuid: string): void {
    this.#change(uuid, powerStates.SHUTDOWN);
  }

  /** Somebody starts a guest behind Nova's back. */
  startGuest(uuid: string): void {
    this.#change(uuid, powerStates.RUNNING);
  }

  /** The host goes down: guests are off when it comes back, disks and images are there. */
  powerLost(): void {
    this.#listener = undefined;
    for (const { uuid } of this.guests) this.setPowerState(uuid, powerStates.SHUTDOWN);
  }

  #change(uuid: string, powerState: PowerState): void {
    this.setPowerState(uuid, powerState);
    this.#listener?.(uuid);
  }
}

/**
 * What a process keeps for a while, and loses when it ends: memcached's interface over a dictionary, in
 * whole seconds. A real memcached is not simulated. Upstream: nova/openstack/common/memorycache.py at
 * 2014.2 and keystonemiddleware/openstack/common/memorycache.py at 1.2.0 (Client).
 */
import type { Kernel, Micros } from "../kernel/index.js";

const SECOND = 1_000_000;

export class MemoryCache<V> {
  readonly #kernel: Kernel;
  readonly #epoch: Micros;
  /** The second at which it is too old (0: never), and the value. */
  readonly #cache = new Map<string, readonly [timeout: number, value: V]>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#epoch = kernel.calendar.parse("1970-01-01T00:00:00");
  }

  get(key: string): V | undefined {
    const [timeout, value] = this.#cache.get(key) ?? [0];
    return this.#isOver(timeout) ? undefined : value;
  }

  /**
   * Whatever is too old goes, so that it does not pile up.
   * @param time seconds for which it is kept; 0: for ever; below that: not at all
   */
  set(key: string, value: V, time = 0): void {
    for (const [other, [timeout]] of this.#cache) {
      if (this.#isOver(timeout)) this.#cache.delete(other);
    }
    this.#cache.set(key, [time === 0 ? 0 : this.#now() + time, value]);
  }

  delete(key: string): void {
    this.#cache.delete(key);
  }

  #isOver(timeout: number): boolean {
    return timeout !== 0 && this.#now() >= timeout;
  }

  /** `timeutils.utcnow_ts`: whole seconds. */
  #now(): number {
    return Math.floor((this.#kernel.now - this.#epoch) / SECOND);
  }
}

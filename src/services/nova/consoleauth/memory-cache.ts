/**
 * What a process keeps for a while, and loses when it ends: memcached's interface over a dictionary.
 * A real memcached is not simulated. Upstream: nova/openstack/common/memorycache.py (Client) at
 * 2014.2.
 */
import type { Kernel } from "../../../kernel/index.js";

const SECOND = 1_000_000;

export class MemoryCache {
  readonly #kernel: Kernel;
  /** The second at which it is too old (0: never), and the value. */
  readonly #cache = new Map<string, readonly [timeout: number, value: string]>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** Whatever is too old goes at each look. */
  get(key: string): string | undefined {
    const now = this.#now();
    for (const [other, [timeout]] of this.#cache) {
      if (timeout !== 0 && now >= timeout) this.#cache.delete(other);
    }
    return this.#cache.get(key)?.[1];
  }

  /** @param time seconds for which it is kept; 0: for ever */
  set(key: string, value: string, time = 0): void {
    this.#cache.set(key, [time === 0 ? 0 : this.#now() + time, value]);
  }

  delete(key: string): void {
    this.#cache.delete(key);
  }

  /** `timeutils.utcnow_ts`: whole seconds. */
  #now(): number {
    const { calendar, now } = this.#kernel;
    return Math.floor((now - calendar.parse("1970-01-01T00:00:00")) / SECOND);
  }
}

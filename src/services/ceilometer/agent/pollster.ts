/**
 * What measures one meter, and what finds things to measure. Resources are what a discovery gave: servers as Nova
 * has them, addresses of services, tenants. Upstream: ceilometer/plugin.py (PollsterBase, DiscoveryBase) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { Measurement } from "../sample.js";

/** One run of a task, for which pollsters remember what they have found. */
export class Cycle {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

export interface Pollster {
  /** As setup.cfg calls it, and as sources of a pipeline do. */
  readonly name: string;
  /** `endpoint:image`: what finds its resources where the source says nothing. */
  readonly defaultDiscovery?: string;
  /** @throws whatever is to end it without samples */
  samples(cycle: Cycle, resources: readonly Json[]): Op<readonly Measurement[]>;
}

/** @param param what stands behind its name: the `image` of `endpoint:image` */
export type Discovery = (param: string | undefined) => Op<readonly Json[]>;

/** What is found once in a cycle and asked for again. */
export class PerCycle<T> {
  readonly #cycles = new WeakMap<Cycle, Map<string, T>>();

  /** @throws as `make` */
  *get(cycle: Cycle, key: string, make: () => Op<T>): Op<T> {
    const found = this.#cycles.get(cycle) ?? new Map<string, T>();
    this.#cycles.set(cycle, found);
    const known = found.get(key);
    if (known !== undefined) return known;
    const made = yield* make();
    found.set(key, made);
    return made;
  }
}

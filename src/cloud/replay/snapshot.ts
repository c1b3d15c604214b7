/**
 * An instant of a cloud, from which others begin. It holds no state but what was done until then: a cloud is
 * a function of its options, its seed and its driver's acts, and these are done again.
 */
import { assertFault, type FaultSpec } from "../../faults/index.js";
import { assertOptions, refuse, type Observer } from "../../kernel/index.js";
import { replay, type History } from "./journal.js";

/**
 * What is to be different in a cloud that is made again.
 *
 * @example
 * ```ts
 * import { Cloud, type ForkOptions } from "novasim";
 *
 * const other: ForkOptions = { seed: 2, faults: [{ drop: { topic: "scheduler" } }] };
 * const cloud = new Cloud({ seed: 1 }).fork(other);
 * cloud.warnings().length; // → 1
 * ```
 */
export interface ForkOptions {
  /**
   * Another seed, from time 0 on: the same acts with other chances, so that it may stand at another time. Acts on
   * what only came to be under the first seed fail, and then so does this.
   */
  readonly seed?: number | undefined;
  /** What goes wrong from this instant on. */
  readonly faults?: readonly FaultSpec[] | undefined;
  /** Who watches the other one; asked for where the first has an observer of its own. `null`: nobody. */
  readonly observer?: Observer | null | undefined;
}

/** A cloud that has begun, and what is still to be done when it has come to the instant. */
interface Beginning<C> {
  readonly cloud: C;
  readonly finish: () => void;
}

/**
 * What `cloud.snapshot()` gives back.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.advance("10s");
 * const later = cloud.snapshot();
 * cloud.advance("10s");
 * later.fresh().now; // → 10000000
 * ```
 */
export class Snapshot<C> {
  readonly #history: History<C>;
  readonly #begin: (options: ForkOptions) => Beginning<C>;

  /** @internal `cloud.snapshot` makes these. */
  constructor(history: History<C>, begin: (options: ForkOptions) => Beginning<C>) {
    this.#history = history;
    this.#begin = begin;
  }

  /**
   * A new cloud at that instant. Those made of one snapshot have nothing in common.
   * @throws DriverError if something was done that cannot be done again, with what to do instead
   */
  fresh(options: ForkOptions = {}): C {
    assertOptions(options, "fork", ["seed", "faults", "observer"]);
    const { faults = [] } = options;
    if (!Array.isArray(faults)) refuse(faults, "fork: faults", "a list of faults");
    for (const fault of faults) assertFault(fault, "fork: faults");
    const { cloud, finish } = this.#begin(options);
    replay(this.#history, cloud);
    finish();
    return cloud;
  }
}

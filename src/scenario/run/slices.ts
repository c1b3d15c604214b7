/**
 * Work that can be put down between two events of the kernel, so that whoever runs a scenario may
 * answer signals and write files meanwhile. Where it is put down changes nothing in what happens.
 */
import type { Kernel, Micros } from "../../kernel/index.js";

/** Steps of a scenario are written as generators of these: each wait is a `yield*`. */
export interface Slices<T> {
  [Symbol.iterator](): Iterator<void, T, unknown>;
}

/** A few milliseconds of work. */
const EVENTS = 2_000;

/**
 * Let events happen until `condition` holds.
 * @returns false if `horizon` came first, or nothing is left that could happen
 */
export function drive(kernel: Kernel, condition: () => boolean, horizon: Micros): Slices<boolean> {
  return {
    [Symbol.iterator]: () => ({
      next(): IteratorResult<void, boolean> {
        for (let events = 0; events < EVENTS; events++) {
          if (condition()) return { done: true, value: true };
          if (!kernel.step(horizon)) return { done: true, value: false };
        }
        return { done: false, value: undefined };
      },
    }),
  };
}

/** Let everything happen that is due up to `time`, then stand there. */
export function* driveTo(kernel: Kernel, time: Micros): Slices<void> {
  yield* drive(kernel, () => false, time);
  kernel.run(time);
}

/** A place to be put down between two steps that take no time. */
export function pause(): Slices<void> {
  let paused = false;
  return {
    [Symbol.iterator]: () => ({
      next(): IteratorResult<void, void> {
        const done = paused;
        paused = true;
        return { done, value: undefined };
      },
    }),
  };
}

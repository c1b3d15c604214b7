/**
 * Work that can be put down between two events of the kernel, so that whoever runs a scenario may
 * answer signals and write files meanwhile. Where it is put down changes nothing in what happens.
 */
import {
  formatDuration,
  LONGEST_RUN,
  type Duration,
  type Kernel,
  type Micros,
} from "../../kernel/index.js";
import type { World } from "../world.js";
import type { RunContext } from "./context.js";
import { attempt, StepFailed } from "./failure.js";

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

/**
 * `span` from now on.
 * @throws StepFailed where virtual time would come to an end: beyond, it could not be counted
 */
export function timeAfter(kernel: Kernel, span: Duration): Micros {
  const time = kernel.now + span;
  if (time <= LONGEST_RUN) return time;
  throw new StepFailed({
    kind: "step",
    what: `virtual time would go past ${formatDuration(LONGEST_RUN)}, where every run ends`,
    details: [
      `It is ${formatDuration(kernel.now)} into the run, and the step takes up to ${formatDuration(span)}.`,
    ],
  });
}

/** Let everything happen that is due up to `time`, then stand there. */
export function* driveTo(kernel: Kernel, time: Micros): Slices<void> {
  yield* drive(kernel, () => false, time);
  kernel.run(time);
}

/**
 * Work of a step that takes no time, or drives the kernel itself; all of it follows from the step.
 * @throws StepFailed where it refuses unknown targets with a plain Error
 */
export function* act({ world, cause }: RunContext, work: (world: World) => void): Slices<void> {
  const behalf = { cause, detail: "flow", daemon: false } as const;
  attempt(() => {
    world.kernel.onBehalf(behalf, () => {
      work(world);
    });
  });
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

/**
 * What is begun at one moment and judged when it has ended: a command line, a request. Several can be
 * begun before any of them has had an answer.
 */
import type { Greenthread } from "../../kernel/index.js";
import type { Path } from "../load/path.js";
import type { RunContext } from "./context.js";
import { StepFailed } from "./failure.js";
import { drive, pause, type Slices } from "./slices.js";

export interface Asked {
  readonly thread: Greenthread;
  /** Once it has ended. @throws StepFailed if it did not end as expected */
  judge(): void;
}

/**
 * Wait until all have ended, then judge them in order.
 * @param at leads from the step to where each is written
 */
export function* finish(
  context: RunContext,
  asked: readonly Asked[],
  at: (index: number) => Path = () => [],
): Slices<void> {
  const { kernel } = context.world;
  for (const { thread } of asked) {
    const horizon = kernel.now + kernel.ceilings.settle;
    if (!(yield* drive(kernel, () => thread.ended, horizon))) {
      throw kernel.stalled(`${thread.name} cannot end`);
    }
  }
  for (const [index, one] of asked.entries()) {
    try {
      one.judge();
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      throw new StepFailed(error.failure, [...at(index), ...error.within]);
    }
    // Each may look through long outputs for patterns.
    yield* pause();
  }
}

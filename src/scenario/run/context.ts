/** What every step of a run has at hand. */
import { NO_CAUSE, type Cause, type Observation } from "../../kernel/index.js";
import type { Check, Entry } from "../../timeline/index.js";
import type { Path } from "../load/path.js";
import type { Kept } from "./references.js";
import type { World } from "../world.js";

/** Where a run stands; kept up to date so that a failure can be placed. */
export interface Progress {
  /** How many steps have begun, repetitions counted. */
  steps: number;
  path: Path;
}

export interface RunContext {
  readonly world: World;
  /** Who types when a step does not say. */
  readonly defaultUser: string;
  /** Every entry so far; empty if no step and no expectation looks at entries. */
  readonly entries: () => readonly Entry[];
  readonly progress: Progress;
  /** What `keep:` has put aside. */
  readonly kept: Kept;
  /** The entry of the step that is being done. */
  cause: Cause;
}

/** Publish what the scenario itself does, as following from its current step. */
export function observe(context: RunContext, what: Observation): Cause {
  return context.world.kernel.observe(what, context.cause, "flow");
}

/** Publish an expectation and what came of it. @returns whether it held */
export function observeCheck(
  context: RunContext,
  what: string,
  passed: boolean,
  expected: unknown,
  actual: unknown,
): boolean {
  const check: Check = { kind: "check", what, passed, expected, actual };
  observe(context, check);
  return passed;
}

/** Publish that a step begins; what it leads to follows from this entry. */
export function observeStep(context: RunContext, step: Observation): void {
  context.cause = context.world.kernel.observe(step, NO_CAUSE, "flow");
}

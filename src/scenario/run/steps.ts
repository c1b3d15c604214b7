/** What each kind of step does to the world, and steps one after the other. */
import type { Step as StepEntry } from "../../timeline/index.js";
import type { Path } from "../load/path.js";
import type { Step } from "../schema/steps.js";
import { runCommand, runTogether } from "./commands.js";
import { observeStep, type RunContext } from "./context.js";
import { unmet } from "./expectations.js";
import { attempt, StepFailed } from "./failure.js";
import { faultSpec } from "./fault.js";
import { driveTo, pause, type Slices } from "./slices.js";
import { numbered } from "./numbered.js";
import { stepText } from "./step-text.js";
import { waitFor } from "./wait.js";

/** Where a run stands; kept up to date so that a failure can be placed. */
export interface Progress {
  /** How many steps have begun, repetitions counted. */
  steps: number;
  path: Path;
}

/** Do `steps` in order. @throws StepFailed at the first that does not end as expected */
export function* doSteps(
  context: RunContext,
  progress: Progress,
  steps: readonly Step[],
  path: Path,
): Slices<void> {
  for (const [index, step] of steps.entries()) {
    progress.path = [...path, index];
    if ("repeat" in step) yield* repeat(context, progress, step.repeat, progress.path);
    else yield* doStep(context, step, progress.steps++);
    yield* pause();
  }
}

/** Again and again; `{n}` in its steps is the number of the turn, from 1. */
function* repeat(
  context: RunContext,
  progress: Progress,
  { times, steps }: { readonly times: number; readonly steps: readonly Step[] },
  path: Path,
): Slices<void> {
  for (let turn = 1; turn <= times; turn++) {
    yield* doSteps(context, progress, numbered(steps, turn), [...path, "repeat", "steps"]);
  }
}

function* doStep(context: RunContext, step: Step, index: number): Slices<void> {
  const entry: StepEntry = { kind: "step", index, text: stepText(step) };
  observeStep(context, step.note === undefined ? entry : { ...entry, note: step.note });
  const { world } = context;
  if ("run" in step) yield* runCommand(context, step);
  else if ("together" in step) yield* runTogether(context, step.together);
  else if ("wait" in step) yield* waitFor(context, step.wait);
  else if ("advance" in step) yield* driveTo(world.kernel, world.kernel.now + step.advance);
  else
    attempt(() => {
      act(context, step);
    });
}

/** The steps that take no time. */
function act(context: RunContext, step: Step): void {
  const { world } = context;
  if ("fault" in step) world.inject(faultSpec(step.fault));
  else if ("heal" in step) world.heal(...(typeof step.heal === "string" ? [step.heal] : []));
  else if ("start" in step) world.start(step.start);
  else if ("stop" in step) world.stop(step.stop);
  else if ("crash" in step) world.crash(step.crash);
  else if ("check" in step) {
    const [first] = unmet(context, step.check);
    if (first !== undefined) throw new StepFailed(first.failure, ["check", ...first.within]);
  }
}

/** The steps of a scenario one by one with their places, those inside `repeat` too. */
import type { Step } from "../schema/steps.js";
import type { Path } from "./path.js";

export interface PlacedStep {
  readonly step: Step;
  readonly path: Path;
}

export function everyStep(steps: readonly Step[], path: Path = ["steps"]): PlacedStep[] {
  return steps.flatMap((step, index) => {
    const here = [...path, index];
    if (!("repeat" in step)) return [{ step, path: here }];
    return everyStep(step.repeat.steps, [...here, "repeat", "steps"]);
  });
}

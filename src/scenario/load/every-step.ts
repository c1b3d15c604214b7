/** The steps of a scenario one by one with their places, those inside `repeat` too. */
import type { Step } from "../steps/index.js";
import type { Path } from "./path.js";

export interface PlacedStep {
  readonly step: Step;
  readonly path: Path;
  /** How often it is done: once, or by what the `repeat`s around it multiply to. */
  readonly times: number;
}

export function everyStep(steps: readonly Step[], path: Path = ["steps"], times = 1): PlacedStep[] {
  return steps.flatMap((step, index) => {
    const here = [...path, index];
    if (step.kind !== "repeat") return [{ step, path: here, times }];
    const { repeat } = step;
    return everyStep(repeat.steps, [...here, "repeat", "steps"], times * repeat.times);
  });
}

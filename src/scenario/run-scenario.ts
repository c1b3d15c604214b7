/** A scenario from beginning to end in one call, for programs: the command runs it slice by slice. */
import { ScenarioRun, type Result, type RunOptions } from "./run/run.js";

/** Run a scenario to its end. */
export function runScenario(options: RunOptions): Result {
  const run = new ScenarioRun(options);
  while (run.slice());
  return run.result();
}

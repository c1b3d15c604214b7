/** A scenario from beginning to end in one call, for programs: the command runs it slice by slice. */
import { ScenarioRun, type Result, type RunOptions } from "./run/run.js";

/**
 * Run a scenario to its end.
 *
 * @example
 * ```ts
 * import { Cloud, MemoryTimeline, loadScenario, renderText, runScenario } from "novasim";
 *
 * const loaded = loadScenario({ file: "my.yaml", text: "scenario: my\nsteps:\n  - run: nova list\n" });
 * if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
 * const sink = new MemoryTimeline();
 * const { ok } = runScenario({
 *   loaded,
 *   makeWorld: (options) => new Cloud(options),
 *   version: "my tests",
 *   sink,
 * });
 * console.log(ok, renderText(sink).includes("GET /v2/")); // true true
 * ```
 */
export function runScenario(options: RunOptions): Result {
  const run = new ScenarioRun(options);
  while (run.slice());
  return run.result();
}

/** A scenario from beginning to end in one call, for programs: the command runs it slice by slice. */
import { assertFunction, assertOptions, assertText, refuse } from "../kernel/index.js";
import { ScenarioRun, type Result, type RunOptions } from "./run/run.js";

const OPTIONS = ["loaded", "makeWorld", "version", "sink", "detail", "served"];

type Given = { readonly [K in "loaded" | "makeWorld" | "version"]?: unknown };

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
  assertOptions(options, "runScenario", OPTIONS);
  const { loaded, makeWorld, version }: Given = options;
  if (typeof loaded !== "object" || loaded === null || !("ok" in loaded) || loaded.ok !== true) {
    refuse(loaded, "runScenario: loaded", "what loadScenario has made, if it is ok");
  }
  assertFunction(makeWorld, "runScenario: makeWorld", "(options) => new Cloud(options)");
  assertText(version, "runScenario: version", "a text, which headers name");
  const run = new ScenarioRun(options);
  while (run.slice());
  return run.result();
}

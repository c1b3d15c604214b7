/** Scenario files: their schema, how they are loaded and how they are run. */
export { scenarioJsonSchema } from "./schema/json-schema.js";
export type { Scenario } from "./schema/scenario.js";
export type { Step } from "./steps/index.js";
export type { Expectation, ServerExpectation } from "./schema/expectation.js";
export { loadScenario, type Loaded, type LoadOptions, type NotLoaded } from "./load/load.js";
export type { ReadFile } from "./load/include.js";
export { MAX_CHARACTERS } from "./load/document.js";
export {
  formatPlace,
  formatProblem,
  PLAIN,
  printable,
  type Paint,
  type Place,
  type Problem,
} from "./load/problem.js";
export { KNOWN, type Known } from "./known.js";
export { nearest } from "../text/nearest.js";
export { formatDuration } from "../kernel/index.js";
export {
  defineScenario,
  isDefinition,
  sourceText,
  type ScenarioDefinition,
} from "./code/define-scenario.js";
export { modulePaths, moduleProblem, type Modules } from "./code/modules.js";
export { cloudOptions } from "./run/cloud-options.js";
export { runScenario } from "./run-scenario.js";
export { readStep, type ReadStep } from "./single/read-step.js";
export { doStep } from "./single/do-step.js";
export { ScenarioRun, type Result, type RunOptions } from "./run/run.js";
export type { Failure, FailureKind } from "./run/failure.js";
export type {
  CommandResult,
  FaultSpec,
  FaultState,
  MakeWorld,
  ServerState,
  World,
  WorldUser,
} from "./world.js";

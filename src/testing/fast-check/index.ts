/**
 * `novasim/fast-check`: users, faults and whole scenarios made by chance, for property tests with fast-check.
 * A failure shrinks to a scenario file.
 *
 * @example
 * import fc from "fast-check";
 * import { holds, scenarios } from "novasim/fast-check";
 *
 * fc.assert(fc.property(scenarios(), holds));
 */
export { userAction, type ActionOptions } from "./actions/user-action.js";
export { faultStep, type FaultOptions } from "./faults.js";
export { scenarios, type ScenarioArbitraryOptions } from "./scenarios.js";
export { assertGood, holds, holdsTwice, runRandom, runTwice, type Ran } from "./running.js";
export { RandomScenario, type ScenarioSource, type StepSource } from "./scenario-source.js";

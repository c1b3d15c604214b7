/**
 * A random scenario is run: once, twice for the same bytes, without a recorder for the same end. Nothing is
 * written anywhere; what fails says what it was, and the scenario is its file.
 */
import { refuse } from "../../kernel/index.js";
import { Cloud } from "../../cloud/cloud.js";
import { NOVASIM_VERSION } from "../../cloud/version.js";
import { findingText, type Finding } from "../../framework/invariants.js";
import { loadScenario, runScenario, type Loaded, type Result } from "../../scenario/index.js";
import { MemoryTimeline } from "../../timeline/index.js";
import { assertScenario, type RandomScenario } from "./scenario-source.js";

/** What came of a random scenario. */
export interface Ran {
  readonly result: Result;
  /** What does not hold at the end; Juno's own defects by name. */
  readonly findings: readonly Finding[];
  /** What was recorded, line by line; none without a recorder. */
  readonly lines: readonly string[];
}

/**
 * Run a scenario once.
 *
 * @throws Error for one that cannot be loaded, which a scenario made here always can
 *
 * @example
 * ```ts
 * import { RandomScenario, runRandom } from "novasim/fast-check";
 *
 * const steps = [{ run: "nova list" }];
 * const scenario = new RandomScenario({ scenario: "by-chance", seed: 7, cloud: {}, steps });
 * console.log(runRandom(scenario).result.ok); // true
 * ```
 */
export function runRandom(
  scenario: RandomScenario,
  { record = false }: { readonly record?: boolean } = {},
): Ran {
  assertScenario(scenario, "runRandom");
  const loaded = load(scenario);
  const sink = record ? new MemoryTimeline() : undefined;
  let cloud: Cloud | undefined;
  const result = runScenario({
    loaded,
    makeWorld: (options) => (cloud = new Cloud(options)),
    version: NOVASIM_VERSION,
    sink,
  });
  return { result, findings: cloud?.invariants() ?? [], lines: sink?.lines ?? [] };
}

function load(scenario: RandomScenario): Loaded {
  const loaded = loadScenario({ file: "by-chance.yaml", text: scenario.text });
  if (loaded.ok) return loaded;
  throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
}

/**
 * For `fc.property`: whether every invariant holds at the end, but for what Juno itself breaks.
 *
 * @throws Error with what does not hold
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { holds, scenarios } from "novasim/fast-check";
 *
 * fc.assert(fc.property(scenarios({ maxSteps: 4 }), holds), { numRuns: 3, seed: 1 });
 * ```
 */
export function holds(scenario: RandomScenario): void {
  assertScenario(scenario, "holds");
  assertGood(runRandom(scenario).result);
}

/**
 * That a run has done what its scenario says.
 *
 * @throws Error with the failures, as `novasim run` tells them
 *
 * @example
 * ```ts
 * import { RandomScenario, assertGood, runRandom } from "novasim/fast-check";
 *
 * const steps = [{ run: "nova list" }];
 * const scenario = new RandomScenario({ scenario: "by-chance", seed: 7, cloud: {}, steps });
 * assertGood(runRandom(scenario).result);
 * ```
 */
export function assertGood(result: Result): void {
  const given: unknown = result;
  if (typeof given !== "object" || given === null || !("failures" in given)) {
    refuse(given, "assertGood", "the result of a run, as runRandom(scenario).result");
  }
  const { failures } = result;
  if (failures.length === 0) return;
  throw new Error(
    failures
      .flatMap(({ what, details }) => [what, ...details.map((line) => `  ${line}`)])
      .join("\n"),
  );
}

/**
 * As `holds`, and that a second run has the same bytes, and one without a recorder the same end.
 *
 * @throws Error with what does not hold, or where two runs part
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { holdsTwice, scenarios } from "novasim/fast-check";
 *
 * fc.assert(fc.property(scenarios({ maxSteps: 4 }), holdsTwice), { numRuns: 2, seed: 1 });
 * ```
 */
export function holdsTwice(scenario: RandomScenario): void {
  assertScenario(scenario, "holdsTwice");
  assertGood(runTwice(scenario).result);
}

/**
 * Run a scenario with a recorder twice, and once without.
 *
 * @throws Error where two runs part, or one with a recorder and one without
 *
 * @example
 * ```ts
 * import { RandomScenario, runTwice } from "novasim/fast-check";
 *
 * const steps = [{ run: "nova list" }];
 * const scenario = new RandomScenario({ scenario: "by-chance", seed: 7, cloud: {}, steps });
 * console.log(runTwice(scenario).lines.length > 1); // true
 * ```
 */
export function runTwice(scenario: RandomScenario): Ran {
  assertScenario(scenario, "runTwice");
  const [first, second] = [
    runRandom(scenario, { record: true }),
    runRandom(scenario, { record: true }),
  ];
  const at = first.lines.findIndex((line, index) => line !== second.lines[index]);
  if (at >= 0 || first.lines.length !== second.lines.length) {
    const place = at < 0 ? Math.min(first.lines.length, second.lines.length) : at;
    throw new Error(
      [
        `two runs differ at line ${String(place + 1)}:`,
        `  ${first.lines[place] ?? "the first has ended"}`,
        `  ${second.lines[place] ?? "the second has ended"}`,
      ].join("\n"),
    );
  }
  const [on, off] = [endOf(first), endOf(runRandom(scenario))];
  if (on !== off) throw new Error(`a recorder makes a difference:\n  on:  ${on}\n  off: ${off}`);
  return first;
}

/** Where a run ended, as far as a recorder must not matter. */
const endOf = ({ result, findings }: Ran): string => {
  const { at, events, steps, leftovers, failures } = result;
  const told = failures.map(({ what }) => what);
  return JSON.stringify({
    at,
    events,
    steps,
    leftovers,
    told,
    findings: findings.map(findingText),
  });
};

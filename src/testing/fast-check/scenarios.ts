/**
 * Whole scenarios made by chance: a cloud, users who do things, faults among them, and an end at which all that
 * was broken is whole again and the cloud has had time to settle, so that what is still wrong then stays.
 * They shrink by leaving steps out.
 */
import * as fc from "fast-check";
import { boot, userAction } from "./actions.js";
import { faultStep, processesOf } from "./faults.js";
import { RandomScenario, type StepSource } from "./scenario-source.js";

export interface ScenarioArbitraryOptions {
  /** Whether anything goes wrong. Default true. */
  readonly faults?: boolean;
  /** Whether there is Cinder, and volumes. Default true. */
  readonly volumes?: boolean;
  /** How many steps at most, beside the end. Default 14. */
  readonly maxSteps?: number;
}

/** How long hosts are given to count anew, agents to be heard of and caches to be healed. */
const CALM = "6m";

const pause: fc.Arbitrary<StepSource> = fc
  .constantFrom("500ms", "2s", "5s", "20s", "70s")
  .map((length) => ({ advance: length }));

const pair = (one: fc.Arbitrary<StepSource>): fc.Arbitrary<StepSource> =>
  fc.tuple(one, one).map((both) => ({ together: both }));

/**
 * Scenarios with users, volumes and faults.
 *
 * @example
 * fc.assert(fc.property(scenarios({ faults: false }), (scenario) => holds(scenario)));
 */
export function scenarios(options: ScenarioArbitraryOptions = {}): fc.Arbitrary<RandomScenario> {
  const { faults = true, volumes = true, maxSteps = 14 } = options;
  return fc.integer({ min: 1, max: 3 }).chain((computes) => {
    const act = userAction(volumes ? {} : { volumes: [] });
    const step = fc.oneof(
      { arbitrary: act, weight: 8 },
      { arbitrary: pause, weight: 3 },
      { arbitrary: pair(act), weight: 1 },
      ...(faults ? [{ arbitrary: faultStep({ computes, volumes }), weight: 4 }] : []),
    );
    return fc
      .record({
        seed: fc.integer({ min: 1, max: 4_294_967_295 }),
        first: boot(["t1"]),
        steps: fc.array(step, { maxLength: maxSteps, size: "max" }),
      })
      .map(({ seed, first, steps }) => {
        const cloud = { computes, ...(volumes && { services: ["cinder"] }) };
        const all = [first, ...steps, ...(faults ? mended(computes, volumes, steps) : [])];
        return new RandomScenario({
          scenario: "by-chance",
          seed,
          cloud,
          steps: [...all, { advance: CALM }],
          expect: { invariants: true },
        });
      });
  });
}

/** Faults are lifted, and what has ended starts again; what was never ended is left alone. */
function mended(
  computes: number,
  volumes: boolean,
  steps: readonly StepSource[],
): readonly StepSource[] {
  const ended = new Set(steps.flatMap(({ crash }) => (typeof crash === "string" ? [crash] : [])));
  const starts = processesOf(computes, volumes).filter(
    (name) => ended.has(name) || ended.has(name.replace(/^.*@/u, "")),
  );
  const broken = steps.some((step) => "fault" in step);
  return [
    ...(broken ? [{ heal: null }] : []),
    ...starts.map((start) => ({ start, background: true })),
  ];
}

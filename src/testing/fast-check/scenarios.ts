/**
 * Whole scenarios made by chance: a cloud, users who do things, faults among them, and an end at which all that
 * was broken is whole again and the cloud has had time to settle, so that what is still wrong then stays.
 * They shrink by leaving steps out.
 */
import * as fc from "fast-check";
import { boot, serversOf, userAction } from "./actions.js";
import { faultStep, hostsOf, processesOf } from "./faults.js";
import { RandomScenario, type StepSource } from "./scenario-source.js";
import { evacuations, pairs } from "./stories.js";

/** What scenarios are made of. */
export interface ScenarioArbitraryOptions {
  /** Whether anything goes wrong. Default true. */
  readonly faults?: boolean;
  /** Whether there is Cinder, and volumes. Default true. */
  readonly volumes?: boolean;
  /** How many steps at most, beside the end. Default 14. */
  readonly maxSteps?: number;
}

/** How long hosts are given to count anew, agents to be heard of and caches to be healed. */
const CALM = "4m";

const pause: fc.Arbitrary<StepSource> = fc
  .constantFrom("500ms", "2s", "5s", "20s", "70s")
  .map((length) => ({ advance: length }));

const pair = (one: fc.Arbitrary<StepSource>): fc.Arbitrary<StepSource> =>
  fc.tuple(one, one).map((both) => ({ together: both }));

/** Who takes part: two projects with a user each, and who administers them. */
const USERS = [{ name: "admin", admin: true }, { name: "demo" }, { name: "eve", project: "other" }];
const OWNERS = ["demo", "eve"];

/** What operators set otherwise than Juno's defaults, as far as it changes what becomes of a server. */
const flags: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  {
    reclaim_instance_interval: fc.constant(90),
    shelved_offload_time: fc.constantFrom(-1, 60),
    allow_resize_to_same_host: fc.constant(true),
    scheduler_max_attempts: fc.constant(1),
    resize_confirm_window: fc.constant(60),
  },
  { requiredKeys: [] },
);

const one = (step: fc.Arbitrary<StepSource>): fc.Arbitrary<readonly StepSource[]> =>
  step.map((single) => [single]);

/**
 * Scenarios with users, volumes and faults.
 *
 * @example
 * ```ts
 * import fc from "fast-check";
 * import { holds, scenarios } from "novasim/fast-check";
 *
 * const calm = scenarios({ faults: false, maxSteps: 4 });
 * fc.assert(fc.property(calm, holds), { numRuns: 3, seed: 1 });
 * ```
 */
export function scenarios(options: ScenarioArbitraryOptions = {}): fc.Arbitrary<RandomScenario> {
  const { faults = true, volumes = true, maxSteps = 14 } = options;
  return fc.integer({ min: 1, max: 3 }).chain((computes) => {
    const names = { users: OWNERS, ...(!volumes && { volumes: [] }) };
    const act = userAction(names);
    const hosts = hostsOf(computes);
    const part = fc.oneof(
      { arbitrary: one(act), weight: 8 },
      { arbitrary: one(pause), weight: 3 },
      { arbitrary: one(pair(act)), weight: 1 },
      { arbitrary: pairs(names), weight: 2 },
      ...(faults ? [{ arbitrary: one(faultStep({ computes, volumes })), weight: 4 }] : []),
      ...(faults && computes > 1 ? [{ arbitrary: evacuations(hosts, names), weight: 1 }] : []),
    );
    return fc
      .record({
        seed: fc.integer({ min: 1, max: 4_294_967_295 }),
        first: boot(serversOf({ ...names, servers: ["t1"] })),
        parts: fc.array(part, { maxLength: maxSteps, size: "max" }),
        flags,
      })
      .map(({ seed, first, parts, flags: set }) => {
        const cloud = {
          computes,
          users: USERS,
          ...(volumes && { services: ["cinder"] }),
          ...(Object.keys(set).length > 0 && { flags: set }),
        };
        const own = withoutSecondRestart(parts.flat().slice(0, maxSteps));
        const all = [first, ...own, ...(faults ? mended(computes, volumes, own) : [])];
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

/**
 * Faults are lifted, and what has ended starts again. Where replies may have been lost, every nova-compute does:
 * one that waits for a reply waits for as long as other replies come (messaging §A4), which its reports see to.
 */
function mended(
  computes: number,
  volumes: boolean,
  steps: readonly StepSource[],
): readonly StepSource[] {
  const ended = new Set(steps.flatMap(({ crash }) => (typeof crash === "string" ? [crash] : [])));
  const hosts = hostsOf(computes).map((host) => `nova-compute@${host}`);
  const restarted = ended.size > 0 || steps.some(losesReplies) ? hosts : [];
  for (const name of restarted) ended.add(name);
  const starts = processesOf(computes, volumes).filter(
    (name) => ended.has(name) || ended.has(name.replace(/^.*@/u, "")),
  );
  const broken = steps.some((step) => "fault" in step);
  return [
    ...(broken ? [{ heal: null }] : []),
    ...restarted.map((crash) => ({ crash })),
    ...starts.map((start) => ({ start, background: true })),
  ];
}

const LOSING = ["drop", "lose_reply", "restart_broker", "cut_off"] as const;

const losesReplies = ({ fault }: StepSource): boolean =>
  typeof fault === "object" && fault !== null && LOSING.some((kind) => kind in fault);

/** A broker that is down cannot be taken down. */
function withoutSecondRestart(steps: readonly StepSource[]): readonly StepSource[] {
  const restarts = steps.filter(isRestart);
  return steps.filter((step) => !isRestart(step) || step === restarts[0]);
}

const isRestart = ({ fault }: StepSource): boolean =>
  typeof fault === "object" && fault !== null && "restart_broker" in fault;

/**
 * Whole scenarios made by chance: a cloud, users who do things, faults among them, and an end at which all that
 * was broken is whole again and the cloud has had time to settle, so that what is still wrong then stays.
 * They shrink by leaving steps out.
 */
import * as fc from "fast-check";
import { OUTWARDS } from "./actions/of-networks.js";
import { ofOperators } from "./actions/of-operators.js";
import { boot } from "./actions/of-servers.js";
import { typed } from "./actions/steps.js";
import { serversOf, userAction } from "./actions/user-action.js";
import { faultStep, hostsOf, processesOf } from "./faults.js";
import { RandomScenario, type StepSource } from "./scenario-source.js";
import { deeds, stepsOf, type Deed, type Lives } from "./lives.js";
import { evacuations, pairs } from "./stories.js";

/** What scenarios are made of. */
export interface ScenarioArbitraryOptions {
  /** Whether anything goes wrong. Default true. */
  readonly faults?: boolean;
  /** Whether there is Cinder, and volumes. Default true. */
  readonly volumes?: boolean;
  /** How many steps at most, beside the beginning and the end. Default 40. */
  readonly maxSteps?: number;
}

/** How long hosts are given to count anew, agents to be heard of and caches to be healed. */
const CALM = "4m";

/** What should hold of any cloud holds at any moment, of all that nobody is at work on. */
const LOOK: StepSource = { check: { invariants: true } };

const pause: fc.Arbitrary<StepSource> = fc
  .constantFrom("500ms", "2s", "5s", "20s", "70s")
  .map((length) => ({ advance: length }));

const pair = (one: fc.Arbitrary<StepSource>): fc.Arbitrary<StepSource> =>
  fc.tuple(one, one).map((both) => ({ together: both }));

/** Who takes part: two projects with a user each, and who administers them. */
const USERS = [{ name: "admin", admin: true }, { name: "demo" }, { name: "eve", project: "other" }];
const OWNERS = ["demo", "eve"];
const PROJECTS = ["demo", "other"];

/** What operators set otherwise than Juno's defaults, as far as it changes what becomes of a server. */
const FLAGS: readonly (readonly [string, readonly unknown[]])[] = [
  ["reclaim_instance_interval", [90]],
  ["shelved_offload_time", [-1, 60]],
  ["allow_resize_to_same_host", [true]],
  ["scheduler_max_attempts", [1]],
  ["resize_confirm_window", [60]],
  ["reboot_timeout", [60]],
  ["rescue_timeout", [60]],
  ["instance_build_timeout", [90]],
  ["running_deleted_instance_action", ["reap", "shutdown", "log"]],
  ["sync_power_state_interval", [60]],
];

const flags: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .subarray([...FLAGS], { maxLength: 4 })
  .chain((set) =>
    fc.record(Object.fromEntries(set.map(([name, values]) => [name, fc.constantFrom(...values)]))),
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
  const { faults = true, volumes = true, maxSteps = 40 } = options;
  return fc.constantFrom(1, 2, 2, 3, 3).chain((computes) => {
    const names = { users: OWNERS, ...(!volumes && { volumes: [] }) };
    const act = userAction(names);
    const hosts = hostsOf(computes);
    const broken = { computes, volumes };
    const part: fc.Arbitrary<Part> = fc.oneof(
      { arbitrary: deeds(names, faults ? broken : undefined), weight: 10 },
      { arbitrary: one(act), weight: 5 },
      { arbitrary: one(pause), weight: 2 },
      { arbitrary: one(fc.constant(LOOK)), weight: 1 },
      { arbitrary: one(pair(act)), weight: 1 },
      { arbitrary: pairs(names), weight: 2 },
      { arbitrary: one(ofOperators(hosts, OWNERS, PROJECTS)), weight: 1 },
      ...(faults ? [{ arbitrary: one(faultStep(broken)), weight: 2 }] : []),
      ...(faults && computes > 1 ? [{ arbitrary: evacuations(hosts, names), weight: 1 }] : []),
    );
    return fc
      .record({
        seed: fc.integer({ min: 1, max: 4_294_967_295 }),
        first: boot(serversOf({ ...names, servers: ["t1"] })),
        begun: beginnings(volumes),
        parts: fc.array(part, { maxLength: maxSteps, size: "max" }),
        flags,
      })
      .map(({ seed, first, begun, parts, flags: set }) => {
        const cloud = {
          computes,
          users: USERS,
          services: [...(volumes ? ["cinder"] : []), ...begun.services],
          ...(Object.keys(set).length > 0 && { flags: set }),
        };
        const own = withoutSecondRestart(told(parts, begun).slice(0, maxSteps));
        const all = [
          first,
          ...begun.steps,
          ...own,
          ...(faults ? mended(computes, volumes, own) : []),
        ];
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

/** Some steps, or something that is done to a server as it is by then. */
type Part = readonly StepSource[] | Deed;

function told(parts: readonly Part[], { steps }: Beginning): readonly StepSource[] {
  const lives: Lives = new Map(
    ["t1", ...(steps.length > 0 ? ["t2", "t3"] : [])].map((name) => [name, "active"]),
  );
  return parts.flatMap((part) => ("server" in part ? stepsOf(part, lives) : part));
}

/** What there is before anything happens to it. */
interface Beginning {
  readonly services: readonly string[];
  readonly steps: readonly StepSource[];
}

/** Nothing more, or servers and volumes of both users, perhaps with a way to the outside. */
function beginnings(volumes: boolean): fc.Arbitrary<Beginning> {
  const full = [
    typed("nova boot t2 --flavor m1.nano --image cirros --nic net-id=private", "eve"),
    typed("nova boot t3 --flavor m1.nano --image cirros --nic net-id=private", "demo"),
    ...(volumes ? [typed("cinder create 1 --display-name v1", "demo")] : []),
    typed("neutron port-create private --name t1-port", "demo"),
    { advance: "20s" },
  ];
  return fc.oneof(
    { withCrossShrink: true },
    { arbitrary: fc.constant({ services: [], steps: [] }), weight: 1 },
    { arbitrary: fc.constant({ services: [], steps: full }), weight: 5 },
    {
      arbitrary: fc.constant({ services: ["neutron-l3-agent"], steps: [...OUTWARDS, ...full] }),
      weight: 2,
    },
  );
}

/**
 * Faults are lifted, and what has ended starts again. Where replies may have been lost, every nova-compute does:
 * one that waits for a reply waits for as long as other replies come (messaging §A4), which its reports see to. It does
 * so twice, as a message that has waited for the first start may make it ask another that does not come back.
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
    ...starts.map(startOf),
    ...(restarted.length > 0 ? [{ advance: STARTED }] : []),
    ...restarted.map((crash) => ({ crash })),
    ...restarted.map(startOf),
  ];
}

/** Until every nova-compute has taken what waited for it: one asks in vain for a minute of each of three evacuated servers before. */
const STARTED = "4m";

const startOf = (start: string): StepSource => ({ start, background: true });

const LOSING = ["drop", "lose_reply", "restart_broker", "break_connection", "cut_off"] as const;

const losesReplies = ({ fault }: StepSource): boolean =>
  typeof fault === "object" && fault !== null && LOSING.some((kind) => kind in fault);

/** A broker that is down cannot be taken down. */
function withoutSecondRestart(steps: readonly StepSource[]): readonly StepSource[] {
  const restarts = steps.filter(isRestart);
  return steps.filter((step) => !isRestart(step) || step === restarts[0]);
}

const isRestart = ({ fault }: StepSource): boolean =>
  typeof fault === "object" && fault !== null && "restart_broker" in fault;

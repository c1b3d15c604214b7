/**
 * Runs a scenario on a cloud: its steps, then its expectations. Can be done in slices, so that the
 * terminal stays answerable; the bytes are the same however it is sliced and whoever watches.
 */
import type { Detail, Micros } from "../../kernel/index.js";
import { NO_CAUSE } from "../../kernel/index.js";
import { MemoryTimeline, Recorder, Routine, type Actor, type Sink } from "../../timeline/index.js";
import { everyStep } from "../load/every-step.js";
import type { Loaded } from "../load/load.js";
import type { Expectation } from "../schema/expectation.js";
import type { Scenario } from "../schema/scenario.js";
import { steps as vocabulary } from "../steps/index.js";
import type { MakeWorld, World } from "../world.js";
import { cloudOptions, DEFAULT_SEED } from "./cloud-options.js";
import type { RunContext } from "./context.js";
import { unmet } from "./expectations.js";
import { asFailure, StepFailed, type Failure } from "./failure.js";
import { addServices, scriptOf } from "../code/modules.js";
import { drive, type Slices } from "./slices.js";
import { runSteps } from "./steps.js";

export interface RunOptions {
  readonly loaded: Loaded;
  readonly makeWorld: MakeWorld;
  /** The version that headers name. */
  readonly version: string;
  /** Where the timeline goes, line by line; nowhere if absent. */
  readonly sink?: Sink | undefined;
  readonly detail?: Detail;
  /** When it is over, requests come in from this actor outside. */
  readonly served?: Actor | undefined;
}

/** What came of running a scenario. */
export interface Result {
  readonly ok: boolean;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  /** Steps that were begun, repetitions counted. */
  readonly steps: number;
  /** Virtual time at the end. */
  readonly at: Micros;
  /** Kernel events. */
  readonly events: number;
  /** Timeline entries; 0 without a recorder. */
  readonly entries: number;
  readonly failures: readonly Failure[];
  /** What may be a mistake of the scenario although nothing failed: a fault that never struck. */
  readonly warnings: readonly string[];
  /** What is left behind at the end, unless the scenario says itself what that is. */
  readonly leftovers: readonly string[];
}

export class ScenarioRun {
  readonly world: World;
  readonly #loaded: Loaded;
  readonly #recorder: Recorder | undefined;
  readonly #context: RunContext;
  readonly #failures: Failure[] = [];
  readonly #work: Iterator<void, void, unknown>;
  #leftovers: readonly string[] = [];
  #ended = false;

  constructor({ loaded, makeWorld, version, sink, detail = "flow", served }: RunOptions) {
    const { scenario } = loaded;
    this.#loaded = loaded;
    const memory = looksAtEntries(scenario) ? new MemoryTimeline() : undefined;
    const sinks = [sink, memory].filter((one) => one !== undefined);
    const routine = memory && routineOf(expectations(scenario), memory);
    this.#recorder = sinks.length === 0 ? undefined : new Recorder(both(sinks), detail, routine);
    this.world = makeWorld({ ...cloudOptions(scenario), observer: this.#recorder ?? null });
    addServices(this.world, scenario, loaded.modules ?? new Map());
    this.#recorder?.begin({
      novasim: version,
      scenario: scenario.scenario,
      title: scenario.title ?? scenario.scenario,
      seed: scenario.seed ?? DEFAULT_SEED,
      epoch: this.world.kernel.calendar.epoch,
      actors: served === undefined ? this.world.actors : [...this.world.actors, served],
      ...(this.world.states && { states: this.world.states }),
      ...(served && { served: true as const }),
      source: loaded.source,
    });
    this.#context = {
      world: this.world,
      defaultUser: defaultUser(scenario),
      entries: () => memory?.entries ?? [],
      progress: { steps: 0, path: ["steps"] },
      kept: new Map(),
      cause: NO_CAUSE,
    };
    this.#work = this.#all()[Symbol.iterator]();
  }

  /**
   * Do some milliseconds' worth. @returns whether there is more to do
   * @throws what only a programmer can have caused; everything else becomes a failure
   */
  slice(): boolean {
    if (this.#ended) return false;
    this.#ended = this.#work.next().done === true;
    if (this.#ended) this.#recorder?.close();
    return !this.#ended;
  }

  /** What came of it so far. */
  result(): Result {
    const { scenario } = this.#loaded;
    return {
      ok: this.#failures.length === 0,
      scenario: scenario.scenario,
      title: scenario.title ?? scenario.scenario,
      seed: scenario.seed ?? DEFAULT_SEED,
      steps: this.#context.progress.steps,
      at: this.world.kernel.now,
      events: this.world.kernel.events,
      entries: this.#recorder?.length ?? 0,
      failures: this.#failures,
      warnings: this.world.warnings?.() ?? [],
      leftovers: this.#leftovers,
    };
  }

  *#all(): Slices<void> {
    const { scenario } = this.#loaded;
    try {
      yield* runSteps(vocabulary, this.#context, scenario.steps, ["steps"]);
      yield* this.#script();
      yield* this.#settle();
    } catch (error) {
      const failure = asFailure(error);
      if (failure === undefined) throw error;
      const within = error instanceof StepFailed ? error.within : [];
      this.#failures.push({
        ...failure,
        place: this.#loaded.place([...this.#context.progress.path, ...within]),
      });
      return;
    }
    this.#context.cause = NO_CAUSE;
    if (scenario.expect?.leftovers === undefined) this.#leftovers = this.world.leftovers?.() ?? [];
    for (const { failure, within } of unmet(this.#context, scenario.expect ?? {})) {
      this.#failures.push({ ...failure, place: this.#loaded.place(["expect", ...within]) });
    }
  }

  /** What is there instead of steps, in a scenario that is a module. */
  *#script(): Slices<void> {
    const { world } = this;
    const script = scriptOf(world, this.#loaded.scenario, this.#loaded.modules ?? new Map());
    if (script === undefined) return;
    const { cause } = this.#context;
    const thread = world.kernel.spawn(script, { name: "script", awaited: true, cause });
    const horizon = world.kernel.now + world.kernel.ceilings.settle;
    if (!(yield* drive(world.kernel, () => thread.ended, horizon))) {
      throw world.kernel.stalled("the script cannot end");
    }
    try {
      return thread.result;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const [what = "", ...details] = error.message.split("\n");
      const failure = {
        kind: "step" as const,
        what: `the script failed: ${error.name}: ${what}`,
        details,
      };
      throw new StepFailed(failure);
    }
  }

  /** What the last step set going comes to its end: a recording never stops in mid-request. */
  *#settle(): Slices<void> {
    const { kernel } = this.world;
    const horizon = kernel.now + kernel.ceilings.settle;
    if (yield* drive(kernel, () => kernel.settled, horizon)) return;
    throw kernel.stalled("the scenario is over, but not everything that it began");
  }
}

/** Who types when a step names nobody: demo, or the first user of the scenario. */
function defaultUser({ cloud }: Scenario): string {
  const users = cloud?.users?.map(({ name }) => name) ?? ["demo"];
  return users.includes("demo") ? "demo" : (users[0] ?? "demo");
}

/** What is asked about is kept, whatever the recording leaves out. */
function routineOf(expected: readonly Expectation[], kept: MemoryTimeline): Routine {
  const logs = expected.some(({ log = [] }) => log.length > 0);
  const lines = expected.flatMap(({ flow }) => flow ?? []);
  return new Routine(lines, kept, logs);
}

/** Whether entries must be kept: not for a run that nobody asks about its messages. */
const looksAtEntries = (scenario: Scenario): boolean =>
  expectations(scenario).some(
    ({ flow = [], log = [], notifications = [] }) =>
      flow.length > 0 || log.length > 0 || notifications.length > 0,
  );

/** All that is expected, at the end or on the way. */
const expectations = ({ steps, expect = {} }: Scenario): Expectation[] => [
  ...everyStep(steps).flatMap(({ step }) => (step.kind === "check" ? [step.check] : [])),
  expect,
];

function both(sinks: readonly Sink[]): Sink {
  const [only] = sinks;
  if (only !== undefined && sinks.length === 1) return only;
  return {
    write(line) {
      for (const sink of sinks) sink.write(line);
    },
  };
}

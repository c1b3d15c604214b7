/**
 * An agent that polls: one task for each interval of the pipeline's sources, in which every pollster that a source
 * wants measures for it. All run in one greenthread, one after the other, in the order of setup.cfg; upstream goes
 * through a set. There is no coordination with other agents, as without a backend for it: each polls everything.
 * Upstream: ceilometer/agent.py at 2014.2.
 */
import { FixedIntervalLoopingCall, type Env, type Process } from "../../../framework/index.js";
import { caught, done, quietly, seconds, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { agentContext, type CeilometerContext } from "../context.js";
import type { PipelineFile } from "../pipeline/definition.js";
import { PipelineManager, type Pipeline } from "../pipeline/manager.js";
import type { Source } from "../pipeline/source.js";
import { Discoveries, type Found } from "./discoveries.js";
import { Cycle, type Discovery, type Pollster } from "./pollster.js";

export interface PollingOptions {
  readonly pollsters: readonly Pollster[];
  readonly discoveries: ReadonlyMap<string, Discovery>;
  /** Those that find resources where neither source nor pollster says how. */
  readonly defaultDiscovery?: readonly string[];
  /** What comes before each run of a task. */
  readonly before?: () => Op<void>;
}

interface Match {
  readonly source: Source;
  readonly pollster: Pollster;
}

/** What is polled together. */
interface Task {
  readonly matches: Match[];
  /** Where the samples of a source go. */
  readonly pipelines: Map<Source, Pipeline[]>;
}

/** @throws PipelineException for a pipeline that cannot be */
export function pollingAgent(env: Env, file: PipelineFile, options: PollingOptions): Process {
  const manager = new PipelineManager(env, file);
  const polling = new Polling(env, manager, options);
  const loops: FixedIntervalLoopingCall[] = [];
  return {
    *start(): Op<void> {
      env.announce("starting");
      for (const [interval, task] of tasksOf(manager, options.pollsters)) {
        const loop = new FixedIntervalLoopingCall(env, "interval_task", () =>
          quietly(polling.run(task)),
        );
        loops.push(loop.start(seconds(interval), { daemon: true }));
      }
      env.announce("started");
    },
    *stop(): Op<void> {
      env.announce("stopping");
      for (const loop of loops) loop.stop();
      env.bus.close();
      env.announce("stopped");
    },
    crash() {
      for (const loop of loops) loop.stop();
      env.bus.close();
    },
  };
}

/** `setup_polling_tasks`. */
function tasksOf(
  { pipelines }: PipelineManager,
  pollsters: readonly Pollster[],
): ReadonlyMap<number, Task> {
  const tasks = new Map<number, Task>();
  for (const pipeline of pipelines) {
    const { source } = pipeline;
    const wanted = pollsters.filter(({ name }) => source.supports(name));
    if (wanted.length === 0) continue;
    const task: Task = tasks.get(source.interval) ?? { matches: [], pipelines: new Map() };
    tasks.set(source.interval, task);
    const sinks = task.pipelines.get(source);
    if (sinks === undefined) {
      for (const pollster of wanted) task.matches.push({ source, pollster });
    }
    task.pipelines.set(source, [...(sinks ?? []), pipeline]);
  }
  return tasks;
}

class Polling {
  readonly #env: Env;
  readonly #manager: PipelineManager;
  readonly #options: PollingOptions;
  readonly #discoveries: Discoveries;
  readonly #context: CeilometerContext;
  #cycles = 0;

  constructor(env: Env, manager: PipelineManager, options: PollingOptions) {
    this.#env = env;
    this.#manager = manager;
    this.#options = options;
    this.#discoveries = new Discoveries(env, options.discoveries);
    this.#context = agentContext(env);
  }

  /** `poll_and_publish`. */
  *run(task: Task): Op<void> {
    const { before, defaultDiscovery = [] } = this.#options;
    yield* before?.() ?? done(undefined);
    const usual = yield* this.#discoveries.discover(defaultDiscovery);
    const cycle = new Cycle(++this.#cycles);
    const found: Found = new Map();
    for (const { source, pollster } of task.matches) {
      const { name, defaultDiscovery: own } = pollster;
      this.#env.log("info", `Polling pollster ${name} in the context of ${source.name}`);
      const its = own === undefined ? [] : yield* this.#discoveries.discover([own], found);
      const said: Json[] = [
        ...source.resources,
        ...(yield* this.#discoveries.discover(source.discovery, found)),
      ];
      const [resources = []] = [said, its, usual].filter((some) => some.length > 0);
      const pipelines = task.pipelines.get(source) ?? [];
      try {
        const measured = yield* pollster.samples(cycle, resources);
        const samples = measured.map((each) => this.#manager.samples.make(each));
        yield* this.#manager.publish(this.#context, samples, pipelines);
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        this.#env.log("warning", `Continue after error from ${name}: ${message}`);
        yield* this.#manager.flush(this.#context, pipelines);
      }
    }
  }
}

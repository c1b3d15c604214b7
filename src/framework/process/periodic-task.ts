/**
 * Tasks that a manager repeats: all that are due run one after another in one greenthread, and each
 * decides its own next time. Upstream: nova/openstack/common/periodic_task.py at 2014.2; messaging §B4.
 */
import {
  caught,
  between,
  seconds,
  shorter,
  sleep,
  type Duration,
  type Micros,
  type Op,
} from "../../kernel/index.js";
import type { RequestContext } from "../request-context.js";
import { serviceFlags } from "./service-flags.js";
import type { Env } from "./env.js";

/** One task. Spacing is in seconds: 0 means every 60 s, a negative one never (SVC-29). */
export interface PeriodicTask {
  readonly name: string;
  readonly spacing?: number;
  /** Run at the first tick instead of one spacing after the start. */
  readonly runImmediately?: boolean;
  /** Whether to run it at all; default true. */
  readonly enabled?: boolean;
  /** Another process may do it instead, if `run_external_periodic_tasks` is off. */
  readonly externalProcessOk?: boolean;
  readonly run: (ctxt: RequestContext) => Op<void>;
}

/** `DEFAULT_INTERVAL`: also the longest that a loop idles (SVC-30). */
const DEFAULT_INTERVAL = 60;

interface Scheduled {
  readonly task: PeriodicTask;
  readonly spacing: Duration;
  /** When it ran, as far as the rhythm goes; undefined: at the first tick, whenever that is. */
  last: Micros | undefined;
}

export interface TasksOptions {
  /** The class whose tasks they are, as errors name it. */
  readonly owner?: string;
  /** When the process was loaded, and its tasks with it (decorated, upstream). Default: now. */
  readonly loaded?: Micros;
}

export class PeriodicTasks {
  readonly #env: Env;
  readonly #prefix: string;
  readonly #tasks: Scheduled[];

  constructor(env: Env, tasks: readonly PeriodicTask[], options: TasksOptions = {}) {
    const { owner, loaded = env.kernel.now } = options;
    this.#env = env;
    this.#prefix = owner === undefined ? "" : `${owner}.`;
    const { run_external_periodic_tasks } = env.flags.read(serviceFlags);
    this.#tasks = tasks
      .filter(({ spacing = 0, enabled = true }) => enabled && spacing >= 0)
      .filter(({ externalProcessOk = false }) => !externalProcessOk || run_external_periodic_tasks)
      .map((task) => {
        const spacing = seconds(task.spacing || DEFAULT_INTERVAL);
        return { task, spacing, last: task.runImmediately === true ? undefined : loaded };
      });
  }

  /**
   * Run what is due. An error is logged and the next task runs (SVC-25), unless it is to be raised.
   * @returns how long to idle
   */
  *run(ctxt: RequestContext, { raiseOnError = false } = {}): Op<Duration> {
    const { kernel } = this.#env;
    let idle = seconds(DEFAULT_INTERVAL);
    for (const each of this.#tasks) {
      const wait = each.last === undefined ? 0 : between(kernel.now, each.last + each.spacing);
      // What runs now counts with its whole spacing, even if it is late and so due again sooner.
      idle = shorter(idle, each.spacing);
      if (wait > 0) {
        idle = shorter(idle, wait);
        continue;
      }
      each.last = this.#boundary(each);
      try {
        yield* each.task.run(ctxt);
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (raiseOnError) throw error;
        const name = this.#prefix + each.task.name;
        this.#env.log("error", `Error during ${name}: ${error.message}`);
      }
      yield* sleep(0);
    }
    return idle;
  }

  /**
   * The latest multiple of the spacing since the task ran last, so that a late run does not shift
   * the rhythm, and up to 5 % more, so that hosts do not fall into step.
   */
  #boundary({ last, spacing }: Scheduled): Micros {
    const { now } = this.#env.kernel;
    if (last === undefined) return now;
    return now - ((now - last) % spacing) + this.#jitter(spacing);
  }

  /** Less than 5 % of the spacing, in whole seconds: none for a spacing of 20 s or less. */
  #jitter(spacing: Duration): Duration {
    const most = Math.ceil(spacing / seconds(20)) - 1;
    return seconds(this.#env.stream("periodic jitter").int(0, most));
  }
}

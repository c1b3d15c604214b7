/**
 * Tasks that a manager repeats: all that are due run one after another in one greenthread, and each
 * decides its own next time. Upstream: nova/openstack/common/periodic_task.py at 2014.2; messaging B4.
 */
import { Exception, seconds, type Micros, type Op } from "../kernel/index.js";
import type { RequestContext } from "./request-context.js";
import type { Surroundings } from "./surroundings.js";

/** One task. Spacing is in seconds: 0 means every 60 s, a negative one never (SVC-29). */
export interface PeriodicTask {
  readonly name: string;
  readonly spacing?: number;
  /** Run at the first tick instead of one spacing after the start. */
  readonly runImmediately?: boolean;
  readonly run: (ctxt: RequestContext) => Op<void>;
}

/** `DEFAULT_INTERVAL`: also the longest that a loop idles (SVC-30). */
const DEFAULT_INTERVAL = 60;

interface Scheduled {
  readonly task: PeriodicTask;
  readonly spacing: Micros;
  next: Micros;
}

export class PeriodicTasks {
  readonly #surroundings: Surroundings;
  readonly #tasks: Scheduled[];

  constructor(surroundings: Surroundings, tasks: readonly PeriodicTask[]) {
    this.#surroundings = surroundings;
    const { now } = surroundings.kernel;
    this.#tasks = tasks
      .filter(({ spacing = 0 }) => spacing >= 0)
      .map((task) => {
        const spacing = seconds(task.spacing || DEFAULT_INTERVAL);
        return { task, spacing, next: task.runImmediately === true ? now : now + spacing };
      });
  }

  /** Run what is due. An error is logged and the next task runs (SVC-25). @returns how long to idle */
  *run(ctxt: RequestContext): Op<Micros> {
    const { kernel } = this.#surroundings;
    for (const each of this.#tasks) {
      if (each.next > kernel.now) continue;
      // From the old due time, so that a late run does not shift the rhythm.
      const late = kernel.now - each.next;
      each.next = kernel.now - (late % each.spacing) + each.spacing + this.#jitter(each.spacing);
      try {
        yield* each.task.run(ctxt);
      } catch (error) {
        if (!(error instanceof Exception)) throw error;
        this.#surroundings.log("error", `Error during ${each.task.name}: ${error.message}`);
      }
    }
    const idle = this.#tasks.map(({ next }) => next - kernel.now);
    return Math.max(0, Math.min(seconds(DEFAULT_INTERVAL), ...idle));
  }

  /** 0 to 5 % of the spacing, in whole seconds: none for a spacing of 20 s or less. */
  #jitter(spacing: Micros): Micros {
    const most = Math.floor((spacing / seconds(1)) * 0.05);
    return seconds(this.#surroundings.stream("periodic jitter").int(0, most));
  }
}

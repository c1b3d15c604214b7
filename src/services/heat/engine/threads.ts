/**
 * The threads of an engine, by the stack that each works on, and how they are ended. Timers of watches are not
 * simulated. Upstream: heat/engine/service.py (ThreadGroupManager),
 * heat/openstack/common/threadgroup.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, join, type Greenthread, type Op } from "../../../kernel/index.js";
import { formatException } from "../../../python/index.js";
import type { ThreadEvent } from "./thread-event.js";
import { GreenletExit } from "./scheduler/task.js";

export class StackThreads {
  readonly #env: Env;
  readonly #groups = new Map<string, Set<Greenthread<void>>>();
  readonly #events = new Map<string, ThreadEvent[]>();

  constructor(env: Env) {
    this.#env = env;
  }

  /** The stacks on which there are threads. */
  get stacks(): readonly string[] {
    return [...this.#groups.keys()];
  }

  /** Work on a stack in a thread of its own. @param ended what is done after it, whatever its end */
  start(stackId: string, name: string, op: Op<void>, ended?: () => void): void {
    const group = this.#groups.get(stackId) ?? new Set();
    this.#groups.set(stackId, group);
    const work = this.#run(op, () => {
      group.delete(thread);
      if (group.size === 0 && this.#groups.get(stackId) === group) this.#groups.delete(stackId);
      ended?.();
    });
    const thread = this.#env.spawn(name, work);
    group.add(thread);
  }

  *#run(op: Op<void>, ended: () => void): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      // The end of a thread is nobody's to hear of; eventlet prints what it is not to end with.
      const error = yield* caught(thrown);
      if (!(error instanceof GreenletExit)) {
        this.#env.log("error", formatException(error, []).join(""));
      }
    }
    ended();
  }

  addEvent(stackId: string, event: ThreadEvent): void {
    this.#events.set(stackId, [...(this.#events.get(stackId) ?? []), event]);
  }

  removeEvent(stackId: string, event: ThreadEvent): void {
    const left = (this.#events.get(stackId) ?? []).filter((other) => other !== event);
    if (left.length > 0) this.#events.set(stackId, left);
    else this.#events.delete(stackId);
  }

  /** Tell the threads of a stack that listen. */
  send(stackId: string, message: string): void {
    for (const event of this.#events.get(stackId) ?? []) event.message = message;
    this.#events.delete(stackId);
  }

  /** End the threads of a stack, or with `graceful` wait for their end. Either way it waits. */
  *stop(stackId: string, graceful = false): Op<void> {
    const group = this.#groups.get(stackId);
    if (group === undefined) return;
    this.#events.delete(stackId);
    this.#groups.delete(stackId);
    const threads = [...group];
    if (!graceful) for (const thread of threads) thread.interrupt(new GreenletExit(""));
    for (const thread of threads) if (!thread.ended) yield* join(thread);
  }
}

/**
 * Many tasks that depend on each other, as one: in each pass all that are ready start, then all that
 * run make a step. Upstream: heat/engine/scheduler.py (DependencyTaskGroup, ExceptionGroup) at 2014.2.
 */
import { endStep, type Kernel, type Op, type Stepped } from "../../../../kernel/index.js";
import { Exception, repr } from "../../../../python/index.js";
import type { Dependencies, Graph } from "./dependencies.js";
import { exceptionOf, TaskRunner } from "./task.js";

/** Several tasks have failed. */
export class ExceptionGroup extends Exception {
  static override readonly module: string = "heat.engine.scheduler";
  override readonly name = "ExceptionGroup";

  constructor(errors: readonly Exception[]) {
    super(repr(errors.map(({ message }) => message)));
  }
}

export interface TaskGroupOptions {
  readonly reverse?: boolean;
  /** Seconds that others may go on for when one has failed; without it they end at once. */
  readonly errorWaitTime?: number;
  /** Whether only those are ended that depend on the one that failed. */
  readonly aggregate?: boolean;
}

/** By what those are ordered that may start together, instead of by when they came. */
export type StartOrder<K> = (key: K) => string;

export class TaskGroup<K> {
  readonly #order: StartOrder<K> | undefined;
  readonly #runners: Map<K, TaskRunner>;
  readonly #graph: Graph<K>;
  readonly #options: TaskGroupOptions;

  /** @throws CircularDependencyException */
  constructor(
    kernel: Kernel,
    dependencies: Dependencies<K>,
    task: (key: K) => Stepped,
    label: (key: K) => string,
    options: TaskGroupOptions = {},
    order?: StartOrder<K>,
  ) {
    this.#order = order;
    this.#runners = new Map(
      dependencies
        .sorted(label)
        .map((key) => [key, new TaskRunner(kernel, label(key), () => task(key))]),
    );
    this.#graph = dependencies.graph(options.reverse);
    this.#options = options;
  }

  /** @throws the first error, or all of them as an ExceptionGroup */
  *run(): Stepped {
    const raised: Exception[] = [];
    let ended = false;
    try {
      while ([...this.#runners.values()].some(({ done }) => !done)) yield* this.#pass(raised);
      ended = true;
    } finally {
      // Closed from outside, or out of time.
      if (!ended) yield* this.cancelAll();
    }
    const [first] = raised;
    if (first === undefined) return;
    throw this.#options.aggregate === true ? new ExceptionGroup(raised) : first;
  }

  #startable(): Iterable<K> {
    const order = this.#order;
    if (order === undefined) return this.#graph.keys;
    return [...this.#graph.keys].sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }

  *#pass(raised: Exception[]): Stepped {
    let at: K | undefined;
    try {
      for (const key of this.#startable()) {
        const runner = this.#runners.get(key);
        if (runner === undefined || runner.done || runner.started) continue;
        if (this.#graph.requires(key).size > 0) continue;
        at = key;
        yield* runner.start();
      }
      yield* endStep();
      for (const [key, runner] of this.#runners) {
        if (!this.#graph.has(key) || !runner.started) continue;
        at = key;
        if (yield* runner.step()) this.#graph.delete(key);
      }
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (this.#options.aggregate === true && at !== undefined) yield* this.#cancelFrom(at);
      else yield* this.cancelAll(this.#options.errorWaitTime);
      raised.push(error);
    }
  }

  /** @param grace seconds that those may go on for that have begun */
  *cancelAll(grace?: number): Op<void> {
    for (const runner of this.#runners.values()) yield* runner.cancel(grace);
  }

  *#cancelFrom(key: K): Op<void> {
    const runner = this.#runners.get(key);
    if (runner !== undefined) yield* runner.cancel();
    for (const dependent of this.#graph.requiredBy(key)) yield* this.#cancelFrom(dependent);
    this.#graph.delete(key);
  }
}

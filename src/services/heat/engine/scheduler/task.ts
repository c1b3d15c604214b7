/**
 * A task of the engine: an operation that gives up its turn between steps. Whoever runs it decides when
 * the next step is, and may end it where it stands. Upstream: heat/engine/scheduler.py (TaskRunner,
 * Timeout, TimedCancel) at 2014.2.
 */
import {
  caught,
  seconds,
  sleep,
  Steps,
  type Kernel,
  type Micros,
  type Op,
  type Stepped,
} from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";

/** What no `except Exception` catches: a time limit, the end of a thread. */
export class BaseException extends Exception {
  override readonly name: string = "BaseException";
}

/** `GreenletExit`: what a thread that is killed gets, wherever it waits. */
export class GreenletExit extends BaseException {
  static override readonly module: string = "greenlet";
  override readonly name = "GreenletExit";
}

/** `except Exception` of a task. @throws BaseException */
export function* exceptionOf(thrown: unknown): Op<Exception> {
  const error = yield* caught(thrown);
  if (error instanceof BaseException) throw error;
  return error;
}

/** A task has run for longer than it may. It is thrown into the task, or just ends it. */
export class Timeout extends BaseException {
  static override readonly module: string = "heat.engine.scheduler";
  override readonly name = "Timeout";
  readonly end: Micros;
  /** `TimedCancel`: the task is not told. */
  readonly silent: boolean;

  constructor(what: string, end: Micros, silent = false) {
    super(`Task ${what} Timed out`);
    this.end = end;
    this.silent = silent;
  }
}

export class TaskRunner {
  readonly #kernel: Kernel;
  readonly #name: string;
  readonly #make: () => Stepped;
  #steps: Steps | undefined;
  #done = false;
  #timeout: Timeout | undefined;

  constructor(kernel: Kernel, name: string, make: () => Stepped) {
    this.#kernel = kernel;
    this.#name = name;
    this.#make = make;
  }

  get started(): boolean {
    return this.#steps !== undefined;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Start it and run it to its end, a step a second. @param limit seconds that it may take */
  *run(limit?: number): Op<void> {
    try {
      yield* this.start(limit);
      while (!this.#done) {
        yield* sleep(seconds(1));
        yield* this.step();
      }
    } catch (error) {
      // Who is stopped between two steps leaves a generator behind, which Python closes.
      if (error instanceof BaseException) yield* this.cancel();
      throw error;
    }
  }

  /** Its first step. */
  *start(limit?: number): Op<void> {
    if (limit !== undefined) {
      this.#timeout = new Timeout(this.#name, this.#kernel.now + seconds(limit));
    }
    this.#steps = new Steps(this.#make());
    yield* this.step();
  }

  /** The next step. @returns whether it was the last one @throws what the task raises */
  *step(): Op<boolean> {
    const steps = this.#steps;
    if (this.#done || steps === undefined) return this.#done;
    const timeout = this.#timeout;
    if (timeout === undefined || this.#kernel.now <= timeout.end) {
      this.#done = yield* steps.next();
      return this.#done;
    }
    this.#done = true;
    const ended = !timeout.silent && (yield* steps.throw(timeout));
    if (!ended) yield* steps.close();
    return true;
  }

  /** End it where it stands. @param grace seconds that it may go on for, if it has begun */
  *cancel(grace?: number): Op<void> {
    const steps = this.#steps;
    if (this.#done) return;
    if (steps === undefined || grace === undefined) {
      this.#done = true;
      if (steps !== undefined) yield* steps.close();
      return;
    }
    const timeout = new Timeout(this.#name, this.#kernel.now + seconds(grace), true);
    if (this.#timeout === undefined || timeout.end < this.#timeout.end) this.#timeout = timeout;
  }
}

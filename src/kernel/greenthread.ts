/**
 * A running generator and where it stands: ready, parked on an effect, or ended. The kernel resumes
 * it; primitives wake it. Upstream: eventlet's GreenThread.
 */
import { Halted, InvariantError } from "./errors.js";
import type { Kernel } from "./kernel.js";
import type { Cause, Detail } from "./observer.js";
import type { Due } from "./queues/due-queue.js";
import { WHO_RUNS, type Effect, type Op } from "./op.js";

export interface SpawnOptions {
  /** What it does, for reports: a method name, `report_state`. */
  readonly name: string;
  /** Whose it is; the spawner's actor unless told. */
  readonly actor?: string;
  /** Loops for ever: the run may end while it lives. Inherited by what it spawns. */
  readonly daemon?: boolean;
  /** Its error waits for whoever joins it, however late (an eventlet `spawn` with a later `wait`). */
  readonly awaited?: boolean;
  /** The request it serves. */
  readonly request?: string | undefined;
  /** The timeline entry that led to it. */
  readonly cause?: Cause | undefined;
  readonly detail?: Detail | undefined;
}

type State = "new" | "ready" | "parked" | "running" | "ended";

/**
 * An operation under way, apart from what spawned it: eventlet's GreenThread.
 *
 * @example
 * ```ts
 * import { Kernel, done } from "novasim";
 *
 * const kernel = new Kernel();
 * const thread = kernel.spawn(done("served"), { name: "request" });
 * console.log(thread.ended); // false
 * kernel.settle();
 * console.log(thread.result); // served
 * ```
 */
export class Greenthread<T = unknown> implements Due {
  slot = -1;
  readonly kernel: Kernel;
  readonly name: string;
  readonly actor: string;
  readonly daemon: boolean;
  readonly parent: Greenthread | undefined;
  /** The request it serves; a web service names it only after it has begun. */
  request: string | undefined;
  /** The last timeline entry that moved this greenthread on. */
  cause: Cause;
  /** How important what it does is to a reader; see `quietly`. */
  detail: Detail;
  /** What it is parked on. */
  waiting: Effect | undefined;

  readonly #body: Iterator<Effect, T, unknown>;
  readonly #awaited: boolean;
  #state: State = "new";
  #value: unknown = undefined;
  #error: unknown = undefined;
  #failed = false;
  /** Thrown one by one at its next waits. Two time limits can strike at the same instant. */
  #interrupts: Error[] | undefined;
  /** What woke it, until its turn comes. */
  #wokenBy: Effect | undefined;
  #joiners: Greenthread[] | undefined;

  /** @internal The kernel spawns greenthreads. */
  constructor(kernel: Kernel, op: Op<T>, parent: Greenthread | undefined, options: SpawnOptions) {
    this.kernel = kernel;
    this.#body = op[Symbol.iterator]();
    this.parent = parent;
    this.name = options.name;
    this.actor = options.actor ?? parent?.actor ?? "";
    const { behalf } = kernel;
    this.daemon = options.daemon ?? behalf.daemon;
    this.request = options.request ?? parent?.request;
    this.cause = options.cause ?? behalf.cause;
    this.detail = options.detail ?? behalf.detail;
    this.#awaited = options.awaited ?? false;
  }

  get ended(): boolean {
    return this.#state === "ended";
  }

  get failed(): boolean {
    return this.#state === "ended" && this.#failed;
  }

  /**
   * Its result, once it has ended.
   * @throws what it threw; Halted if it was halted
   */
  get result(): T {
    if (this.#state !== "ended") throw new InvariantError(`${this.describe()} has not ended`);
    if (this.#failed) throw this.#error;
    return this.#value as T;
  }

  /** `nova-compute@c1 build_and_run_instance (req-...)`. */
  describe(): string {
    const who = this.actor === "" ? this.name : `${this.actor} ${this.name}`;
    const request = this.request === undefined ? "" : ` (${this.request})`;
    const waiting = this.waiting === undefined ? "" : `, waiting for ${this.waiting.label}`;
    return `${who}${request}${waiting}`;
  }

  /** Go on with `value` as the outcome of the wait. Only a parked greenthread can be woken. */
  wake(value: unknown): void {
    this.#unpark();
    this.#value = value;
    this.kernel.ready(this);
  }

  /** Go on with `error` thrown at the wait. */
  fail(error: unknown): void {
    this.#unpark();
    this.#error = error;
    this.#failed = true;
    this.kernel.ready(this);
  }

  /** Throw `error` at whatever it waits for now or next, as `eventlet.Timeout` does. */
  interrupt(error: Error): void {
    if (this.#state === "ended") return;
    if (this.waiting === undefined) {
      (this.#interrupts ??= []).push(error);
      return;
    }
    this.waiting.leave(this);
    this.fail(error);
  }

  /** Take back an interrupt that has not been thrown yet. */
  forgive(error: Error): void {
    const left = this.#interrupts?.filter((other) => other !== error);
    this.#interrupts = left?.length ? left : undefined;
  }

  /**
   * End it now. Its `finally` blocks run and cannot wait there.
   * @throws InvariantError if it waits while it is being halted
   */
  halt(): void {
    if (this.#state === "ended") return;
    if (this.#state === "running") throw new InvariantError(`${this.describe()} halts itself`);
    this.waiting?.leave(this);
    this.waiting = undefined;
    const wokenBy = this.#wokenBy;
    const wokenWith = this.#value;
    this.#wokenBy = undefined;
    // First, so that no `wake` or `halt` out of the `finally` blocks finds it alive.
    this.#state = "ended";
    if (!this.#failed) wokenBy?.takeBack?.(wokenWith);
    try {
      const end = this.#body.return?.();
      if (end !== undefined && end.done !== true) {
        throw new InvariantError(
          `${this.describe()} waits for ${end.value.label} while it is being halted`,
        );
      }
    } catch (thrown) {
      this.#end(thrown, true);
      if (thrown instanceof InvariantError) throw thrown;
      return;
    }
    this.#end(new Halted(`${this.describe()} was halted`), true, true);
  }

  /** @internal One more to be told of the end. */
  addJoiner(thread: Greenthread): void {
    (this.#joiners ??= []).push(thread);
  }

  /** @internal */
  removeJoiner(thread: Greenthread): void {
    const left = this.#joiners?.filter((joiner) => joiner !== thread);
    // Without joiners its error is nobody's again, and must end the run.
    this.#joiners = left?.length ? left : undefined;
  }

  /** Run until it parks or ends. The kernel alone calls this. */
  due(): void {
    if (this.#state === "ended") return;
    const value = this.#value;
    const error = this.#error;
    const failed = this.#failed;
    this.#value = this.#error = undefined;
    this.#failed = false;
    this.#wokenBy = this.waiting = undefined;
    this.#state = "running";
    const before = this.kernel.enterThread(this);
    try {
      let step = failed ? this.#throw(error) : this.#body.next(value);
      while (step.value === WHO_RUNS && step.done !== true) step = this.#body.next(this);
      if (step.done === true) this.#end(step.value, false);
      else this.#park(step.value);
    } catch (thrown) {
      this.#end(thrown, true);
    } finally {
      this.kernel.enterThread(before);
    }
  }

  #throw(error: unknown): IteratorResult<Effect, T> {
    if (this.#body.throw === undefined) throw error;
    return this.#body.throw(error);
  }

  #park(effect: Effect): void {
    this.#state = "parked";
    this.waiting = effect;
    const interrupt = this.#interrupts?.shift();
    if (interrupt === undefined) effect.enter(this);
    else this.fail(interrupt);
  }

  #unpark(): void {
    if (this.#state !== "parked" || this.waiting === undefined) {
      throw new InvariantError(`${this.describe()} was woken while ${this.#state}`);
    }
    this.#wokenBy = this.waiting;
    this.waiting = undefined;
    this.#state = "ready";
  }

  #end(outcome: unknown, failed: boolean, halted = false): void {
    this.#state = "ended";
    this.#failed = failed;
    if (failed) this.#error = outcome;
    else this.#value = outcome;
    this.kernel.threadEnded(this);
    const joiners = this.#joiners;
    if (joiners !== undefined) {
      this.#joiners = undefined;
      for (const joiner of joiners) {
        joiner.cause = this.cause;
        if (failed) joiner.fail(outcome);
        else joiner.wake(outcome);
      }
    } else if (failed && !this.#awaited && !halted) {
      this.kernel.unhandled(this, outcome);
    }
  }
}

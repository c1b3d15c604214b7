/**
 * A function that is called again and again in a greenthread of its own, until it is told to stop,
 * says so itself, or raises. Not a periodic task (`periodic-task.ts`): one of these runs all of
 * them. Upstream: nova/openstack/common/loopingcall.py at 2014.2; messaging §B4.
 */
import {
  caught,
  between,
  shorter,
  Signal,
  sleep,
  type Duration,
  type Micros,
  type Op,
} from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import type { Env } from "./env.js";

/** Raised by the function: the loop is over, and this is what waiting for it gives. */
export class LoopingCallDone extends Exception {
  static override readonly module: string = "nova.openstack.common.loopingcall";
  override readonly name: string = "LoopingCallDone";
  readonly retvalue: unknown;

  constructor(retvalue: unknown = true) {
    super();
    this.retvalue = retvalue;
  }
}

export interface LoopOptions {
  /** Before the first call; without one it comes at once. */
  readonly initialDelay?: Duration;
  /** Whether a run may end while it goes on; as its maker is, unless told. */
  readonly daemon?: boolean;
}

abstract class LoopingCall<R> {
  protected readonly env: Env;
  protected readonly name: string;
  readonly #call: () => Op<R>;
  readonly #done: Signal<unknown>;
  #running = false;

  /** @param name what it does, as logs call it: `report_state` */
  constructor(env: Env, name: string, call: () => Op<R>) {
    this.env = env;
    this.name = name;
    this.#call = call;
    this.#done = new Signal(`the end of the loop ${name}`);
  }

  /** Call no more. Who sleeps is not woken for it: the loop ends when its sleep is over. */
  stop(): void {
    this.#running = false;
  }

  /** Wait until the loop is over. @returns what ended it, true if it was stopped @throws what it raised */
  wait(): Op<unknown> {
    return this.#done.wait();
  }

  protected run({ initialDelay = 0, daemon }: LoopOptions): void {
    this.#running = true;
    const options = daemon === undefined ? {} : { daemon };
    this.env.spawn(this.name, this.#loop(initialDelay), options);
  }

  /** The kind of loop, in the log line about what it raised. */
  protected abstract readonly kind: string;

  /** How long to sleep after a call that began at `began`. */
  protected abstract pause(result: R, began: Micros): Duration;

  *#loop(initialDelay: Duration): Op<void> {
    const { kernel } = this.env;
    if (initialDelay > 0) yield* sleep(initialDelay);
    try {
      while (this.#running) {
        const began = kernel.now;
        const result = yield* this.#call();
        // Whoever stopped it meanwhile does not wait for one more sleep.
        if (!this.#goesOn()) break;
        yield* sleep(this.pause(result, began));
      }
    } catch (thrown) {
      this.#ended(yield* caught(thrown));
      return;
    }
    this.#done.send(true);
  }

  /** What `stop` may have changed while the function ran. */
  #goesOn(): boolean {
    return this.#running;
  }

  #ended(error: Exception): void {
    this.#running = false;
    if (error instanceof LoopingCallDone) {
      this.#done.send(error.retvalue);
      return;
    }
    const { name, message } = error;
    this.env.log("error", `in ${this.kind} looping call: ${name}: ${message}`);
    this.#done.sendError(error);
  }
}

/** At a fixed rate: what a call takes is taken off the sleep after it (SVC-10). */
export class FixedIntervalLoopingCall extends LoopingCall<void> {
  protected override readonly kind = "fixed duration";
  #interval: Duration = 0;

  start(interval: Duration, options: LoopOptions = {}): this {
    this.#interval = interval;
    this.run(options);
    return this;
  }

  protected override pause(_result: void, began: Micros): Duration {
    const { now } = this.env.kernel;
    const next = began + this.#interval;
    const late = now - next;
    if (late > 0) {
      const by = (late / 1e6).toFixed(2);
      this.env.log("warning", `task ${this.name} run outlasted interval by ${by} sec`);
    }
    return late > 0 ? 0 : between(now, next);
  }
}

/** The function itself says how long to sleep after each call, but never longer than `most`. */
export class DynamicLoopingCall extends LoopingCall<Duration> {
  protected override readonly kind = "dynamic";
  #most: Duration | undefined;

  /** @param options `most`: `periodic_interval_max` */
  start({ most, ...options }: LoopOptions & { readonly most?: Duration } = {}): this {
    this.#most = most;
    this.run(options);
    return this;
  }

  protected override pause(idle: Duration): Duration {
    return this.#most === undefined ? idle : shorter(idle, this.#most);
  }
}

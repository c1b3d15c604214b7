/**
 * Drives a cloud that is served, a few milliseconds at a time, so that the process can read and write
 * meanwhile. One pump for all requests: they come in one after the other and are under way together.
 */
import type { Kernel, Micros } from "../../kernel/index.js";
import type { ArrivedRequest } from "../door/arrived.js";
import type { Answered, Door, Outcome } from "../door/door.js";
import { jsonText } from "../http/json-text.js";
import { Polls, atRest } from "./settling.js";

/** How virtual time goes by: as it is needed, or so many times as fast as that of the wall. */
export type Pace = "settle" | number;

/** One slice of work, in milliseconds. */
const SLICE_MS = 8;
/** Events between two looks at the clock. */
const EVENTS = 64;
/** So many failures one after the other end the attempt. */
const HOPELESS = 20;
/** How often time is moved on at a pace, in milliseconds. */
const TICK_MS = 10;

interface Waiting {
  readonly request: ArrivedRequest;
  readonly answered: Answered;
}

export interface PumpOptions {
  readonly kernel: Kernel;
  readonly door: Door;
  readonly pace: Pace;
  /** Told after each slice. */
  readonly worked: () => void;
  /** Something in the simulation broke that is no failure of a simulated kind. */
  readonly failed: (error: unknown) => void;
}

export class Pump {
  readonly #options: PumpOptions;
  readonly #polls = new Polls();
  readonly #waiting: Waiting[] = [];
  /** When time at a pace began, on the clock and in the simulation. */
  readonly #began: { readonly clock: number; readonly at: Micros };
  #since: Micros;
  #failures = 0;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #rested: (() => void)[] = [];

  constructor(options: PumpOptions) {
    this.#options = options;
    const { now } = options.kernel;
    this.#since = now;
    this.#began = { clock: performance.now(), at: now };
    if (options.pace !== "settle") this.#tick();
  }

  /** A request has come. */
  submit(request: ArrivedRequest, answered: Answered): void {
    this.#waiting.push({ request, answered });
    // Who comes at the same moment comes in together: what has arrived meanwhile is read first.
    setImmediate(() => {
      this.#schedule();
    });
  }

  /** Something was done to the cloud past the door: what follows from it goes on until it is done. */
  nudge(): void {
    this.#since = this.#options.kernel.now;
    this.#schedule();
  }

  /** Resolves when all that came has been answered and nothing is under way. */
  async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#rested.push(resolve);
      this.#schedule();
    });
  }

  /** No time goes by any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    this.#timer = setTimeout(() => {
      this.#tick();
      this.#schedule();
    }, TICK_MS);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#work();
    });
  }

  #work(): void {
    const { kernel, worked, failed } = this.#options;
    const until = performance.now() + SLICE_MS;
    let more = true;
    while (more && performance.now() < until) {
      try {
        more = this.#some();
        this.#failures = 0;
      } catch (error) {
        failed(error);
        // What fails again and again would do so for ever.
        if (++this.#failures >= HOPELESS) more = this.#giveUp();
      }
    }
    worked();
    if (more) this.#schedule();
    else if (this.#options.door.open === 0 && kernel.settled) this.#tellRested();
  }

  #tellRested(): void {
    const rested = this.#rested;
    this.#rested = [];
    for (const resolve of rested) resolve();
  }

  /** Who still waits is not answered. */
  #giveUp(): boolean {
    for (const { answered } of this.#waiting.splice(0)) {
      answered({ kind: "broken", reason: "the cloud cannot go on" });
    }
    return false;
  }

  /** A little work. @returns whether there is more to do now */
  #some(): boolean {
    return this.#options.pace === "settle"
      ? this.#asNeeded()
      : this.#byTheClock(this.#options.pace);
  }

  #asNeeded(): boolean {
    const { kernel, door } = this.#options;
    const [next] = this.#waiting;
    // Others are under way: it races with them, and is no poll of a quiet cloud.
    if (next !== undefined && door.open > 0) {
      this.#enter(false);
      return true;
    }
    if (door.open > 0 || !atRest(kernel, this.#since)) {
      for (let events = 0; events < EVENTS; events++) {
        if (!kernel.step()) return this.#waiting.length > 0;
        if (door.open === 0 && atRest(kernel, this.#since)) break;
        if (this.#waiting.length > 0 && door.open > 0) break;
      }
      return true;
    }
    if (next === undefined) return false;
    const { method, target } = next.request;
    const pause = this.#polls.pauseBefore(method, target);
    if (pause > 0) kernel.run(kernel.now + pause);
    this.#enter(true);
    return true;
  }

  #byTheClock(pace: number): boolean {
    const { kernel } = this.#options;
    const passed = Math.floor((performance.now() - this.#began.clock) * 1_000 * pace);
    const target = Math.max(kernel.now, this.#began.at + passed);
    for (let events = 0; events < EVENTS; events++) {
      if (kernel.step(target)) continue;
      kernel.run(target);
      if (this.#waiting.length === 0) return false;
      this.#enter(false);
      return true;
    }
    return true;
  }

  /** @param looked whether its answer says if a poll has brought something */
  #enter(looked: boolean): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    const { kernel, door } = this.#options;
    const { request, answered } = next;
    this.#since = kernel.now;
    door.enter(request, (outcome) => {
      this.#since = kernel.now;
      if (looked) this.#polls.answered(request.method, request.target, textOf(outcome));
      answered(outcome);
    });
  }
}

const textOf = (outcome: Outcome): string =>
  outcome.kind === "response"
    ? `${String(outcome.response.status)} ${jsonText(outcome.response.body)}`
    : outcome.reason;

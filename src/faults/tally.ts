/**
 * Which of those that a fault fits it strikes: from when on and for how long, the n-th only, so many
 * at most. What fits is its aim's affair.
 */
import {
  microseconds,
  sleep,
  type Duration,
  type Kernel,
  type Micros,
  type Op,
} from "../kernel/index.js";
import type { Fault } from "./fault.js";
import type { Window } from "./window.js";

export interface Frequency extends Window {
  /** Only the n-th that fits, counted from 1 since the fault was declared. */
  readonly nth?: number | undefined;
  /** How many are struck at most; default 1, and all of a window that has `for`. */
  readonly times?: number | undefined;
}

export class Tally {
  readonly #kernel: Kernel;
  readonly #fault: Fault;
  readonly #frequency: Frequency;
  readonly #declaredAt: Micros;
  #fitting = 0;

  constructor(kernel: Kernel, fault: Fault, frequency: Frequency) {
    this.#kernel = kernel;
    this.#fault = fault;
    this.#frequency = frequency;
    this.#declaredAt = kernel.now;
    const { for: length } = frequency;
    // A daemon: nobody waits for a fault to be over.
    if (length !== undefined)
      kernel.spawn(this.#liftAfter(length), { name: fault.text, daemon: true });
  }

  /** Whether its time is now. */
  get due(): boolean {
    const { after = 0, for: length = Infinity } = this.#frequency;
    const since = this.#kernel.now - this.#declaredAt;
    return !this.#fault.lifted && since >= after && since < after + length;
  }

  /** Whether nothing more can be struck. */
  get over(): boolean {
    const { nth } = this.#frequency;
    const done = this.#fault.strikes >= this.#most || (nth !== undefined && this.#fitting >= nth);
    return this.#fault.lifted || done;
  }

  /** One more fits. @returns whether it is to be struck */
  count(): boolean {
    this.#fitting++;
    const { nth = this.#fitting } = this.#frequency;
    return this.#fitting === nth && this.#fault.strikes < this.#most;
  }

  get #most(): number {
    const { times, for: length } = this.#frequency;
    return times ?? (length === undefined ? 1 : Infinity);
  }

  *#liftAfter(length: Duration): Op<void> {
    const { after = 0 } = this.#frequency;
    yield* sleep(microseconds(after + length));
    this.#fault.lift();
  }
}

/** `number 2 of `, and `, 3 times`. */
export const nthText = ({ nth }: Frequency): string =>
  nth === undefined ? "" : `number ${String(nth)} of `;
export const timesText = ({ times }: Frequency): string =>
  times === undefined || times === 1 ? "" : `, ${String(times)} times`;

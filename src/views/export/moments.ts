/**
 * Entries of one microsecond, told apart: each is a nanosecond after the one before, in the order in
 * which they happened. Tools that know only times then see what came first, and no length is zero.
 */
import type { Micros } from "../../kernel/index.js";

/** Whole microseconds, and nanoseconds after them, 0 to 999. */
export interface Moment {
  readonly at: Micros;
  readonly nano: number;
}

export class Moments {
  #last: Moment = { at: -1, nano: 999 };

  /** The moment of the next entry, which happened at `at`. */
  next(at: Micros): Moment {
    // A recording by hand may hold any number.
    const whole = Math.max(0, Math.min(at, Number.MAX_SAFE_INTEGER - 1));
    this.#last = whole > this.#last.at ? { at: whole, nano: 0 } : after(this.#last);
    return this.#last;
  }
}

export function after({ at, nano }: Moment): Moment {
  return nano === 999 ? { at: at + 1, nano: 0 } : { at, nano: nano + 1 };
}

/** Below 0 where `one` is before `other`. */
export function compare(one: Moment, other: Moment): number {
  return one.at === other.at ? one.nano - other.nano : one.at - other.at;
}

export const isBefore = (one: Moment, other: Moment): boolean => compare(one, other) < 0;

/** `3590.001`: microseconds with their nanoseconds, exact however long the run. */
export function inMicros({ at, nano }: Moment): string {
  return nano === 0 ? String(at) : `${String(at)}.${String(nano).padStart(3, "0")}`;
}

/** From one to a later one. */
export function lengthOf(from: Moment, to: Moment): Moment {
  const nano = to.nano - from.nano;
  const at = to.at - from.at;
  return nano < 0 ? { at: at - 1, nano: nano + 1_000 } : { at, nano };
}

/**
 * The course of a run as one line from 0 to 1, which scrubber, strips and states share: a row is a row, or,
 * by time, as much as passes until the next one, with long times cut as in the sequence.
 */
import type { SequenceRow } from "../sequence/row.js";

/** By time: the least and the most that is between two rows, in pixels of the sequence. */
const NEAREST = 18;
const FARTHEST = 110;

export class Axis {
  /** Where each row is, by prefix sums. */
  readonly #places: Float64Array;

  /** @param stretch by time, pixels a millisecond; undefined for even steps */
  constructor(rows: readonly SequenceRow[], stretch?: number) {
    const places = new Float64Array(rows.length);
    let at = 0;
    for (let i = 1; i < rows.length; i++) {
      const passes = (rows[i]?.at ?? 0) - (rows[i - 1]?.at ?? 0);
      const apart = stretch === undefined ? 1 : (passes / 1_000) * stretch;
      at += stretch === undefined ? 1 : Math.max(NEAREST, Math.min(FARTHEST, apart));
      places[i] = at;
    }
    this.#places = places;
  }

  /** Where row `index` is; what is before the first row is at its place. */
  at(index: number): number {
    const whole = this.#places.at(-1) ?? 0;
    return whole === 0 ? 0 : (this.#places[Math.max(0, index)] ?? whole) / whole;
  }

  /** The row that is nearest to a place. */
  nearest(share: number): number {
    const wanted = share * (this.#places.at(-1) ?? 0);
    let low = 0;
    let high = this.#places.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const [here = 0, next = 0] = [this.#places[middle], this.#places[middle + 1]];
      if ((here + next) / 2 < wanted) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low);
  }
}

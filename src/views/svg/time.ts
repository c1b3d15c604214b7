/**
 * Rows by time: so many pixels a millisecond, within reason; where that would be more, the time is cut
 * and marked. And where any moment of the run stands between them.
 */
import type { Micros } from "../../kernel/index.js";
import type { Moment } from "../sequence/flights.js";
import type { SequenceRow } from "../sequence/row.js";
import type { Heights, PlacedRow } from "./place.js";

/** Pixels a millisecond. */
export const STRETCHES = [2, 4, 8, 16, 32] as const;
export type Stretch = (typeof STRETCHES)[number];

const NEAREST = 18;
const FARTHEST = 110;
/** Where a row is written, below its top. */
const LINE = 9;

export interface TimedRow extends PlacedRow {
  /** More time passes after it than there is room for. */
  readonly cut: boolean;
}

/** @param placed rows in even steps: chapters and gaps keep their heights */
export function byTime(placed: readonly PlacedRow[], stretch: Stretch): readonly TimedRow[] {
  let y = placed[0]?.y ?? 0;
  return placed.map((one, at) => {
    const next = placed[at + 1]?.row;
    const apart = next === undefined ? 0 : ((next.at - one.row.at) / 1_000) * stretch;
    const fixed = isFixed(one.row);
    const limited = next === undefined || isFixed(next) ? NEAREST : apart;
    const height = fixed ? one.height : Math.max(NEAREST, Math.min(FARTHEST, limited));
    const line = fixed ? y + one.line - one.y : y + LINE;
    const timed = { ...one, y, height, line, cut: !fixed && limited > FARTHEST };
    y += height;
    return timed;
  });
}

const isFixed = ({ kind }: SequenceRow): boolean => kind === "chapter" || kind === "gap";

/** Where a moment stands: between the rows before and after it, as far as it is between them in time. */
export class Moments implements Pick<Heights, "from" | "to"> {
  readonly #rows: readonly PlacedRow[];
  readonly #atOf: (seq: number) => Micros;

  constructor(rows: readonly PlacedRow[], atOf: (seq: number) => Micros) {
    this.#rows = rows.filter(({ row }) => !isFixed(row));
    this.#atOf = atOf;
  }

  y({ at, seq }: Moment): number {
    const before = this.#before((row) => (seq === undefined ? row.at <= at : row.seq <= seq));
    const [here, next] = [this.#rows[before], this.#rows[before + 1]];
    if (here === undefined) return next?.line ?? 0;
    if (next === undefined || next.row.at <= here.row.at) return here.line;
    const share = Math.max(0, Math.min(1, (at - here.row.at) / (next.row.at - here.row.at)));
    return here.line + share * (next.line - here.line);
  }

  from(seq: number): number {
    return this.y({ at: this.#atOf(seq), seq });
  }

  to(seq: number): number {
    return this.from(seq);
  }

  /** The last row that `is` holds for. */
  #before(is: (row: SequenceRow) => boolean): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle]?.row;
      if (row !== undefined && is(row)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

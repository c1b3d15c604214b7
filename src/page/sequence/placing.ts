/**
 * Where everything of a sequence stands in a pane of some width, in its form: words at their arrows, or
 * beside lanes that are near to each other, in even steps or by time; and the shapes that lie there.
 */
import type { Model } from "../../views/model/model.js";
import { flightsOf, type Flight } from "../../views/sequence/flights.js";
import { bandsOf, type Grouping } from "../../views/sequence/lanes.js";
import type { SequenceRow } from "../../views/sequence/row.js";
import {
  barBoxes,
  barShape,
  deaths,
  threads,
  type BarBox,
  type Places,
} from "../../views/svg/bars.js";
import { arrowShapes } from "../../views/svg/drawn.js";
import {
  across,
  down,
  GUTTER,
  Heights,
  type Across,
  type PlacedRow,
} from "../../views/svg/place.js";
import { glyph } from "../../views/svg/shapes.js";
import { slantShape, slantsOf, type Slant } from "../../views/svg/slant.js";
import { byTime, Moments, type Stretch, type TimedRow } from "../../views/svg/time.js";

/** Narrower panes have two lines of words for each row. */
const NARROW = 560;

export interface Form extends Grouping {
  readonly width: number;
  readonly beside: boolean;
  /** By time, in so many pixels a millisecond; undefined for even steps. */
  readonly stretch: Stretch | undefined;
  /** Words beside the lanes say who speaks to whom; without that, the lines do. */
  readonly named?: boolean;
  /** Moves rows down, for a picture that keeps step with another one. */
  readonly steps?: (even: readonly PlacedRow[]) => readonly PlacedRow[];
}

/** A row with all that is drawn of it. */
export interface DrawnRow extends TimedRow {
  readonly slants: readonly Slant[];
  /** Its lines reach so far down. */
  readonly reach: number;
}

export class Placing {
  readonly layout: Across;
  readonly rows: readonly DrawnRow[];
  readonly narrow: boolean;
  readonly timed: boolean;
  readonly named: boolean;
  readonly bottom: number;
  /** What stands on the lifelines throughout. */
  readonly still: readonly string[];
  readonly #bars: readonly BarBox[];

  /** @param all the rows that make the lanes. @param rows those of them that are shown */
  constructor(model: Model, all: readonly SequenceRow[], rows: readonly SequenceRow[], form: Form) {
    this.narrow = form.width < NARROW;
    this.timed = form.stretch !== undefined;
    this.named = form.named ?? !this.narrow;
    this.layout = this.#across(model, all, rows, form);
    const { width } = this.layout;
    const height = this.narrow && !this.timed ? 44 : 28;
    // What a chapter says is read without moving sideways, however many lanes there are.
    const read = this.narrow ? Math.min(width, form.width) : Math.max(width, form.width);
    const even = down(rows, 0, read, 0, {
      arrow: height,
      again: Infinity,
      asks: true,
    });
    const timed = form.stretch === undefined ? undefined : byTime(even, form.stretch);
    const atOf = (seq: number): number => model.entries[seq]?.at ?? 0;
    const moments = timed === undefined ? undefined : new Moments(timed, atOf);
    const flights = moments === undefined ? undefined : model.once(flightsOf);
    const placed = timed ?? form.steps?.(even) ?? even;
    this.rows = placed.map((one) => this.#drawn(one, flights, moments));
    const last = this.rows.at(-1);
    this.bottom = last === undefined ? 0 : last.y + last.height;
    const places: Places = moments ?? new Heights(this.rows, 0);
    this.#bars = barBoxes(model, this.layout, this.rows, this.bottom, places);
    this.still = [
      ...deaths(model, this.layout, places, this.bottom),
      ...threads(model, this.layout, this.rows, places),
    ];
  }

  /** Where marks stand that are nobody's: before the first lane. */
  get nobody(): number {
    return this.narrow ? 10 : GUTTER - 4;
  }

  /** What is to be drawn between two heights. */
  seen(top: number, end: number): readonly DrawnRow[] {
    const first = this.#firstBelow(top);
    let last = first;
    while ((this.rows[last]?.y ?? Infinity) < end) last += 1;
    return this.rows.slice(first, last);
  }

  /** The row above another one. */
  before(row: DrawnRow | undefined): SequenceRow | undefined {
    return row === undefined ? undefined : this.rows[this.#firstBelow(row.y) - 1]?.row;
  }

  /** The first row that reaches below a height. */
  #firstBelow(top: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.rows[middle];
      if (row !== undefined && row.y + row.height <= top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  bars(top: number, end: number): readonly string[] {
    return this.#bars.filter(({ y, height }) => y + height > top && y < end).map(barShape);
  }

  /** The rows whose lines cross from above what is seen into it. */
  crossing(top: number, end: number): readonly DrawnRow[] {
    if (!this.timed) return [];
    return this.rows.filter(({ y, height, reach }) => y + height <= top && reach > top && y < end);
  }

  shapeOf({ row, line, slants }: DrawnRow): string {
    if (row.kind === "mark") {
      const x = row.actor === undefined ? undefined : this.layout.x(row.actor);
      return glyph(row.sign, x ?? this.nobody, line);
    }
    if (row.kind !== "arrow") return "";
    if (slants.length > 0) return slants.map(slantShape).join("");
    // In rows that are near to each other the line is under the words of its own row.
    return arrowShapes(row, this.timed ? line + 4 : line, this.layout);
  }

  #across(
    model: Model,
    all: readonly SequenceRow[],
    rows: readonly SequenceRow[],
    form: Form,
  ): Across {
    const room = Math.max(320, form.width - 4);
    const { narrow } = this;
    const beside = form.beside || this.timed;
    const given = {
      lanes: narrow ? room * 0.42 : beside ? room : Math.max(480, room),
      words: Math.max(200, room * (narrow ? 0.56 : 0.45)),
      gutter: narrow ? 4 : GUTTER,
      narrow,
      beside,
    };
    const placed = across(bandsOf(model, all, { ...form, shown: rows }), given);
    // Bands and words may use the whole pane, also where lanes do not.
    return { ...placed, width: narrow ? placed.width : Math.max(placed.width, room) };
  }

  #drawn(
    placed: PlacedRow & { readonly cut?: boolean },
    flights: ReadonlyMap<number, Flight> | undefined,
    moments: Moments | undefined,
  ): DrawnRow {
    const { row, y, height, cut = false } = placed;
    const flight = row.kind === "arrow" ? flights?.get(row.message) : undefined;
    const slants =
      row.kind === "arrow" && moments !== undefined
        ? slantsOf({ ...placed, row }, flight, this.layout, moments)
        : [];
    const reach = Math.max(y + height, ...slants.map(({ to }) => to[1]));
    return { ...placed, cut, slants, reach };
  }
}

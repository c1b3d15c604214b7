/**
 * What of a run the page shows: the rows of a level, those of them that a filter leaves, where they stand on
 * the axis, and which of them are followed. It knows no cursor and no parts of the page.
 */
import { readFilter, type Filter } from "../views/filter/filter.js";
import type { Model } from "../views/model/model.js";
import type { SequenceRow } from "../views/sequence/row.js";
import { sequenceRows } from "../views/sequence/rows.js";
import { Axis } from "../views/strip/axis.js";
import type { State } from "./address.js";

export interface Counts {
  readonly shown: number;
  readonly followed: number;
}

export class Shown {
  readonly #model: Model;
  #rows: readonly SequenceRow[] = [];
  #all: readonly SequenceRow[] = [];
  #problem = "";
  #followed: Filter | undefined;
  #counts: Counts | undefined;
  #axis: Axis | undefined;
  #axisOf: readonly unknown[] = [];
  /** What the rows of the level were made for. */
  #made: readonly unknown[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  get rows(): readonly SequenceRow[] {
    return this.#rows;
  }

  /** Rows of the level before any filter. */
  get all(): readonly SequenceRow[] {
    return this.#all;
  }

  /** What is wrong with the filter, in words; empty if nothing is. */
  get problem(): string {
    return this.#problem;
  }

  get following(): boolean {
    return this.#followed !== undefined;
  }

  /** Rows anew for the level, the filter and what is followed. */
  read({ level, filter, follow, open }: State): void {
    const made = [level, open, this.#model.entries.length];
    if (made.some((one, i) => one !== this.#made[i])) {
      this.#all = sequenceRows(this.#model, level, open);
    }
    this.#made = made;
    this.#counts = undefined;
    this.#problem = "";
    this.#rows = this.#all;
    if (filter.trim() !== "") {
      const read = readFilter(filter, this.#model);
      if (read.ok) {
        this.#rows = this.#all.filter(
          ({ kind, seq }) => kind === "chapter" || (kind !== "gap" && this.#is(read.matches, seq)),
        );
      } else this.#problem = read.problem;
    }
    const followed = follow === "" ? undefined : readFilter(follow, this.#model);
    this.#followed = followed?.ok === true ? followed.matches : undefined;
  }

  /** To be called when the model may have got more entries. */
  grow(state: State): void {
    if (this.#made[2] !== this.#model.entries.length) this.read(state);
  }

  axis({ time, stretch }: State): Axis {
    const key = [this.#rows, time, stretch];
    if (this.#axis === undefined || key.some((one, i) => one !== this.#axisOf[i])) {
      this.#axisOf = key;
      this.#axis = new Axis(this.#rows, time === "by" ? stretch : undefined);
    }
    return this.#axis;
  }

  get counts(): Counts {
    this.#counts ??= this.#count();
    return this.#counts;
  }

  follows(seq: number): boolean {
    return this.#followed === undefined || this.#is(this.#followed, seq);
  }

  #count(): Counts {
    let shown = 0;
    let followed = 0;
    for (const { kind, seq } of this.#rows) {
      if (kind === "chapter") continue;
      shown += 1;
      if (this.#followed !== undefined && this.follows(seq)) followed += 1;
    }
    return { shown, followed };
  }

  #is(matches: Filter, seq: number): boolean {
    const entry = this.#model.entries[seq];
    return entry !== undefined && matches(entry);
  }
}

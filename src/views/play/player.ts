/**
 * Somebody's way through a run: the cursor, what is shown of it, and where one has been. There is one
 * cursor, on an entry; whatever is said is what was once that entry had happened.
 */
import type { Timeline } from "../../timeline/index.js";
import { Model } from "../model/model.js";
import { Names } from "../names.js";
import { readFilter } from "../filter/filter.js";
import { firstLevel, sequenceRows } from "../sequence/rows.js";
import { LEVELS, type Level, type SequenceRow } from "../sequence/row.js";
import { rowAt, stepped, type Unit } from "../sequence/steps.js";

/** A move that was made. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** Of a step forward its unit. */
  readonly unit: Unit | undefined;
}

/** Moves that are remembered. */
const MOST_MOVES = 10_000;

export class Player {
  readonly model: Model;
  readonly names: Names;
  #seq: number;
  #level: Level;
  #filter = "";
  #follow = "";
  #rows: readonly SequenceRow[] = [];
  #all: readonly SequenceRow[] = [];
  readonly #moves: Move[] = [];

  constructor(timeline: Timeline) {
    this.model = Model.of(timeline);
    this.names = new Names(timeline.header, timeline.entries);
    this.#level = firstLevel(this.model);
    this.#read();
    this.#seq = this.#rows.find(({ kind }) => kind !== "gap")?.seq ?? 0;
  }

  get seq(): number {
    return this.#seq;
  }

  get level(): Level {
    return this.#level;
  }

  get filter(): string {
    return this.#filter;
  }

  /** What is followed: a filter, or nothing. */
  get following(): string {
    return this.#follow;
  }

  /** The rows that one steps through. */
  get rows(): readonly SequenceRow[] {
    return this.#rows;
  }

  /** How many rows there would be without filter and following. */
  get rowsInAll(): number {
    return this.#all.length;
  }

  /** The row that the cursor is on, or the last one before it. */
  get here(): number {
    return rowAt(this.#rows, this.#seq);
  }

  /** @returns whether there was anywhere to go */
  next(unit: Unit): boolean {
    const to = stepped(this.model, this.#rows, this.#seq, unit, 1);
    return this.#move(to, unit);
  }

  /** Back after forward is where one was. @returns whether there was anywhere to go */
  back(unit: Unit): boolean {
    const last = this.#moves.at(-1);
    if (last?.unit === unit && last.to === this.#seq) return this.undo();
    return this.#move(stepped(this.model, this.#rows, this.#seq, unit, -1), undefined);
  }

  /** @returns false if there is no such entry */
  goTo(seq: number | undefined): boolean {
    return this.#move(seq, undefined);
  }

  /** Where one was before the last move. */
  undo(): boolean {
    const last = this.#moves.pop();
    if (last === undefined) return false;
    this.#seq = last.from;
    return true;
  }

  /** @returns what is wrong with it, and then nothing has changed */
  setFilter(text: string): string | undefined {
    const read = readFilter(text, this.model);
    if (!read.ok) return read.problem;
    this.#filter = text.trim();
    this.#read();
    return undefined;
  }

  /** The request of the cursor's entry, or its server, or what is named; or nobody any more. */
  follow(what: "request" | "server" | undefined): boolean {
    const entry = this.model.entries[this.#seq];
    if (what === undefined || entry === undefined) this.#follow = "";
    else if (what === "request") {
      const { requests } = this.model;
      const id = entry.request ?? requests.all.find(({ carrier }) => carrier === entry.seq)?.id;
      if (id === undefined) return false;
      this.#follow = `request:${id}`;
    } else {
      const [name] = this.model.servers.of(entry.seq);
      if (name === undefined) return false;
      this.#follow = `server:"${name}"`;
    }
    this.#read();
    return true;
  }

  /** That level, or the next one. */
  setLevel(level: Level | undefined): void {
    const next = LEVELS[(LEVELS.indexOf(this.#level) + 1) % LEVELS.length];
    this.#level = level ?? next ?? this.#level;
    this.#read();
  }

  #move(to: number | undefined, unit: Unit | undefined): boolean {
    if (to === undefined || this.model.entries[to] === undefined) return false;
    if (this.#moves.length === MOST_MOVES) this.#moves.shift();
    this.#moves.push({ from: this.#seq, to, unit });
    this.#seq = to;
    return true;
  }

  /** Rows anew for the level, the filter and what is followed. */
  #read(): void {
    this.#all = sequenceRows(this.model, this.#level);
    const tests = [this.#filter, this.#follow]
      .filter((text) => text !== "")
      .flatMap((text) => {
        const read = readFilter(text, this.model);
        return read.ok ? [read.matches] : [];
      });
    this.#rows =
      tests.length === 0
        ? this.#all
        : this.#all.filter(({ kind, seq }) => {
            const entry = this.model.entries[seq];
            if (kind === "gap" || entry === undefined) return false;
            return kind === "chapter" || tests.every((matches) => matches(entry));
          });
  }
}

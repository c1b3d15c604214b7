/**
 * The page of one recording: its model, what of it is shown, and the parts that show it. There is one
 * cursor, on an entry; whatever the page says is what was once that entry had happened.
 */
import type { Entry } from "../timeline/index.js";
import type { Model } from "../views/model/model.js";
import { readFilter, type Filter } from "../views/filter/filter.js";
import { firstLevel, sequenceRows } from "../views/sequence/rows.js";
import type { Level, Range, SequenceRow, Stretch } from "../views/sequence/row.js";
import { Axis } from "../views/strip/axis.js";
import { readAddress, writeAddress, type State } from "./address.js";

export interface Reading {
  /** There is no more to come. */
  readonly done: boolean;
  /** The line in whose middle the recording ends. */
  readonly truncated?: number;
  /** Why the rest could not be read. */
  readonly wrong?: string;
}

export interface Part {
  /** Shows what `app` says now. */
  draw(app: App): void;
  /** Says how far reading has come, which changes often. */
  tell?(app: App): void;
}

/** What went wrong in a run, which one steps to with `n` and `p`. */
const PROBLEMS = new Set(["timeout", "lost", "fault", "fails", "crashed", "warning"]);

export class App {
  readonly model: Model;
  /** How it stands with the recording: what has been read of it, and what is wrong with the rest. */
  reading: Reading = { done: false };
  readonly firstLevel: Level;
  readonly #parts: Part[] = [];
  #state: State;
  #rows: readonly SequenceRow[] = [];
  /** Rows of the level before any filter. */
  #all: readonly SequenceRow[] = [];
  #followed: Filter | undefined;
  #axis: Axis | undefined;
  #axisOf: readonly unknown[] = [];
  #problem = "";
  #counts: { readonly shown: number; readonly followed: number } | undefined;
  /** What the rows of the level were made for. */
  #made: readonly unknown[] = [];
  /** Somebody steps or plays: rows after the cursor fade. */
  stepping = false;
  /** The entry that the address asks for, if it has not been read yet. */
  #wanted: number | undefined;

  /** @param model of the beginning of a recording at least */
  constructor(model: Model, hash: string) {
    this.model = model;
    this.firstLevel = firstLevel(this.model);
    const plain: State = {
      seq: 0,
      level: this.firstLevel,
      view: "sequence",
      tab: "entry",
      filter: "",
      follow: "",
      sort: "created",
      time: "even",
      stretch: 8,
      group: "project",
      fold: [],
      open: [],
      theme: "system",
      panels: true,
    };
    const asked = readAddress(hash);
    this.#state = { ...plain, ...asked };
    this.#read();
    // Something is always chosen: the first message, if the address says nothing.
    const first = this.#rows.find(({ kind }) => kind === "arrow") ?? this.#rows[0];
    this.#state = { ...this.#state, seq: first?.seq ?? 0 };
    if (asked.seq !== undefined) this.#want(asked.seq);
  }

  /** The model has got more entries; where one is stays where it is. */
  grow(): void {
    if (this.#made[2] !== this.model.entries.length) this.#read();
    if (this.#wanted !== undefined) this.#want(this.#wanted);
    this.draw();
  }

  get state(): State {
    return this.#state;
  }

  /** The rows that are shown. */
  get rows(): readonly SequenceRow[] {
    return this.#rows;
  }

  /** Where each of them is on the line from the beginning of the run to its end. */
  get axis(): Axis {
    const { time, stretch } = this.#state;
    const key = [this.#rows, time, stretch];
    if (this.#axis === undefined || key.some((one, i) => one !== this.#axisOf[i])) {
      this.#axisOf = key;
      this.#axis = new Axis(this.#rows, time === "by" ? stretch : undefined);
    }
    return this.#axis;
  }

  /** The rows that there would be without the filter. */
  get rowsWithoutFilter(): readonly SequenceRow[] {
    return this.#all;
  }

  get entry(): Entry | undefined {
    return this.model.entries[this.#state.seq];
  }

  /** What is wrong with the filter, in words; empty if nothing is. */
  get problem(): string {
    return this.#problem;
  }

  add(...parts: readonly Part[]): void {
    this.#parts.push(...parts);
  }

  set(patch: Partial<State>): void {
    const before = this.#state;
    this.#state = { ...before, ...patch };
    if (patch.seq !== undefined) this.#want(patch.seq);
    const read = ["level", "filter", "follow", "open"] as const;
    if (read.some((key) => this.#state[key] !== before[key])) this.#read();
    try {
      history.replaceState(null, "", writeAddress(this.#state, this.firstLevel));
    } catch {
      // Some browsers allow so many a minute; the next step says where one is.
    }
    this.draw();
  }

  draw(): void {
    for (const part of this.#parts) part.draw(this);
  }

  tell(): void {
    for (const part of this.#parts) part.tell?.(this);
  }

  /** How many rows are shown, and how many of those are followed; chapters do not count. */
  get counts(): { readonly shown: number; readonly followed: number } {
    this.#counts ??= this.#count();
    return this.#counts;
  }

  #count(): { readonly shown: number; readonly followed: number } {
    let shown = 0;
    let followed = 0;
    for (const { kind, seq } of this.#rows) {
      if (kind === "chapter") continue;
      shown += 1;
      if (this.#followed !== undefined && this.follows(seq)) followed += 1;
    }
    return { shown, followed };
  }

  /** Whether what is followed is this; everything is, while nothing is followed. */
  follows(seq: number): boolean {
    const entry = this.model.entries[seq];
    return this.#followed === undefined || (entry !== undefined && this.#followed(entry));
  }

  get following(): boolean {
    return this.#followed !== undefined;
  }

  /** The row that the cursor is on, or the last one before it. */
  rowAt(seq = this.#state.seq): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    // Time that passes stands before the row of the entry that ends it.
    return this.#rows[low - 1]?.kind === "gap" ? low - 2 : low - 1;
  }

  /** To the next row, or back; at the ends it stays. */
  step(by: 1 | -1): void {
    const here = this.rowAt();
    const on = this.#rows[here]?.seq === this.#state.seq;
    let next = by === -1 && !on ? here : here + by;
    while (this.#rows[next]?.kind === "gap") next += by;
    this.goTo(this.#rows[next]?.seq);
  }

  stepEntry(by: 1 | -1): void {
    const seq = this.#state.seq + by;
    if (this.model.entries[seq] === undefined) return;
    this.stepping = true;
    this.set({ seq });
  }

  stepChapter(by: 1 | -1): void {
    const { all } = this.model.chapters;
    const here = this.model.chapters.indexOf(this.#state.seq);
    // Back goes to the beginning of this one first.
    const begun = all[here]?.seq === this.#state.seq;
    this.goTo(all[by === -1 && !begun ? here : here + by]?.seq);
  }

  stepProblem(by: 1 | -1): void {
    const { seq } = this.#state;
    const isProblem = (row: SequenceRow): boolean =>
      (row.kind === "mark" && PROBLEMS.has(row.sign)) ||
      (row.kind === "arrow" && (row.mark === "failure" || row.lost));
    const found =
      by === 1
        ? this.#rows.find((row) => row.seq > seq && isProblem(row))
        : this.#rows.findLast((row) => row.seq < seq && isProblem(row));
    this.goTo(found?.seq);
  }

  /** What is left out there is opened. */
  goTo(seq: number | undefined): void {
    if (seq === undefined) return;
    this.stepping = true;
    const more = this.#rows[this.rowAt(seq)]?.more;
    const hidden = more !== undefined && !more.open && more.from <= seq && seq <= more.to;
    this.set({ seq, ...(hidden ? { open: opened(this.#state.open, more) } : {}) });
  }

  /** Opens what is folded or left out at the cursor, or closes what was opened there. */
  unfold(): void {
    const { seq, open } = this.#state;
    const row = this.#rows[this.rowAt()];
    const around = open.find(({ from, to }) => from <= seq && seq <= to);
    if (around !== undefined) this.set({ open: open.filter((one) => one !== around) });
    else if (row?.kind === "arrow" && row.folded) this.#openTrip(row.seq);
    else if (row?.more !== undefined) this.toggle(row.more);
  }

  /** Opens a stretch that is left out, or closes it. */
  toggle(stretch: Stretch): void {
    const { open } = this.#state;
    const left = open.filter(({ from }) => from !== stretch.from);
    this.set({ open: stretch.open ? left : opened(open, stretch) });
  }

  /** A round trip as the two rows that it is. */
  #openTrip(seq: number): void {
    const entry = this.model.entries[seq];
    const exchange = entry === undefined ? undefined : this.model.messages.of(entry);
    const answer = exchange?.kind === "rest" ? exchange.response : exchange?.outcome;
    if (answer !== undefined) {
      this.set({ open: opened(this.#state.open, { from: seq, to: answer.seq }) });
    }
  }

  /** To entry `seq`; while that is still to be read, to the last one that has been. */
  #want(seq: number): void {
    const last = Math.max(0, this.model.entries.length - 1);
    this.#wanted = seq > last && !this.reading.done ? seq : undefined;
    this.#state = { ...this.#state, seq: Math.min(seq, last) };
  }

  /** Rows anew for the level, the filter and what is followed. */
  #read(): void {
    const { level, filter, follow, open } = this.#state;
    const made = [level, open, this.model.entries.length];
    if (made.some((one, i) => one !== this.#made[i])) {
      this.#all = sequenceRows(this.model, level, open);
    }
    this.#made = made;
    this.#counts = undefined;
    this.#problem = "";
    this.#rows = this.#all;
    if (filter.trim() !== "") {
      const read = readFilter(filter, this.model);
      if (read.ok) {
        this.#rows = this.#all.filter(
          ({ kind, seq }) => kind === "chapter" || (kind !== "gap" && this.#is(read.matches, seq)),
        );
      } else this.#problem = read.problem;
    }
    const followed = follow === "" ? undefined : readFilter(follow, this.model);
    this.#followed = followed?.ok === true ? followed.matches : undefined;
  }

  #is(matches: Filter, seq: number): boolean {
    const entry = this.model.entries[seq];
    return entry !== undefined && matches(entry);
  }
}

function opened(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  return [...ranges, { from, to }].sort((a, b) => a.from - b.from);
}

/**
 * The page of one recording: its model, what of it is shown, and the parts that show it. There is one
 * cursor, on an entry; whatever the page says is what was once that entry had happened.
 */
import type { Entry } from "../timeline/index.js";
import type { Model } from "../views/model/model.js";
import { firstLevel } from "../views/sequence/rows.js";
import type { Level, Range, SequenceRow, Stretch } from "../views/sequence/row.js";
import { rowAt, stepped, type Unit } from "../views/sequence/steps.js";
import type { Axis } from "../views/strip/axis.js";
import { readAddress, writeAddress, type State } from "./address.js";
import { Shown, type Counts } from "./shown.js";

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

export class App {
  readonly model: Model;
  /** How it stands with the recording: what has been read of it, and what is wrong with the rest. */
  reading: Reading = { done: false };
  readonly firstLevel: Level;
  readonly #parts: Part[] = [];
  #state: State;
  readonly #shown: Shown;
  /** Somebody steps or plays: rows after the cursor fade. */
  stepping = false;
  /** The entry that the address asks for, if it has not been read yet. */
  #wanted: number | undefined;
  readonly #addressed: boolean;
  readonly #ending = new AbortController();

  /**
   * @param model of the beginning of a recording at least
   * @param options.addressed whether where one is stands in the address; it is the page's, if there is one app alone
   */
  constructor(model: Model, hash: string, { addressed = true } = {}) {
    this.model = model;
    this.#addressed = addressed;
    this.#shown = new Shown(model);
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
    this.#shown.read(this.#state);
    // Something is always chosen: the first message, if the address says nothing.
    const first = this.rows.find(({ kind }) => kind === "arrow") ?? this.rows[0];
    this.#state = { ...this.#state, seq: first?.seq ?? 0 };
    if (asked.seq !== undefined) this.#want(asked.seq);
  }

  /** The model has got more entries; where one is stays where it is. */
  grow(): void {
    this.#shown.grow(this.#state);
    if (this.#wanted !== undefined) this.#want(this.#wanted);
    this.draw();
  }

  get state(): State {
    return this.#state;
  }

  /** The rows that are shown. */
  get rows(): readonly SequenceRow[] {
    return this.#shown.rows;
  }

  /** Where each of them is on the line from the beginning of the run to its end. */
  get axis(): Axis {
    return this.#shown.axis(this.#state);
  }

  /** The rows that there would be without the filter. */
  get rowsWithoutFilter(): readonly SequenceRow[] {
    return this.#shown.all;
  }

  get entry(): Entry | undefined {
    return this.model.entries[this.#state.seq];
  }

  /** What is wrong with the filter, in words; empty if nothing is. */
  get problem(): string {
    return this.#shown.problem;
  }

  add(...parts: readonly Part[]): void {
    this.#parts.push(...parts);
  }

  set(patch: Partial<State>): void {
    const before = this.#state;
    this.#state = { ...before, ...patch };
    if (patch.seq !== undefined) this.#want(patch.seq);
    const read = ["level", "filter", "follow", "open"] as const;
    if (read.some((key) => this.#state[key] !== before[key])) {
      this.#shown.read(this.#state);
    }
    if (this.#addressed) this.#address();
    this.draw();
  }

  /** Aborted when another one takes its place: nothing of it listens any more. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  /** Another one takes its place. */
  end(): void {
    this.#ending.abort();
  }

  draw(): void {
    for (const part of this.#parts) part.draw(this);
  }

  tell(): void {
    for (const part of this.#parts) part.tell?.(this);
  }

  /** How many rows are shown, and how many of those are followed; chapters do not count. */
  get counts(): Counts {
    return this.#shown.counts;
  }

  /** Whether what is followed is this; everything is, while nothing is followed. */
  follows(seq: number): boolean {
    return this.#shown.follows(seq);
  }

  get following(): boolean {
    return this.#shown.following;
  }

  /** The row that the cursor is on, or the last one before it. */
  rowAt(seq = this.#state.seq): number {
    return rowAt(this.rows, seq);
  }

  /** To the next row, entry, chapter or problem, or back; at the ends it stays. */
  step(unit: Unit, by: 1 | -1): void {
    const seq = stepped(this.model, this.rows, this.#state.seq, unit, by);
    if (unit !== "entry") this.goTo(seq);
    else if (seq !== undefined) {
      // Entry by entry, whatever is shown: nothing is opened on the way.
      this.stepping = true;
      this.set({ seq });
    }
  }

  /** What is left out there is opened. */
  goTo(seq: number | undefined): void {
    if (seq === undefined) return;
    this.stepping = true;
    const more = this.rows[this.rowAt(seq)]?.more;
    const hidden = more !== undefined && !more.open && more.from <= seq && seq <= more.to;
    this.set({ seq, ...(hidden ? { open: opened(this.#state.open, more) } : {}) });
  }

  /** Opens what is folded or left out at the cursor, or closes what was opened there. */
  unfold(): void {
    const { seq, open } = this.#state;
    const row = this.rows[this.rowAt()];
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

  #address(): void {
    try {
      history.replaceState(null, "", writeAddress(this.#state, this.firstLevel));
    } catch {
      // Some browsers allow so many a minute; the next step says where one is.
    }
  }

  /** To entry `seq`; while that is still to be read, to the last one that has been. */
  #want(seq: number): void {
    const last = Math.max(0, this.model.entries.length - 1);
    this.#wanted = seq > last && !this.reading.done ? seq : undefined;
    this.#state = { ...this.#state, seq: Math.min(seq, last) };
  }
}

function opened(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  return [...ranges, { from, to }].sort((a, b) => a.from - b.from);
}

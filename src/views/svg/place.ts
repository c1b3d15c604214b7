/** Where everything stands: lanes from left to right, rows from top to bottom. */
import type { Chapter } from "../model/chapters.js";
import type { Band, Lane } from "../sequence/lanes.js";
import type { SequenceRow } from "../sequence/row.js";
import { safe } from "../words.js";
import { wrapped } from "./measure.js";

/** Left of the lanes: times and numbers of chapters. */
export const GUTTER = 64;
const WIDEST_LANE = 120;
const NARROWEST_LANE = 66;
/** What a page or a slide can show without shrinking it to nothing. */
const PREFERRED = 900;
/** Lanes so near to each other have upright heads, and the words beside them. */
const CROWDED = 1.5;
const NARROW_LANE = 10;
/** Beside a column of words the lanes are as near as can be seen. */
const BESIDE_LANE = 36;
/** Who only overhears, and several of those. */
const SLIM_LANE = 22;
const MORE_LANE = 56;
/** On a telephone. */
const NARROWEST_OF_ALL = 9;
const BESIDE_WORDS = 520;
const NOTE_ROOM = 640;

/** Heads with names across, or upright. */
export const HEADS = 72;
export const UPRIGHT_HEADS = 150;

export interface PlacedLane extends Lane {
  readonly x: number;
  readonly width: number;
}

export interface PlacedBand extends Band {
  readonly lanes: readonly PlacedLane[];
}

export interface Across {
  readonly bands: readonly PlacedBand[];
  readonly lanes: readonly PlacedLane[];
  /** How wide most lanes are. */
  readonly pitch: number;
  /** Words stand in a column of their own, right of lanes that are too near to each other for them. */
  readonly beside: number | undefined;
  readonly width: number;
  /** Where the lane of `actor` is. */
  readonly x: (actor: string) => number | undefined;
}

export interface Room {
  /** The width that lanes should fill. */
  readonly lanes: number;
  /** How wide the column of words beside crowded lanes is. */
  readonly words: number;
  /** Left of the first lane. */
  readonly gutter: number;
  /** Lanes are drawn near to each other however few they are. */
  readonly narrow: boolean;
  /** The same, in a picture that is not narrow. */
  readonly beside?: boolean;
}

const ROOM: Room = { lanes: PREFERRED, words: BESIDE_WORDS, gutter: GUTTER, narrow: false };

export function across(bands: readonly Band[], given: Room = ROOM): Across {
  const { gutter, words, narrow } = given;
  const all = bands.flatMap(({ lanes }) => lanes);
  const room = given.lanes - gutter;
  const beside = narrow || given.beside === true;
  const small = sum(all, ({ kind }) => fixedWidth(kind) ?? 0);
  const wide = Math.max(
    1,
    sum(all, ({ kind }) => (fixedWidth(kind) === undefined ? 1 : 0)),
  );
  const crowded = beside || small + wide * NARROWEST_LANE > CROWDED * room;
  const pitch = crowded
    ? nearPitch(given, Math.max(1, all.length))
    : Math.max(NARROWEST_LANE, Math.min(WIDEST_LANE, (room - small) / wide));
  const widthOf = ({ kind }: Lane): number => (crowded ? pitch : (fixedWidth(kind) ?? pitch));
  let next = gutter;
  const placed = bands.map((band) => ({
    ...band,
    lanes: band.lanes.map((lane) => {
      const width = widthOf(lane);
      next += width;
      return { ...lane, x: next - width / 2, width };
    }),
  }));
  const end = next + 8;
  const lanes = placed.flatMap((band) => band.lanes);
  const byName = new Map(lanes.flatMap(({ actors, x }) => actors.map(({ name }) => [name, x])));
  return {
    bands: placed,
    lanes,
    pitch,
    beside: crowded ? end + (narrow ? 0 : 12) : undefined,
    width: Math.max(crowded ? end + words : end, Math.min(640, given.lanes)),
    x: (actor) => byName.get(actor),
  };
}

function nearPitch({ lanes, gutter, narrow, beside = false }: Room, count: number): number {
  if (narrow) return Math.max(NARROWEST_OF_ALL, Math.min(24, (lanes - gutter) / count));
  // Half of the picture is for words, where these stand beside the lanes.
  const near = lanes * (beside ? 0.5 : 0.55) - gutter;
  return Math.max(NARROW_LANE, Math.min(beside ? BESIDE_LANE : 24, near / count));
}

function fixedWidth(kind: Lane["kind"]): number | undefined {
  return kind === "slim" ? SLIM_LANE : kind === "more" ? MORE_LANE : undefined;
}

function sum(lanes: readonly Lane[], of: (lane: Lane) => number): number {
  return lanes.reduce((all, lane) => all + of(lane), 0);
}

export interface PlacedRow {
  readonly row: SequenceRow;
  readonly y: number;
  readonly height: number;
  /** Of an arrow its line, of anything else its middle. */
  readonly line: number;
  /** Of a chapter: its title, what is asked and its note, broken into lines. */
  readonly title: readonly string[];
  readonly question: readonly string[];
  readonly note: readonly string[];
  /** The heads of the lanes are shown once more under it. */
  readonly heads: boolean;
}

/** In a picture that is longer than a screen nobody knows any more which lane is whose. */
const HEADS_AGAIN = 900;

/** The word that opens an answer. */
const ANSWER = 24;

interface Spacing {
  /** Of an arrow. */
  readonly arrow?: number;
  /** Heads stand again after so much. */
  readonly again?: number;
  /** Chapters say what is asked of them, and have room for a word that opens the answer. */
  readonly asks?: boolean;
}

export function down(
  rows: readonly SequenceRow[],
  top: number,
  width: number,
  heads: number,
  { arrow = 28, again = HEADS_AGAIN, asks = false }: Spacing = {},
): readonly PlacedRow[] {
  const room = Math.min(NOTE_ROOM, width - GUTTER - 16);
  let y = top;
  let seen = top;
  return rows.map((row) => {
    const words = row.kind === "chapter" ? wordsOf(row.chapter, room, asks) : NO_WORDS;
    const repeats = row.kind === "chapter" && y - seen > again;
    const height = heightOf(row, words, arrow) + (repeats ? heads : 0);
    const placed = { row, y, height, line: y + lineOf(row, height), ...words, heads: repeats };
    y += height;
    if (repeats) seen = y;
    return placed;
  });
}

type Words = Pick<PlacedRow, "title" | "question" | "note">;

const NO_WORDS: Words = { title: [], question: [], note: [] };

function wordsOf({ text, question, note }: Chapter, room: number, asks: boolean): Words {
  return {
    title: wrapped(safe(text.trim()), room * 0.92, 13, true),
    question: asks ? wrapped(safe(question.trim()), room * 0.92, 14) : [],
    note: wrapped(safe(note.trim()), room, 14),
  };
}

function heightOf(row: SequenceRow, { title, question, note }: Words, arrow: number): number {
  switch (row.kind) {
    case "chapter": {
      const answer = question.length > 0 && row.chapter.answer !== "" ? ANSWER : 0;
      return 8 + title.length * 18 + (question.length + note.length) * 20 + answer + 8;
    }
    case "gap":
      return 26;
    case "mark":
      return 22;
    case "arrow":
      return arrow;
    default:
      return row satisfies never;
  }
}

function lineOf({ kind }: SequenceRow, height: number): number {
  return kind === "arrow" ? height - 7 : height / 2;
}

/** Heights by entry: what a bar that begins or ends there reaches to. */
export class Heights {
  readonly #rows: readonly PlacedRow[];
  readonly #top: number;

  constructor(rows: readonly PlacedRow[], top: number) {
    this.#rows = rows;
    this.#top = top;
  }

  /** Where what begins with entry `seq` begins. */
  from(seq: number): number {
    const first = this.#first(seq);
    // Time that passes before an entry is not the entry's.
    const next = this.#rows[this.#rows[first]?.row.kind === "gap" ? first + 1 : first];
    if (next === undefined) return this.#bottom;
    return next.row.seq === seq && next.row.kind === "arrow" ? next.line : next.y;
  }

  /** Where what ends with entry `seq` ends. */
  to(seq: number): number {
    const after = this.#first(seq + 1);
    const last = this.#rows[after - 1];
    if (last === undefined) return this.#top;
    return last.row.seq === seq && last.row.kind === "arrow" ? last.line : last.y + last.height;
  }

  get #bottom(): number {
    const last = this.#rows.at(-1);
    return last === undefined ? this.#top : last.y + last.height;
  }

  /** The first row of an entry that is not before `seq`. */
  #first(seq: number): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle]?.row.seq ?? Infinity) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

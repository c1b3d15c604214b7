/** The steps of a scenario as chapters: what was done, what its author notes, what came of it. */
import type { Check, ClientCommand, Entry, Stamp } from "../../timeline/index.js";

export interface Chapter {
  /** As a reader counts, from 1; 0 for what happened before the first step. */
  readonly number: number;
  /** The entry that opens it. */
  readonly seq: number;
  readonly at: number;
  /** What is done, as its author would type it; empty for a mere note. */
  readonly text: string;
  readonly note: string;
  /** What a teacher asks before it, and what is to be said to that; empty where nobody asks. */
  readonly question: string;
  readonly answer: string;
  readonly commands: readonly (Stamp & ClientCommand)[];
  readonly checks: readonly (Stamp & Check)[];
}

interface Growing extends Chapter {
  readonly commands: (Stamp & ClientCommand)[];
  readonly checks: (Stamp & Check)[];
}

export class Chapters {
  readonly #chapters: Growing[] = [];

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    if (entry.kind === "step") {
      const { index, seq, at, text, question = "", answer = "" } = entry;
      // A mere note may be said twice, as text and as note.
      const note = entry.note === undefined || entry.note === text ? "" : entry.note;
      const texts = { text, note, question, answer };
      this.#chapters.push({ number: index + 1, seq, at, ...texts, commands: [], checks: [] });
      return;
    }
    if (this.#chapters.length === 0) {
      const { seq, at } = entry;
      const texts = { text: "", note: "", question: "", answer: "" };
      this.#chapters.push({ number: 0, seq, at, ...texts, commands: [], checks: [] });
    }
    const chapter = this.#chapters.at(-1);
    if (entry.kind === "client") chapter?.commands.push(entry);
    if (entry.kind === "check") chapter?.checks.push(entry);
  }

  get all(): readonly Chapter[] {
    return this.#chapters;
  }

  /** Where in `all` the chapter is that entry `seq` happened in. */
  indexOf(seq: number): number {
    return this.#chapters.findLastIndex((chapter) => chapter.seq <= seq);
  }
}

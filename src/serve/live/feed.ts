/**
 * The recording of a served cloud as it is written, for pages that watch: the last lines of it, and who reads them. Nothing
 * grows with the run: a reader is a number, the line that it has next; one that cannot follow begins anew with what is kept.
 */
import type { Sink } from "../../timeline/index.js";
import { Before } from "./before.js";

/** So much is kept for whoever comes late, whichever is less. */
const MOST_LINES = 12_000;
const MOST_CHARACTERS = 8_000_000;
/** When there is too much, so much of it goes at once. */
const SHARE = 4;

/** Lines from one on, as one piece. */
export interface Piece {
  readonly text: string;
  /** The number of the line after it. */
  readonly next: number;
}

/** So many characters make a piece, with the line that reaches them. */
const PIECE = 256_000;

export class Feed implements Sink {
  readonly #readers = new Set<() => void>();
  #header = "";
  #before: Before | undefined;
  #lines: string[] = [];
  #first = 0;
  #characters = 0;

  /** A line of the recording, header first. */
  write(line: string): void {
    if (this.#before === undefined) {
      this.#header = line;
      this.#before = new Before(line);
      return;
    }
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#lines.length > MOST_LINES || this.#characters > MOST_CHARACTERS) this.#forget();
  }

  get header(): string {
    return this.#header;
  }

  /** The number of the first line that is kept. */
  get first(): number {
    return this.#first;
  }

  /** How the cloud was when the first line that is kept was written. */
  get before(): Before | undefined {
    return this.#before;
  }

  /** What there is from line `next` on; undefined: nothing yet. */
  from(next: number): Piece | undefined {
    const begin = Math.max(0, next - this.#first);
    let end = begin;
    for (let length = 0; end < this.#lines.length && length < PIECE; end++) {
      length += this.#lines[end]?.length ?? 0;
    }
    if (end === begin) return undefined;
    return { text: this.#lines.slice(begin, end).join("\n"), next: this.#first + end };
  }

  /** `wake` is told that there may be more. @returns what ends that */
  read(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => {
      this.#readers.delete(wake);
    };
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** To be called when something may have been written. */
  flush(): void {
    for (const wake of this.#readers) wake();
  }

  /** At least one line stays: it may be longer than all may be. */
  #forget(): void {
    const count = Math.min(this.#lines.length - 1, Math.ceil(this.#lines.length / SHARE));
    for (const line of this.#lines.slice(0, count)) {
      this.#before?.add(line);
      this.#characters -= line.length;
    }
    this.#lines = this.#lines.slice(count);
    this.#first += count;
  }
}

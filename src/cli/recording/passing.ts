/**
 * A recording on its way from a file through a view: read as it is gone through. Counts what passes, and
 * says afterwards what a reader of the result should know of the recording.
 */
import {
  isKnownKind,
  TimelineError,
  TimelineReader,
  type Entry,
  type Header,
} from "../../timeline/index.js";
import type { Recording } from "../../views/index.js";
import { count, safe } from "../../views/words.js";
import { CliError } from "../exit.js";

export class PassingRecording implements Recording {
  readonly header: Header;
  readonly entries: Iterable<Entry>;
  readonly #file: string;
  readonly #reader: TimelineReader;
  readonly #unknown = new Map<string, number>();
  #count = 0;
  #missing = 0;

  /**
   * @param most how many entries pass; those after them are counted
   * @throws CliError for what is no recording
   */
  constructor(file: string, lines: Iterable<string>, most = Infinity) {
    this.#file = file;
    this.#reader = this.#attempt(() => new TimelineReader(lines));
    this.header = this.#reader.header;
    this.entries = this.#pass(most);
  }

  /** How many entries have been read. */
  get count(): number {
    return this.#count;
  }

  /** How many of them did not pass. */
  get missing(): number {
    return this.#missing;
  }

  /** Read on to its end, for the counts alone. */
  finish(): void {
    const entries = this.entries[Symbol.iterator]();
    while (entries.next().done !== true);
  }

  /** Once all was read: what of the recording is not shown as it was. */
  notices(): readonly string[] {
    const said: string[] = [];
    if (this.#reader.truncated) {
      said.push(`${this.#file}: its last line was cut off; this is the run up to there`);
    }
    if (this.#unknown.size > 0) {
      const total = [...this.#unknown.values()].reduce((sum, n) => sum + n, 0);
      const kinds = [...this.#unknown.keys()].slice(0, 5).map((kind) => safe(kind).slice(0, 40));
      const entries = count(total, "entry", "entries");
      said.push(
        `${this.#file}: ${entries} of kinds that this version does not know: ${kinds.join(", ")}`,
      );
    }
    return said;
  }

  *#pass(most: number): Generator<Entry> {
    const entries = this.#reader.entries[Symbol.iterator]();
    for (;;) {
      const next = this.#attempt(() => entries.next());
      if (next.done === true) return;
      const entry = next.value;
      this.#count += 1;
      if (this.#count > most) {
        this.#missing += 1;
        continue;
      }
      const kind: string = entry.kind;
      if (!isKnownKind(kind)) this.#unknown.set(kind, (this.#unknown.get(kind) ?? 0) + 1);
      yield entry;
    }
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TimelineError)) throw error;
      throw new CliError(`${this.#file}: ${error.message}`);
    }
  }
}

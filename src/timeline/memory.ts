/**
 * A timeline in memory, for tests and for pages that follow a run. Lines are kept as they were
 * written and read only when somebody asks, so that a test that never looks pays for no reading.
 */
import { EventEmitter } from "eventemitter3";
import type { Entry, Header, Timeline } from "./entry.js";
import { TimelineError } from "./errors.js";
import type { Sink } from "./writer.js";

interface Events {
  entry: (entry: Entry) => void;
}

/**
 * A recording in memory: what `cloud.timeline` is, and a sink for what is recorded elsewhere.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const { header, entries, lines } = cloud.timeline;
 * console.log(header.seed, lines.length === entries.length + 1); // 1 true
 * ```
 */
export class MemoryTimeline implements Sink, Timeline {
  readonly #lines: string[] = [];
  readonly #read: Entry[] = [];
  readonly #live = new EventEmitter<Events>();
  #header: Header | undefined;

  write(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > 1 && this.#live.listenerCount("entry") > 0) {
      this.#live.emit("entry", JSON.parse(line) as Entry);
    }
  }

  /** @throws TimelineError before the recording has begun */
  get header(): Header {
    const line = this.#lines[0];
    if (line === undefined) throw new TimelineError("nothing has been recorded yet");
    this.#header ??= JSON.parse(line) as Header;
    return this.#header;
  }

  /** Every entry so far. */
  get entries(): readonly Entry[] {
    for (let line = this.#read.length + 1; line < this.#lines.length; line++) {
      this.#read.push(JSON.parse(this.#lines[line] as string) as Entry);
    }
    return this.#read;
  }

  /** How many entries there are. */
  get length(): number {
    return Math.max(0, this.#lines.length - 1);
  }

  /** The timeline as it is written: the header and one entry a line. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Call `listener` with each entry from now on. @returns what ends it */
  subscribe(listener: (entry: Entry) => void): () => void {
    this.#live.on("entry", listener);
    return () => void this.#live.off("entry", listener);
  }
}

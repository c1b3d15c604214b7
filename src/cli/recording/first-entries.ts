/**
 * The beginning of a timeline in memory, for a view on standard output. Views look at all entries
 * many times, so there is an end to what they get; a recording has none.
 */
import type { MemoryTimeline, Sink } from "../../timeline/index.js";

/** Some hundred megabytes; a boot is about 200 entries. */
export const MOST = 200_000;

export class FirstEntries implements Sink {
  readonly timeline: MemoryTimeline;
  readonly #most: number;
  #missing = 0;

  constructor(timeline: MemoryTimeline, most = MOST) {
    this.timeline = timeline;
    this.#most = most;
  }

  /** How many entries came after those that are held. */
  get missing(): number {
    return this.#missing;
  }

  write(line: string): void {
    if (this.timeline.length < this.#most) this.timeline.write(line);
    else this.#missing += 1;
  }
}

/** Which entries belong to one chapter of a run, as they pass: a step and all until the next one. */
import type { Entry } from "../timeline/index.js";

export class Passage {
  readonly #wanted: number | undefined;
  /** As a reader counts; 0 before the first step. */
  #number = 0;
  #first: number | undefined;

  /** @param wanted the number of a chapter; undefined: all of them */
  constructor(wanted: number | undefined) {
    this.#wanted = wanted;
  }

  /** Whether `entry` belongs to it. To be called with each entry in order. */
  has(entry: Entry): boolean {
    if (entry.kind === "step") this.#number = entry.index + 1;
    const has = this.#wanted === undefined || this.#number === this.#wanted;
    if (has) this.#first ??= entry.seq;
    return has;
  }

  /** Its first entry, once there was one. */
  get first(): number {
    return this.#first ?? Infinity;
  }
}

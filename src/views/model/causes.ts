/** The causal forest of a run: what led to an entry, what it led to, and whose thread it belongs to. */
import type { Entry } from "../../timeline/index.js";

/** No entry. */
const NONE = -1;

export class Causes {
  readonly #cause: number[] = [];
  readonly #root: number[] = [];
  /** Consequences as a chain: the first and last of an entry, and the next of the same cause. */
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  readonly #next: number[] = [];

  /** To be called with each entry in order. */
  add({ seq, cause = NONE }: Entry): void {
    this.#cause.push(cause);
    this.#root.push(cause === NONE ? seq : (this.#root[cause] ?? seq));
    this.#first.push(NONE);
    this.#last.push(NONE);
    this.#next.push(NONE);
    if (cause === NONE) return;
    const before = this.#last[cause] ?? NONE;
    if (before === NONE) this.#first[cause] = seq;
    else this.#next[before] = seq;
    this.#last[cause] = seq;
  }

  /** The entry that led to `seq`; undefined where nothing recorded did. */
  of(seq: number): number | undefined {
    const cause = this.#cause[seq] ?? NONE;
    return cause === NONE ? undefined : cause;
  }

  /** What `seq` led to at once, in order. */
  consequences(seq: number): readonly number[] {
    const found: number[] = [];
    for (let at = this.#first[seq] ?? NONE; at !== NONE; at = this.#next[at] ?? NONE)
      found.push(at);
    return found;
  }

  /** The thread of `seq`: the entry from which all of it came, often a step. */
  root(seq: number): number {
    return this.#root[seq] ?? seq;
  }
}

/** Entries as text in small letters: what one looks for words in. Made when first asked for, and kept. */
import type { Entry } from "../../timeline/index.js";

export class Texts {
  readonly #entries: readonly Entry[];
  readonly #texts: string[] = [];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  of(seq: number): string {
    const known = this.#texts[seq];
    if (known !== undefined) return known;
    const made = JSON.stringify(this.#entries[seq] ?? null).toLowerCase();
    this.#texts[seq] = made;
    return made;
  }
}

/** Which servers each entry is about: those that it names, else those of its nearest cause that names one. */
import type { Causes } from "./causes.js";
import type { Texts } from "./texts.js";
import type { Things } from "./things.js";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** A chain of causes is as long as a thread; who is not named near by is not meant. */
const NEAR = 40;

const NOBODY: readonly string[] = [];

export class Servers {
  readonly #texts: Texts;
  readonly #things: Things;
  readonly #causes: Causes;
  /** By `seq`: the ids in an entry, whatever they are of. */
  readonly #ids: (readonly string[])[] = [];

  constructor(texts: Texts, things: Things, causes: Causes) {
    this.#texts = texts;
    this.#things = things;
    this.#causes = causes;
  }

  /** Their names as they are now known. */
  of(seq: number): ReadonlySet<string> {
    let at: number | undefined = seq;
    for (let steps = 0; at !== undefined && steps < NEAR; steps++) {
      const named = new Set<string>();
      for (const id of this.#idsIn(at)) {
        const thing = this.#things.get(JSON.stringify(["nova", "instances", id]));
        if (thing !== undefined) named.add(thing.name);
      }
      if (named.size > 0) return named;
      at = this.#causes.of(at);
    }
    return new Set();
  }

  /** Reads entry `seq` now, so that nobody waits for it later. */
  prepare(seq: number): void {
    this.#idsIn(seq);
  }

  #idsIn(seq: number): readonly string[] {
    const known = this.#ids[seq];
    if (known !== undefined) return known;
    const found = this.#texts.of(seq).match(UUID);
    const ids = found === null ? NOBODY : [...new Set(found)];
    this.#ids[seq] = ids;
    return ids;
  }
}

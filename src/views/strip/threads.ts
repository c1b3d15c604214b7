/** The things that each thread of a run touched: what a strip shows where there are too many for all of them. */
import type { Model } from "../model/model.js";
import type { Thing } from "../model/things.js";

export class ThreadThings {
  readonly #model: Model;
  readonly #byRoot = new Map<number, Set<Thing>>();

  /** @param model of so much of the run as has been read */
  constructor(model: Model, things: readonly Thing[]) {
    this.#model = model;
    for (const thing of things) {
      for (const { seq } of thing.stretches) {
        const root = model.causes.root(seq);
        const found = this.#byRoot.get(root);
        if (found === undefined) this.#byRoot.set(root, new Set([thing]));
        else found.add(thing);
      }
    }
  }

  /** Those of the thread of `seq`; if it has none, those of the last thread before it that had one. */
  at(seq: number): ReadonlySet<Thing> {
    const { causes, chapters } = this.#model;
    const own = this.#byRoot.get(causes.root(seq));
    if (own !== undefined) return own;
    for (let i = chapters.indexOf(seq); i >= 0; i--) {
      const chapter = chapters.all[i];
      const found = chapter === undefined ? undefined : this.#byRoot.get(chapter.seq);
      if (found !== undefined) return found;
    }
    return new Set();
  }
}

/**
 * Which entries of two recordings are the same deed: from the top down, under what is the same what is
 * the same. Whoever waits for two things goes on after the later one, which by chance is another in
 * each run: what says the same in the same thread is the same, whichever of the two is its cause.
 */
import { align, type Item } from "./align.js";
import type { Words } from "./outline.js";
import { type Side, TOP } from "./side.js";

type Lists = readonly [a: readonly number[], b: readonly number[]];

/** Pairs of entries in the order of A's. */
export function matchesOf(a: Side, b: Side): readonly (readonly [number, number])[] {
  const matches = new Matches(a, b);
  matches.descend([[a.under(TOP), b.under(TOP)]]);
  matches.descend(matches.strays(), true);
  return [...matches.ofA].sort(([one], [other]) => one - other);
}

class Matches {
  readonly ofA = new Map<number, number>();
  readonly #ofB = new Set<number>();
  readonly #a: Side;
  readonly #b: Side;
  readonly #number: (words: Words | undefined) => Item;

  constructor(a: Side, b: Side) {
    this.#a = a;
    this.#b = b;
    this.#number = numbering(a.words, b.words);
  }

  /** @param exact the first lists match by their words alone */
  descend(first: readonly Lists[], exact = false): void {
    const lists = first.map((pair) => ({ pair, exact }));
    for (let next = lists.pop(); next !== undefined; next = lists.pop()) {
      const [left, right] = next.pair;
      const items = [
        this.#items(this.#a, left, next.exact),
        this.#items(this.#b, right, next.exact),
      ] as const;
      for (const [i, j] of align(...items)) {
        const [one, other] = [left[i], right[j]];
        if (one === undefined || other === undefined) continue;
        this.ofA.set(one, other);
        this.#ofB.add(other);
        for (const pair of [
          [this.#a.under(one), this.#b.under(other)],
          [this.#a.fateOf(one), this.#b.fateOf(other)],
        ] as const) {
          lists.push({ pair, exact: false });
        }
      }
    }
  }

  /** By thread that both have: what has no partner though what it stands under has one. */
  strays(): readonly Lists[] {
    const inA = strays(this.#a, (seq) => this.ofA.has(seq));
    const inB = strays(this.#b, (seq) => this.#ofB.has(seq));
    return [...inA].flatMap(([root, seqs]) => {
      const other = this.ofA.get(root);
      const others = other === undefined ? undefined : inB.get(other);
      return others === undefined ? [] : [[seqs, others] as const];
    });
  }

  #items({ words }: Side, seqs: readonly number[], exact: boolean): readonly Item[] {
    return seqs.map((seq) => {
      const item = this.#number(words[seq]);
      return exact ? { key: item.text, loose: item.text, text: item.text } : item;
    });
  }
}

/** By thread, in order. */
function strays(side: Side, hasPartner: (seq: number) => boolean): ReadonlyMap<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { seq } of side.model.entries) {
    const parent = side.parentOf(seq);
    if (hasPartner(seq) || parent === TOP || !hasPartner(parent)) continue;
    const root = side.model.causes.root(seq);
    const known = found.get(root);
    if (known === undefined) found.set(root, [seq]);
    else known.push(seq);
  }
  return found;
}

/** Words as numbers by which they sort, whichever side they come from. */
function numbering(...sides: readonly (readonly Words[])[]): (words: Words | undefined) => Item {
  const all = new Set(sides.flat().flatMap(({ key, loose, text }) => [key, loose, text]));
  const ranks = new Map([...all].sort().map((word, rank) => [word, rank]));
  const rank = (word = ""): number => ranks.get(word) ?? -1;
  return (words) => ({
    key: rank(words?.key),
    loose: rank(words?.loose),
    text: rank(words?.text),
  });
}

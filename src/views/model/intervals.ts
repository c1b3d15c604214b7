/**
 * What lasts from one entry to another: which of it lasts at entry n. Those that last at every 256th
 * entry are listed, so that asking costs the same in a run of a hundred thousand entries as in a short one.
 */

/** From the first entry to before the second; Infinity: to the end of what was recorded. */
export type Span = readonly [from: number, to: number];

const BLOCK = 256;

export class Intervals<T> {
  /** In the order in which they begin. */
  readonly #items: readonly T[];
  readonly #from: Int32Array;
  readonly #to: Float64Array;
  /** Which of `items` last across the beginning of each block. */
  readonly #open: readonly (readonly number[])[];

  constructor(items: Iterable<T>, spanOf: (item: T) => Span) {
    const spans = Array.from(items, (item) => ({ item, span: spanOf(item) }));
    const sorted = spans.sort((a, b) => a.span[0] - b.span[0]);
    this.#items = sorted.map(({ item }) => item);
    this.#from = Int32Array.from(sorted, ({ span }) => span[0]);
    this.#to = Float64Array.from(sorted, ({ span }) => span[1]);
    const open: number[][] = [];
    let last = 0;
    for (const { span } of sorted)
      last = Math.max(last, span[0], span[1] === Infinity ? 0 : span[1]);
    for (let block = 0; block * BLOCK <= last; block++) open.push([]);
    sorted.forEach(({ span: [from, to] }, index) => {
      const end = Math.min(to, last + 1);
      for (let block = Math.ceil(from / BLOCK); block * BLOCK < end; block++) {
        if (block * BLOCK > from) open[block]?.push(index);
      }
    });
    this.#open = open;
  }

  /** Those that last at `n`, in the order in which they begin. */
  at(n: number): readonly T[] {
    const found: T[] = [];
    const block = Math.min(Math.floor(n / BLOCK), this.#open.length - 1);
    if (block < 0) return found;
    const take = (index: number): void => {
      const item = this.#items[index];
      if (item !== undefined && (this.#to[index] ?? 0) > n) found.push(item);
    };
    for (const index of this.#open[block] ?? []) take(index);
    for (let i = this.#first(block * BLOCK); (this.#from[i] ?? Infinity) <= n; i++) take(i);
    return found;
  }

  /** The first that begins at `n` or later. */
  #first(n: number): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#from[middle] ?? Infinity) < n) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

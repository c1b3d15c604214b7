/**
 * A list in order of row ids that is read as a whole far more often than it changes all over: what
 * changed is made when the list is next read, and a list once read stays as it was. Not an index:
 * it holds what is made from rows.
 */

export class OrderedList<T> {
  #ids: number[] = [];
  #items: T[] = [];
  /** Somebody holds `#items`: the next change is made to a copy. */
  #lent = false;
  /** How to make what came or changed since the list was last read. */
  readonly #due = new Map<number, () => T>();

  /** From now on `make` says what stands at `id`. */
  put(id: number, make: () => T): void {
    this.#due.set(id, make);
  }

  remove(id: number): void {
    this.#due.delete(id);
    const at = this.#place(id);
    if (this.#ids[at] !== id) return;
    this.#own();
    this.#ids.splice(at, 1);
    this.#items.splice(at, 1);
  }

  /** Everything, in order; this list will not change. */
  items(): readonly T[] {
    if (this.#due.size > 0) {
      this.#own();
      for (const [id, make] of this.#due) this.#set(id, make());
      this.#due.clear();
    }
    this.#lent = true;
    return this.#items;
  }

  #set(id: number, item: T): void {
    const at = this.#place(id);
    if (this.#ids[at] === id) this.#items[at] = item;
    else {
      this.#ids.splice(at, 0, id);
      this.#items.splice(at, 0, item);
    }
  }

  #own(): void {
    if (this.#lent) this.#items = this.#items.slice();
    this.#lent = false;
  }

  /** The first place whose id is not smaller. */
  #place(id: number): number {
    const ids = this.#ids;
    let [low, high] = [0, ids.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ids[middle] as number) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

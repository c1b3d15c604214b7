/** A first-in-first-out queue that is O(1) at any length; `Array.shift` is not. */
export class Ring<T> {
  #items: (T | undefined)[];
  #mask: number;
  #head = 0;
  #size = 0;

  /** @param capacity room for so many at first: nearly every ring of 1,000 hosts stays empty */
  constructor(capacity = 2) {
    let rounded = 2;
    while (rounded < capacity) rounded *= 2;
    this.#items = new Array<T | undefined>(rounded).fill(undefined);
    this.#mask = rounded - 1;
  }

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size > this.#mask) this.#grow();
    this.#items[(this.#head + this.#size++) & this.#mask] = item;
  }

  /** Put `item` before all others: what a broker does with a message that was not acknowledged. */
  unshift(item: T): void {
    if (this.#size > this.#mask) this.#grow();
    this.#head = (this.#head - 1) & this.#mask;
    this.#items[this.#head] = item;
    this.#size++;
  }

  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    this.#size--;
    return item;
  }

  /** Take `item` out wherever it stands; O(n), for halts and faults only. */
  remove(item: T): boolean {
    const kept = this.toArray();
    const at = kept.indexOf(item);
    if (at < 0) return false;
    kept.splice(at, 1);
    this.clear();
    for (const each of kept) this.push(each);
    return true;
  }

  clear(): void {
    this.#items.fill(undefined);
    this.#head = 0;
    this.#size = 0;
  }

  toArray(): T[] {
    const all: T[] = [];
    for (let i = 0; i < this.#size; i++) all.push(this.#items[(this.#head + i) & this.#mask] as T);
    return all;
  }

  #grow(): void {
    const larger = new Array<T | undefined>((this.#mask + 1) * 2).fill(undefined);
    for (let i = 0; i < this.#size; i++) larger[i] = this.#items[(this.#head + i) & this.#mask];
    this.#items = larger;
    this.#mask = larger.length - 1;
    this.#head = 0;
  }
}

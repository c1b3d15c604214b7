/** Finds the rows that have a value in one column without reading the table. */
import { valueOf, type Key } from "./row.js";

export class ColumnIndex {
  readonly column: string;
  readonly #keys = new Map<unknown, Set<Key>>();

  constructor(column: string) {
    this.column = column;
  }

  /** The keys of the rows that have `value`, in no order that means anything. */
  keysOf(value: unknown): Iterable<Key> {
    return this.#keys.get(value) ?? [];
  }

  /** The row of `key` went from one state to another; undefined stands for no row. */
  move(key: Key, before: object | undefined, after: object | undefined): void {
    const was = before && valueOf(before, this.column);
    const is = after && valueOf(after, this.column);
    if (before !== undefined && after !== undefined && was === is) return;
    if (before !== undefined) this.#take(was, key);
    if (after !== undefined) this.#add(is, key);
  }

  #add(value: unknown, key: Key): void {
    const keys = this.#keys.get(value);
    if (keys === undefined) this.#keys.set(value, new Set([key]));
    else keys.add(key);
  }

  #take(value: unknown, key: Key): void {
    const keys = this.#keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(value);
  }
}

/**
 * The rows that have a value in one column, found without reading the table: in order of their ids,
 * whatever the order in which they came. Not a list that may be changed by whoever reads it.
 */
import { collated } from "./collation.js";
import { valueOf, type Follower } from "./row.js";

interface Numbered {
  readonly id: number;
}

export class ColumnIndex<R extends Numbered> implements Follower<R> {
  readonly column: string;
  readonly #rows = new Map<unknown, R[]>();
  /** Whether its texts go by MySQL's collation. */
  readonly #isCollated: boolean;

  constructor(column: string, isCollated = false) {
    this.column = column;
    this.#isCollated = isCollated;
  }

  /** The rows that have `value`, the oldest first. */
  rowsOf(value: unknown): readonly R[] {
    return this.#rows.get(this.#keyOf(value)) ?? [];
  }

  #keyOf(value: unknown): unknown {
    return this.#isCollated && typeof value === "string" ? collated(value) : value;
  }

  moved(before: R | undefined, after: R | undefined): void {
    const [had, has] = [
      before && valueOf(before, this.column),
      after && valueOf(after, this.column),
    ];
    const is = after && this.#keyOf(has);
    const was = before && (had === has ? is : this.#keyOf(had));
    if (before !== undefined && after !== undefined && was === is && before.id === after.id) {
      const rows = this.#rows.get(is) as R[];
      rows[placeOf(rows, after.id)] = after;
      return;
    }
    if (before !== undefined) this.#take(was, before);
    if (after !== undefined) this.#add(is, after);
  }

  #add(value: unknown, row: R): void {
    const rows = this.#rows.get(value);
    if (rows === undefined) this.#rows.set(value, [row]);
    else if ((rows.at(-1) as R).id < row.id) rows.push(row);
    else rows.splice(placeOf(rows, row.id), 0, row);
  }

  #take(value: unknown, row: R): void {
    const rows = this.#rows.get(value) as R[];
    if (rows.length === 1) this.#rows.delete(value);
    else rows.splice(placeOf(rows, row.id), 1);
  }
}

/** The rows that the best of `indexes` knows; undefined if none is of a column that is asked for. */
export function narrowest<R extends Numbered>(
  indexes: readonly ColumnIndex<R>[],
  conditions: object,
): readonly R[] | undefined {
  let fewest: readonly R[] | undefined;
  for (const index of indexes) {
    if (!Object.hasOwn(conditions, index.column)) continue;
    const rows = index.rowsOf(valueOf(conditions, index.column));
    if (fewest === undefined || rows.length < fewest.length) fewest = rows;
  }
  return fewest;
}

/** Where the row of that id is, or belongs: the first place whose row is not older. */
function placeOf(rows: readonly Numbered[], id: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle] as Numbered).id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What rows are looked for: a value for each of some columns, all of which a row must have. Values
 * are compared as they are, but for texts of columns that go by MySQL's collation; lists and objects equal
 * only themselves.
 */
import { sameText } from "./collation.js";
import { valueOf } from "./row.js";

/** Values that rows must have, by column. */
export type Conditions<R> = { readonly [K in keyof R]?: R[K] };

/** Those of `rows` that have all these values, in a list of the caller's own. */
export function matching<R extends object>(
  rows: readonly R[],
  conditions: object,
  collated?: ReadonlySet<string>,
): R[] {
  const columns = Object.keys(conditions);
  return rows.filter((row) => hasAll(row, columns, conditions, collated));
}

/**
 * Whether `row` has the values of `wanted` in `columns`.
 * @param collated the columns in which texts are one that differ by case alone
 */
export function hasAll(
  row: object,
  columns: readonly string[],
  wanted: object,
  collated?: ReadonlySet<string>,
): boolean {
  for (const column of columns) {
    const [has, is] = [valueOf(row, column), valueOf(wanted, column)];
    if (has !== is && (collated?.has(column) !== true || !isOneText(has, is))) return false;
  }
  return true;
}

const isOneText = (a: unknown, b: unknown): boolean =>
  typeof a === "string" && typeof b === "string" && sameText(a, b);

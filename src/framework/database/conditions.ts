/**
 * What rows are looked for: a value for each of some columns, all of which a row must have. Values
 * are compared as they are; lists and objects equal only themselves.
 */
import { valueOf } from "./row.js";

/** Values that rows must have, by column. */
export type Conditions<R> = { readonly [K in keyof R]?: R[K] };

/** Those of `rows` that have all these values, in a list of the caller's own. */
export function matching<R extends object>(rows: readonly R[], conditions: object): R[] {
  const columns = Object.keys(conditions);
  return rows.filter((row) => hasAll(row, columns, conditions));
}

/** Whether `row` has the values of `wanted` in `columns`. */
export function hasAll(row: object, columns: readonly string[], wanted: object): boolean {
  for (const column of columns) {
    if (valueOf(row, column) !== valueOf(wanted, column)) return false;
  }
  return true;
}

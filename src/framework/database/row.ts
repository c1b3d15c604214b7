/**
 * What a row of a table is: an immutable value with the base columns of every OpenStack table, and
 * what differs between two states of it. Upstream: oslo.db models (TimestampMixin, SoftDeleteMixin).
 */

/** `TimestampMixin` and `SoftDeleteMixin`. */
export interface BaseColumns {
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  /** 0, or the row's id once it is deleted. */
  readonly deleted: number;
}

/** A row with the base columns that every table of OpenStack has. */
export type Row<R> = Readonly<R> & BaseColumns & { readonly id: number };

export type Key = string | number;

/** Column by column, what it was and what it is. */
export type Changes = Record<string, readonly [unknown, unknown]>;

/** Keeps something in step with a table: an index, a count, what a row looks like to the world. */
export interface Follower<R> {
  /** A row went from one state to another; undefined stands for no row. */
  moved(before: R | undefined, after: R | undefined): void;
}

export const valueOf = (row: object, column: string): unknown =>
  (row as Record<string, unknown>)[column];

/** The columns that differ between two states of a row; undefined stands for no row. */
export function changesBetween(before: object | undefined, after: object | undefined): Changes {
  const changes: Changes = {};
  for (const column of Object.keys(after ?? before ?? {})) {
    const was = before === undefined ? null : (valueOf(before, column) ?? null);
    const is = after === undefined ? null : (valueOf(after, column) ?? null);
    if (!sameValue(was, is)) changes[column] = [was, is];
  }
  return changes;
}

/** Whether a column of `row` is stored otherwise in `changes`. */
export function changesAny(row: object, changes: object): boolean {
  for (const column in changes) {
    if (!sameValue(valueOf(row, column), valueOf(changes, column))) return true;
  }
  return false;
}

/** Whether two values of a column are stored alike: a list or an object by what is in it. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isNested(a) || !isNested(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(valueOf(a, name), valueOf(b, name)))
  );
}

/** One object with the columns of all `parts`; of a column that several have, the last value. */
export function merged<R extends object>(...parts: readonly object[]): R {
  // Column by column: rows have many shapes, and a clone of an unexpected one costs twice as much.
  const row: Record<string, unknown> = {};
  for (const part of parts) {
    for (const column in part) row[column] = (part as Record<string, unknown>)[column];
  }
  return row as R;
}

/**
 * Freeze an object that nobody else holds, and give it copies of what it was given: a row shares
 * nothing with whoever wrote it. What is frozen came out of a table and is kept as it is.
 */
export function frozen<R extends object>(fresh: R): R {
  for (const name in fresh) {
    const value: unknown = fresh[name];
    // Every name is a member already, so even `__proto__` is a member like any other.
    if (isNested(value) && !Object.isFrozen(value)) {
      const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
      (fresh as Record<string, unknown>)[name] = frozen(copy);
    }
  }
  return Object.freeze(fresh);
}

const isNested = (value: unknown): value is object => typeof value === "object" && value !== null;

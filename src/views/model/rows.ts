/**
 * Every row that was stored in any database of a run, at any entry: the fold of the `db` entries up to
 * it. Each row keeps its own writes and a copy of itself now and then, so that looking back costs as
 * little as looking forward, and there is no cursor that could be in a wrong place.
 */
import type { Entry } from "../../timeline/index.js";

export type DbEntry = Extract<Entry, { kind: "db" }>;

/** Column by column. */
export type Columns = ReadonlyMap<string, unknown>;

/** One row through its life, and through any later one under the same key. */
export interface StoredRow {
  /** By which it is told from all others. */
  readonly id: string;
  readonly project: string;
  readonly table: string;
  readonly key: string | number;
  /** The entries that wrote it, in order. */
  readonly writes: readonly DbEntry[];
}

/** So many writes of one row, and a copy of it is kept. */
const COPY_EVERY = 32;

interface Growing extends StoredRow {
  readonly writes: DbEntry[];
  /** The row after every 32nd write; undefined where it was gone. */
  readonly copies: (Columns | undefined)[];
}

export class Rows {
  readonly #rows = new Map<string, Growing>();

  /** To be called with each `db` entry in order. */
  add(entry: DbEntry): StoredRow {
    const id = rowId(entry);
    const { project, table, key } = entry;
    const row = this.#rows.get(id) ?? { id, project, table, key, writes: [], copies: [] };
    this.#rows.set(id, row);
    row.writes.push(entry);
    if (row.writes.length % COPY_EVERY === 0) row.copies.push(this.#at(row, row.writes.length));
    return row;
  }

  get all(): readonly StoredRow[] {
    return [...this.#rows.values()];
  }

  get(id: string): StoredRow | undefined {
    return this.#rows.get(id);
  }

  /** Row `id` as it stood once entry `seq` had happened; undefined if it was not there. */
  at(id: string, seq: number): Columns | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : this.#at(row, writesUpTo(row, seq));
  }

  /** Every row that stood once entry `seq` had happened. */
  standing(seq: number): ReadonlyMap<string, Columns> {
    const found = new Map<string, Columns>();
    for (const [id, row] of this.#rows) {
      const columns = this.#at(row, writesUpTo(row, seq));
      if (columns !== undefined) found.set(id, columns);
    }
    return found;
  }

  /** The last write of row `id` at or before entry `seq`, and the next one after it. */
  around(id: string, seq: number): { readonly last?: DbEntry; readonly next?: DbEntry } {
    const row = this.#rows.get(id);
    if (row === undefined) return {};
    const count = writesUpTo(row, seq);
    const last = row.writes[count - 1];
    const next = row.writes[count];
    return { ...(last === undefined ? {} : { last }), ...(next === undefined ? {} : { next }) };
  }

  #at(row: Growing, count: number): Columns | undefined {
    const copied = Math.min(Math.floor(count / COPY_EVERY), row.copies.length);
    let columns = copied === 0 ? undefined : row.copies[copied - 1];
    for (let i = copied * COPY_EVERY; i < count; i++) {
      const write = row.writes[i];
      if (write !== undefined) columns = written(columns, write);
    }
    return columns;
  }
}

export function rowId({ project, table, key }: Pick<DbEntry, "project" | "table" | "key">): string {
  return JSON.stringify([project, table, key]);
}

/** A row after one write. A pair that was too long for the recording is one digest of both values. */
function written(before: Columns | undefined, { op, changes }: DbEntry): Columns | undefined {
  if (op === "delete") return undefined;
  const columns = new Map(op === "insert" ? [] : before);
  for (const [column, pair] of Object.entries(changes)) {
    columns.set(column, Array.isArray(pair) ? (pair as readonly unknown[])[1] : pair);
  }
  return columns;
}

/** How many writes of `row` there were once entry `seq` had happened. */
function writesUpTo({ writes }: StoredRow, seq: number): number {
  let low = 0;
  let high = writes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((writes[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * One table of a database: rows by key, kept as immutable values, with the base columns that every
 * OpenStack table has. A statement takes no time and nothing runs in between, because MySQL-Python
 * blocks the whole process; every change is published. Upstream: oslo.db models, nova/db/sqlalchemy.
 */
import type { Kernel } from "../kernel/index.js";
import type { DbChange } from "./observations.js";

/** `TimestampMixin` and `SoftDeleteMixin`. */
export interface BaseColumns {
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  /** 0, or the row's id once it is deleted. */
  readonly deleted: number;
}

export type Row<R> = Readonly<R> & BaseColumns & { readonly id: number };

export type Key = string | number;

export interface TableOptions<R> {
  readonly project: string;
  readonly name: string;
  /** The column that names a row to the world; the integer `id` unless told. */
  readonly key?: keyof R & string;
  /** Columns by which rows are looked up often. */
  readonly indexes?: readonly (keyof R & string)[];
}

export type Conditions<R> = { readonly [K in keyof R]?: R[K] };

export class Table<R extends object> {
  readonly name: string;
  readonly #kernel: Kernel;
  readonly #project: string;
  readonly #key: string;
  readonly #rows = new Map<Key, Row<R>>();
  readonly #indexes = new Map<string, Map<unknown, Set<Key>>>();
  #lastId = 0;

  constructor(kernel: Kernel, options: TableOptions<R>) {
    this.#kernel = kernel;
    this.#project = options.project;
    this.name = options.name;
    this.#key = options.key ?? "id";
    for (const column of options.indexes ?? []) this.#indexes.set(column, new Map());
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The live row of that key. */
  get(key: Key): Row<R> | undefined {
    const row = this.#rows.get(key);
    return row?.deleted === 0 ? row : undefined;
  }

  /** The row of that key, deleted or not. */
  getAny(key: Key): Row<R> | undefined {
    return this.#rows.get(key);
  }

  /** Live rows in order of their making that have all these values. */
  find(conditions: Conditions<Row<R>> = {}): Row<R>[] {
    return this.findAny({ ...conditions, deleted: 0 } as Conditions<Row<R>>);
  }

  /** Rows, deleted ones too. */
  findAny(conditions: Conditions<Row<R>> = {}): Row<R>[] {
    const wanted = Object.entries(conditions);
    const found: Row<R>[] = [];
    for (const row of this.#candidates(conditions)) {
      if (wanted.every(([column, value]) => (row as Record<string, unknown>)[column] === value)) {
        found.push(row);
      }
    }
    return found;
  }

  /** The first live row that has all these values. */
  first(conditions: Conditions<Row<R>>): Row<R> | undefined {
    return this.find(conditions)[0];
  }

  insert(values: R): Row<R> {
    const id = ++this.#lastId;
    const row: Row<R> = {
      id,
      ...values,
      created_at: this.#now(),
      updated_at: null,
      deleted_at: null,
      deleted: 0,
    };
    const key = this.#keyOf(row);
    this.#rows.set(key, row);
    this.#index(key, row);
    this.#publish("insert", key, undefined, row);
    return row;
  }

  /** Change columns of a live row; undefined if there is none. Only real changes are published. */
  update(key: Key, changes: Partial<R>): Row<R> | undefined {
    const before = this.get(key);
    if (before === undefined) return undefined;
    const after = { ...before, ...changes, updated_at: this.#now() };
    this.#replace("update", key, before, after);
    return after;
  }

  /** Mark a row as deleted; it stays for those who read deleted rows. */
  softDelete(key: Key, changes: Partial<R> = {}): Row<R> | undefined {
    const before = this.get(key);
    if (before === undefined) return undefined;
    const after = { ...before, ...changes, deleted: before.id, deleted_at: this.#now() };
    this.#replace("delete", key, before, after);
    return after;
  }

  /** Remove a row altogether. */
  remove(key: Key): boolean {
    const before = this.#rows.get(key);
    if (before === undefined) return false;
    this.#unindex(key, before);
    this.#rows.delete(key);
    this.#publish("delete", key, before, undefined);
    return true;
  }

  #candidates(conditions: Conditions<Row<R>>): Iterable<Row<R>> {
    for (const [column, index] of this.#indexes) {
      if (!Object.hasOwn(conditions, column)) continue;
      const keys = index.get((conditions as Record<string, unknown>)[column]);
      if (keys === undefined) return [];
      return [...keys].map((key) => this.#rows.get(key) as Row<R>).sort((a, b) => a.id - b.id);
    }
    return this.#rows.values();
  }

  #replace(op: "update" | "delete", key: Key, before: Row<R>, after: Row<R>): void {
    this.#rows.set(key, after);
    this.#reindex(key, before, after);
    this.#publish(op, key, before, after);
  }

  #index(key: Key, row: Row<R>): void {
    for (const [column, index] of this.#indexes) add(index, value(row, column), key);
  }

  #unindex(key: Key, row: Row<R>): void {
    for (const [column, index] of this.#indexes) take(index, value(row, column), key);
  }

  #reindex(key: Key, before: Row<R>, after: Row<R>): void {
    for (const [column, index] of this.#indexes) {
      const [was, is] = [value(before, column), value(after, column)];
      if (was === is) continue;
      take(index, was, key);
      add(index, is, key);
    }
  }

  #keyOf(row: Row<R>): Key {
    return value(row, this.#key) as Key;
  }

  #now(): string {
    return this.#kernel.calendar.stamp(this.#kernel.now);
  }

  #publish(
    op: DbChange["op"],
    key: Key,
    before: Row<R> | undefined,
    after: Row<R> | undefined,
  ): void {
    const kernel = this.#kernel;
    if (kernel.observer === undefined) return;
    const changes: Record<string, readonly [unknown, unknown]> = {};
    for (const column of Object.keys(after ?? before ?? {})) {
      const was: unknown = before === undefined ? null : (value(before, column) ?? null);
      const is: unknown = after === undefined ? null : (value(after, column) ?? null);
      if (was !== is) changes[column] = [was, is];
    }
    kernel.observe<DbChange>({
      kind: "db",
      actor: kernel.current?.actor,
      request: kernel.current?.request,
      project: this.#project,
      op,
      table: this.name,
      key,
      changes,
    });
  }
}

const value = (row: object, column: string): unknown => (row as Record<string, unknown>)[column];

function add(index: Map<unknown, Set<Key>>, at: unknown, key: Key): void {
  const keys = index.get(at);
  if (keys === undefined) index.set(at, new Set([key]));
  else keys.add(key);
}

function take(index: Map<unknown, Set<Key>>, at: unknown, key: Key): void {
  const keys = index.get(at);
  keys?.delete(key);
  if (keys?.size === 0) index.delete(at);
}

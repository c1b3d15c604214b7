/**
 * One table of a database: rows by key, kept as immutable values, with the base columns that every
 * OpenStack table has. A statement takes no time and nothing runs in between, because MySQL-Python
 * blocks the whole process; every change is published. Upstream: oslo.db, nova/db/sqlalchemy.
 */
import { InvariantError, type Kernel } from "../../kernel/index.js";
import { Exception } from "../../python/index.js";
import { ColumnIndex, narrowest } from "./column-index.js";
import { DBError, stored, storedRow, type Columns } from "./columns.js";
import { hasAll, matching, type Conditions } from "./conditions.js";
import type { DbChange } from "../observations.js";
import {
  changesAny,
  changesBetween,
  frozen,
  merged,
  valueOf,
  type Follower,
  type Key,
  type Row,
} from "./row.js";

/** What a table is called, and by which columns its rows are found. */
export interface TableOptions<R> {
  readonly project: string;
  readonly name: string;
  /** The column that names a row to the world; the integer `id` unless told. */
  readonly key?: keyof R & string;
  /** Columns by which rows are looked up often; `deleted` where all live ones are. */
  readonly indexes?: readonly ((keyof R & string) | "deleted")[];
  /** Columns in which texts that differ by case alone are one, as MySQL compares them. */
  readonly collated?: readonly (keyof R & string)[];
  /** Of a table that messages write into: values that no compiler has checked must fit. */
  readonly columns?: Columns<R> | undefined;
}

/**
 * A row of that key is there already, perhaps a deleted one.
 *
 * @example
 * ```ts
 * import { DuplicateEntry, Kernel, Table } from "novasim";
 *
 * const hosts = new Table<{ name: string }>(new Kernel(), {
 *   project: "board",
 *   name: "hosts",
 *   key: "name",
 * });
 * hosts.insert({ name: "compute-1" });
 * try {
 *   hosts.insert({ name: "compute-1" });
 * } catch (error) {
 *   console.log(error instanceof DuplicateEntry); // true
 * }
 * ```
 */
export class DuplicateEntry extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBDuplicateEntry";
}

/**
 * One table of a database: rows by key, with the base columns of OpenStack. Its changes are
 * recorded.
 *
 * @example
 * ```ts
 * import { Kernel, Table } from "novasim";
 *
 * const notes = new Table<{ text: string; author: string }>(new Kernel(), {
 *   project: "board",
 *   name: "notes",
 * });
 * const { id } = notes.insert({ text: "hello", author: "ann" });
 * notes.update(id, { text: "good bye" });
 * console.log(notes.first({ author: "ann" })?.text); // good bye
 * notes.softDelete(id);
 * console.log(notes.find().length, notes.findAny().length); // 0 1
 * ```
 */
export class Table<R extends object> {
  readonly name: string;
  readonly #kernel: Kernel;
  readonly #project: string;
  readonly #key: string;
  readonly #columns: Columns<R> | undefined;
  readonly #collated: ReadonlySet<string> | undefined;
  readonly #rows = new Map<Key, Row<R>>();
  /** Live and deleted rows apart: what was deleted must not slow down who looks for the living. */
  readonly #live: readonly ColumnIndex<Row<R>>[];
  readonly #dead: readonly ColumnIndex<Row<R>>[];
  readonly #followers: Follower<Row<R>>[] = [];
  #lastId = 0;
  #revision = 0;

  constructor(kernel: Kernel, options: TableOptions<R>) {
    this.#kernel = kernel;
    this.#project = options.project;
    this.name = options.name;
    this.#key = options.key ?? "id";
    this.#columns = options.columns;
    this.#collated = options.collated && new Set(options.collated);
    const indexes = (): ColumnIndex<Row<R>>[] =>
      (options.indexes ?? []).map((column) => new ColumnIndex(column, this.#collated?.has(column)));
    this.#live = indexes();
    this.#dead = indexes();
  }

  /** How many rows there are, deleted ones too. */
  get size(): number {
    return this.#rows.size;
  }

  /** How many changes there were: while it stays, a reader need not read again. */
  get revision(): number {
    return this.#revision;
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

  /** `follower` hears of every change from now on, in the order in which followers came. */
  follow(follower: Follower<Row<R>>): void {
    this.#followers.push(follower);
  }

  /** Live rows in order of their making that have all these values. */
  find(conditions?: Conditions<Row<R>>): Row<R>[] {
    if (conditions === undefined) return this.#all();
    const candidates = this.#candidates(conditions);
    if (this.#isIndex(Object.keys(conditions))) return [...candidates];
    return matching(candidates, conditions, this.#collated);
  }

  /** Rows, deleted ones too. */
  findAny(conditions: Conditions<Row<R>> = {}): Row<R>[] {
    const dead = narrowest(this.#dead, conditions);
    if (dead === undefined) return matching([...this.#rows.values()], conditions, this.#collated);
    const all = matching(dead, conditions, this.#collated).concat(this.find(conditions));
    return all.sort((a, b) => a.id - b.id);
  }

  /** The first live row that has all these values. */
  first(conditions: Conditions<Row<R>>): Row<R> | undefined {
    const columns = Object.keys(conditions);
    return this.#candidates(conditions).find((row) =>
      hasAll(row, columns, conditions, this.#collated),
    );
  }

  /** How many live rows have all these values. */
  count(conditions: Conditions<Row<R>>): number {
    const columns = Object.keys(conditions);
    const candidates = this.#candidates(conditions);
    if (this.#isIndex(columns)) return candidates.length;
    return candidates.filter((row) => hasAll(row, columns, conditions, this.#collated)).length;
  }

  /** Whether `columns` is one that has an index, whose rows are then the answer. */
  #isIndex(columns: readonly string[]): boolean {
    return columns.length === 1 && this.#live.some(({ column }) => column === columns[0]);
  }

  /** @throws DuplicateEntry; DBError for what a column does not take */
  insert(values: R): Row<R> {
    const born = { created_at: this.#now(), updated_at: null, deleted_at: null, deleted: 0 };
    const checked = this.#checking === undefined ? values : storedRow(this.#checking, values);
    const row = frozen(merged<Row<R>>({ id: this.#lastId + 1 }, checked, born));
    const key = valueOf(row, this.#key) as Key;
    if (this.#rows.has(key)) {
      throw new DuplicateEntry(
        `Duplicate entry '${String(key)}' for key '${this.#key}' of ${this.name}`,
        { columns: [this.#key], value: key },
      );
    }
    this.#lastId = Math.max(this.#lastId, row.id);
    this.#put("insert", key, undefined, row);
    return row;
  }

  /**
   * Change columns of a live row; undefined if there is none. Like an ORM, it writes nothing, not
   * even `updated_at`, if every column has its value already.
   */
  update(key: Key, changes: Partial<R>): Row<R> | undefined {
    const before = this.get(key);
    if (before === undefined) return undefined;
    return changesAny(before, changes) ? this.#change(key, before, changes) : before;
  }

  /** Renew `updated_at` of a live row, whatever else changes; undefined if there is none. */
  touch(key: Key, changes: Partial<R> = {}): Row<R> | undefined {
    const before = this.get(key);
    return before && this.#change(key, before, changes);
  }

  /** Change columns of a row that may be deleted; undefined if there is none. */
  updateAny(key: Key, changes: Partial<R>): Row<R> | undefined {
    const before = this.getAny(key);
    return before && this.#change(key, before, changes);
  }

  /** Mark a row as deleted; it stays for those who read deleted rows. */
  softDelete(key: Key, changes: Partial<R> = {}): Row<R> | undefined {
    const before = this.get(key);
    if (before === undefined) return undefined;
    const gone = { deleted: before.id, deleted_at: this.#now() };
    const after = frozen(merged<Row<R>>(before, changes, gone));
    this.#put("delete", key, before, after);
    return after;
  }

  /** Remove a row altogether. */
  remove(key: Key): boolean {
    const before = this.#rows.get(key);
    if (before === undefined) return false;
    this.#put("delete", key, before, undefined);
    return true;
  }

  /** Live rows among which are all that have these values, as few as an index can tell. */
  #candidates(conditions: Conditions<Row<R>>): readonly Row<R>[] {
    if (Object.hasOwn(conditions, this.#key)) {
      const row = this.get(valueOf(conditions, this.#key) as Key);
      return row === undefined ? [] : [row];
    }
    const indexed = narrowest(this.#live, conditions);
    return indexed ?? this.#all();
  }

  /** Every live row, in one pass: the scheduler reads whole tables at every boot. */
  #all(): Row<R>[] {
    const all: Row<R>[] = [];
    for (const row of this.#rows.values()) if (row.deleted === 0) all.push(row);
    return all;
  }

  #change(key: Key, before: Row<R>, changes: Partial<R>): Row<R> {
    const checked = this.#checking === undefined ? changes : stored(this.#checking, changes);
    const after = frozen(merged<Row<R>>(before, checked, { updated_at: this.#now() }));
    if (valueOf(after, this.#key) !== key) {
      if (this.#checking !== undefined)
        throw new DBError(`row ${String(key)} of ${this.name} keeps its key here`);
      throw new InvariantError(`row ${String(key)} of ${this.name} cannot change its key`);
    }
    this.#put("update", key, before, after);
    return after;
  }

  /** The columns, where what is written may be anything. */
  get #checking(): Columns<R> | undefined {
    return this.#kernel.unchecked.admitted ? this.#columns : undefined;
  }

  /** The row of `key` goes from one state to another; undefined stands for no row. */
  #put(op: DbChange["op"], key: Key, before: Row<R> | undefined, after: Row<R> | undefined): void {
    this.#revision++;
    if (after === undefined) this.#rows.delete(key);
    else this.#rows.set(key, after);
    this.#follow(before, after);
    const kernel = this.#kernel;
    if (!kernel.watched()) return;
    kernel.observe<DbChange>({
      kind: "db",
      actor: kernel.current?.actor,
      request: kernel.current?.request,
      project: this.#project,
      op,
      table: this.name,
      key,
      changes: changesBetween(before, after),
    });
  }

  #follow(before: Row<R> | undefined, after: Row<R> | undefined): void {
    const [wasLive, isLive] = [before?.deleted === 0, after?.deleted === 0];
    for (const index of this.#live) {
      index.moved(wasLive ? before : undefined, isLive ? after : undefined);
    }
    if (!wasLive || !isLive) {
      for (const index of this.#dead) {
        index.moved(wasLive ? undefined : before, isLive ? undefined : after);
      }
    }
    for (const follower of this.#followers) follower.moved(before, after);
  }

  #now(): string {
    return this.#kernel.calendar.stamp(this.#kernel.now);
  }
}

/**
 * How things change their states, from the rows that were written. In which columns a state is, the
 * header of the recording says. A view of the `db` entries, not of any database.
 */
import type { Entry, Header, WatchedTable } from "../timeline/index.js";
import { safe, shortIds } from "./words.js";

export interface StateChange {
  /** `server`, `volume`, `image`. */
  readonly thing: string;
  /** By which a reader knows it: its name, or the beginning of its id. */
  readonly name: string;
  /** `building/scheduling`; undefined for a new row. */
  readonly before: string | undefined;
  /** Undefined for a row that is gone. */
  readonly after: string | undefined;
}

interface Row {
  readonly thing: string;
  name: string;
  /** The beginning of its key, which tells it from others of its name. */
  readonly short: string;
  /** Whether its name is another's as well, or will be until it has got one of its own. */
  shared: boolean;
  state: string | undefined;
  /** What has been seen of the columns that make its state. */
  readonly values: Map<string, unknown>;
}

type DbEntry = Extract<Entry, { kind: "db" }>;

/** Must be shown every `db` entry in order, because an entry holds only what changed. */
export class States {
  readonly #watched: Header["states"];
  readonly #rows = new Map<string, Row>();
  /** Rows that were deleted, which may be written all the same: they do not come back by that. */
  readonly #gone = new Map<string, Row>();
  /** Who bore a name first, by table and name. */
  readonly #named = new Map<string, Row>();

  constructor({ states }: Pick<Header, "states">) {
    this.#watched = states;
  }

  /** What `entry` changed in the state of its row, if it did. */
  see(entry: DbEntry): StateChange | undefined {
    const watched = this.#tableOf(entry);
    if (watched === undefined) return undefined;
    const id = JSON.stringify([entry.project, entry.table, entry.key]);
    const late = entry.op === "update" ? this.#gone.get(id) : undefined;
    const row = late ?? this.#rows.get(id) ?? fresh(entry, watched);
    if (late === undefined) this.#rows.set(id, row);
    const name = after(entry, "display_name") ?? after(entry, "name");
    if (typeof name === "string" && name !== "") this.#call(row, entry, shortIds(safe(name)));
    const { thing } = watched;
    const before = row.state;
    if (entry.op === "delete") {
      this.#rows.delete(id);
      this.#gone.set(id, row);
      for (const [key, named] of this.#named) if (named === row) this.#named.delete(key);
      if (before === undefined || /^\d+$/.test(row.name)) return undefined;
      return { thing, name: labelOf(row), before, after: undefined };
    }
    for (const name of watched.columns) {
      const value = after(entry, name);
      if (value !== undefined) row.values.set(name, value);
    }
    row.state = spell(row, watched) ?? row.state;
    if (row.state === undefined || row.state === before) return undefined;
    // A row that has only a number belongs to a thing that has a name, and follows it.
    if (/^\d+$/.test(row.name)) return undefined;
    return { thing, name: labelOf(row), before, after: row.state };
  }

  /** The last state of each thing of that kind, in order of birth. */
  all(thing: string): { readonly name: string; readonly state: string }[] {
    return [...this.#rows.values()].flatMap((row) =>
      row.thing === thing && row.state !== undefined
        ? [{ name: labelOf(row), state: row.state }]
        : [],
    );
  }

  /** A project that the header does not speak of has joined later, or the recording is an old one. */
  #tableOf({ project, table }: DbEntry): WatchedTable | undefined {
    const watched = this.#watched;
    if (watched === undefined || !Object.hasOwn(watched, project)) return byConvention(table);
    const tables = watched[project] ?? {};
    return Object.hasOwn(tables, table) ? tables[table] : undefined;
  }

  /**
   * From now on `row` bears `name`. Servers that are made several at once bear one name until each is
   * given its own, and have no host name so long; and two may be called alike for good.
   */
  #call(row: Row, entry: DbEntry, name: string): void {
    const keyOf = (called: string): string => JSON.stringify([entry.project, entry.table, called]);
    if (this.#named.get(keyOf(row.name)) === row) this.#named.delete(keyOf(row.name));
    row.name = name;
    const key = keyOf(name);
    const first = this.#named.get(key);
    if (first === undefined) this.#named.set(key, row);
    const unnamed = entry.op === "insert" && after(entry, "hostname") === "";
    row.shared = unnamed || (first !== undefined && first !== row);
  }
}

/** `t3`, or `t3 (d1c564c6…)` where there is another t3. */
const labelOf = ({ name, short, shared }: Row): string =>
  shared && name !== short ? `${name} (${short})` : name;

/** A row first seen when it changes had the states that the change began with. */
function fresh(entry: DbEntry, watched: WatchedTable): Row {
  const short = shortIds(safe(String(entry.key)));
  const values = new Map<string, unknown>();
  const row: Row = {
    ...{ thing: watched.thing, name: short, short, shared: false, state: undefined, values },
  };
  if (entry.op === "insert") return row;
  for (const name of watched.columns) {
    if (Object.hasOwn(entry.changes, name)) values.set(name, entry.changes[name]?.[0]);
  }
  row.state = spell(row, watched);
  return row;
}

/** `building/spawning`. While the first column has not been seen, what is known of the others is true. */
function spell({ values }: Row, { columns, joint = "/" }: WatchedTable): string | undefined {
  const parts = columns.flatMap((name) => {
    const value = values.get(name);
    return typeof value === "string" && value !== "" ? [safe(value)] : [];
  });
  if (parts.length === 0) return undefined;
  const [first = ""] = columns;
  return (values.has(first) ? parts : ["…", ...parts]).join(joint);
}

function after(entry: DbEntry, column: string): unknown {
  if (!Object.hasOwn(entry.changes, column)) return undefined;
  const pair: unknown = entry.changes[column];
  return Array.isArray(pair) ? (pair[1] as unknown) : undefined;
}

/** What all services of OpenStack have done, more or less. */
const byConvention = (table: string): WatchedTable =>
  table === "instances"
    ? { thing: "server", columns: ["vm_state", "task_state"] }
    : { thing: safe(table.replace(/s$/, "")), columns: ["status"] };

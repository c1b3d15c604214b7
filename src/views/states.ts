/**
 * How things change their states, from the rows that were written: servers by vm_state and
 * task_state, all else by a column `status`. A view of the `db` entries, not of any database.
 */
import type { Entry } from "../timeline/index.js";
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
  name: string;
  /** The beginning of its key, which tells it from others of its name. */
  readonly short: string;
  /** Whether its name is another's as well, or will be until it has got one of its own. */
  shared: boolean;
  state: string | undefined;
  vm: unknown;
  task: unknown;
}

type DbEntry = Extract<Entry, { kind: "db" }>;

/** Must be shown every `db` entry in order, because an entry holds only what changed. */
export class States {
  readonly #rows = new Map<string, Row>();
  /** Who bore a name first, by table and name. */
  readonly #named = new Map<string, Row>();

  /** What `entry` changed in the state of its row, if it did. */
  see(entry: DbEntry): StateChange | undefined {
    const id = JSON.stringify([entry.project, entry.table, entry.key]);
    const row = this.#rows.get(id) ?? fresh(entry);
    this.#rows.set(id, row);
    const name = after(entry, "display_name") ?? after(entry, "name");
    if (typeof name === "string" && name !== "") this.#call(row, entry, shortIds(safe(name)));
    const thing = thingOf(entry.table);
    const before = row.state;
    if (entry.op === "delete") {
      this.#rows.delete(id);
      for (const [key, named] of this.#named) if (named === row) this.#named.delete(key);
      if (before === undefined || /^\d+$/.test(row.name)) return undefined;
      return { thing, name: labelOf(row), before, after: undefined };
    }
    row.state = stateOf(entry, row);
    if (row.state === undefined || row.state === before) return undefined;
    // A row that has only a number belongs to a thing that has a name, and follows it.
    if (/^\d+$/.test(row.name)) return undefined;
    return { thing, name: labelOf(row), before, after: row.state };
  }

  /** The last state of each thing of that kind, in order of birth. */
  all(thing: string): { readonly name: string; readonly state: string }[] {
    const found: { name: string; state: string }[] = [];
    for (const [id, row] of this.#rows) {
      const [, table] = JSON.parse(id) as [string, string];
      if (row.state !== undefined && thingOf(table) === thing) {
        found.push({ name: labelOf(row), state: row.state });
      }
    }
    return found;
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
function fresh(entry: DbEntry): Row {
  const short = shortIds(safe(String(entry.key)));
  const row: Row = {
    name: short,
    short,
    shared: false,
    state: undefined,
    vm: undefined,
    task: null,
  };
  if (entry.op === "insert") return row;
  row.vm = entry.changes["vm_state"]?.[0];
  row.task = entry.changes["task_state"]?.[0] ?? null;
  row.state = spell(row, entry.changes["status"]?.[0]);
  return row;
}

function stateOf(entry: DbEntry, row: Row): string | undefined {
  const vm = after(entry, "vm_state");
  const task = after(entry, "task_state");
  if (vm !== undefined) row.vm = vm;
  if (task !== undefined) row.task = task;
  return spell(row, after(entry, "status")) ?? row.state;
}

function spell(row: Row, status: unknown): string | undefined {
  const task = typeof row.task === "string" && row.task !== "" ? safe(row.task) : undefined;
  if (typeof row.vm === "string")
    return task === undefined ? safe(row.vm) : `${safe(row.vm)}/${task}`;
  // A task begins and the row's vm_state has not been seen: the task alone is true.
  if (task !== undefined) return `…/${task}`;
  return typeof status === "string" && status !== "" ? safe(status) : undefined;
}

function after(entry: DbEntry, column: string): unknown {
  if (!Object.hasOwn(entry.changes, column)) return undefined;
  const pair: unknown = entry.changes[column];
  return Array.isArray(pair) ? (pair[1] as unknown) : undefined;
}

function thingOf(table: string): string {
  return table === "instances" ? "server" : safe(table.replace(/s$/, ""));
}

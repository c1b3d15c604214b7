/**
 * How the cloud stands now: what has a state, and which processes are alive. Only what there is is kept, and of what has gone
 * the last few.
 */
import type { Actor, Entry, Header } from "../../timeline/index.js";
import { moodOf, type Mood } from "../../views/model/things.js";
import { rowId } from "../../views/model/rows.js";
import { States, type StateChange } from "../../views/states.js";
import type { Before } from "./stream.js";

export interface Standing {
  readonly id: string;
  readonly thing: string;
  readonly name: string;
  readonly state: string;
  readonly mood: Mood;
  /** A server's, once it has one. */
  readonly host: string;
  /** Which thread changed it last, by number; undefined: one that is not kept. */
  readonly thread: number | undefined;
}

type DbEntry = Extract<Entry, { kind: "db" }>;

/** What of a row is kept: its name, and the columns in which its state is. */
export interface StandingRow {
  readonly project: string;
  readonly table: string;
  readonly key: string | number;
  readonly columns: Readonly<Record<string, unknown>>;
}

/** What has gone is still shown until so many others have, and known by its name for longer. */
const MOST_SHOWN = 5;
const MOST_GONE = 200;

export class Board {
  readonly #states: States;
  readonly #standing = new Map<string, Standing>();
  readonly #rows = new Map<string, StandingRow>();
  readonly #gone = new Set<string>();
  readonly #dead = new Set<string>();
  readonly #actors = new Map<string, Actor>();

  readonly #watched: Header["states"];

  constructor(header: Header, before: Before | null) {
    this.#states = new States(header);
    this.#watched = header.states;
    for (const actor of header.actors) this.#actors.set(actor.name, actor);
    for (const row of before?.rows ?? []) this.write(inserted(row, row.columns), undefined);
    for (const { actor, event } of before?.services ?? []) this.#live(actor, event);
  }

  /** What `entry` changed in the state of something. */
  see(entry: Entry, thread: number | undefined): StateChange | undefined {
    if (entry.kind === "service" && entry.actor !== undefined) this.#live(entry.actor, entry.event);
    return entry.kind === "db" ? this.write(entry, thread) : undefined;
  }

  write(entry: DbEntry, thread: number | undefined): StateChange | undefined {
    const change = this.#states.see(entry);
    const id = rowId(entry);
    const known = this.#standing.get(id);
    const host = textIn(entry, "host") ?? known?.host ?? "";
    this.#keep(id, entry);
    if (change === undefined) {
      if (known !== undefined) this.#standing.set(id, { ...known, host });
      return undefined;
    }
    const { thing, name, after } = change;
    const mood = moodOf(after);
    this.#standing.set(id, { id, thing, name, state: after ?? "gone", mood, host, thread });
    if (mood === "gone") this.#forget(id);
    return change;
  }

  /** In the order in which they came to be. */
  get all(): readonly Standing[] {
    const old = new Set([...this.#gone].slice(0, -MOST_SHOWN));
    return [...this.#standing.values()].filter(({ id }) => !old.has(id));
  }

  get actors(): readonly Actor[] {
    return [...this.#actors.values()];
  }

  /** Processes that do not run. */
  get dead(): readonly string[] {
    return [...this.#dead];
  }

  /** What there is, by the ids of the rows. */
  get rows(): ReadonlyMap<string, StandingRow> {
    return this.#rows;
  }

  #keep(id: string, { project, table, key, changes, op }: DbEntry): void {
    const watched = this.#watched?.[project]?.[table];
    if (watched === undefined || op === "delete") return;
    const columns: Record<string, unknown> = { ...this.#rows.get(id)?.columns };
    for (const name of [...NAMES, ...watched.columns]) {
      const pair: unknown = Object.hasOwn(changes, name) ? changes[name] : undefined;
      if (Array.isArray(pair)) columns[name] = pair[1];
    }
    this.#rows.set(id, { project, table, key, columns });
  }

  #forget(id: string): void {
    this.#gone.delete(id);
    this.#gone.add(id);
    const [oldest] = this.#gone;
    if (this.#gone.size <= MOST_GONE || oldest === undefined) return;
    const row = this.#rows.get(oldest);
    // Some services mark what they delete, and keep the row for good.
    if (row !== undefined) this.#states.see({ ...inserted(row, {}), op: "delete" });
    this.#gone.delete(oldest);
    this.#standing.delete(oldest);
    this.#rows.delete(oldest);
  }

  #live(actor: string, event: string): void {
    if (event === "crashed" || event === "stopped") this.#dead.add(actor);
    else if (event === "started" || event === "starting" || event === "reported")
      this.#dead.delete(actor);
  }
}

const NAMES = ["display_name", "name"];
const STAMP = { seq: -1, at: 0, kind: "db", op: "insert" } as const;

/** `row` as the entry that would have made it with `columns`, before everything. */
export const inserted = (
  { project, table, key }: Omit<StandingRow, "columns">,
  columns: StandingRow["columns"],
): DbEntry => ({
  ...{ ...STAMP, project, table, key },
  changes: Object.fromEntries(
    Object.entries(columns).map(([name, value]) => [name, [null, value]]),
  ),
});

function textIn({ changes }: DbEntry, column: string): string | undefined {
  const pair: unknown = Object.hasOwn(changes, column) ? changes[column] : undefined;
  const after: unknown = Array.isArray(pair) ? pair[1] : undefined;
  return typeof after === "string" ? after : undefined;
}

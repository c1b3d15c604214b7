/** What was stored at an instant: things with a state, every row of every table, and what waited in queues. */
import type { DbEntry, StoredRow } from "../model/rows.js";
import type { Model } from "../model/model.js";
import { stateAt, type Mood } from "../model/things.js";
import { took } from "../sequence/labels.js";
import type { Paint } from "../view.js";
import { clock, count, shortIds } from "../words.js";
import { wordsOf } from "./entry-words.js";
import { cell, type Table, type Value } from "./table.js";

const TONES: Readonly<Record<Mood, keyof Paint>> = {
  rest: "good",
  busy: "warn",
  error: "bad",
  gone: "dim",
};

/** `servers`, `security_groups`: those of a kind that had a state. */
export function thingsAt(model: Model, seq: number, thing: string): Table {
  const known = model.things.all.filter(
    (one) => one.thing === thing && (one.stretches[0]?.seq ?? Infinity) <= seq,
  );
  const found = known.flatMap((one) => {
    const stretch = stateAt(one, seq);
    return stretch === undefined || stretch.mood === "gone" ? [] : [{ one, stretch }];
  });
  const gone = known.length - found.length;
  return {
    title: `${thing}s`,
    columns: ["name", "state", "host", "since", "entry", "id"],
    rows: found.map(({ one, stretch }) => {
      const host = model.rows.at(one.id, seq)?.get("host");
      const id = model.rows.get(one.id)?.key ?? one.id;
      return [
        cell(one.name, "strong"),
        cell(stretch.state ?? null, TONES[stretch.mood]),
        cell(typeof host === "string" && host !== "" ? host : null),
        cell(stretch.at / 1_000_000, undefined, clock(stretch.at)),
        cell(stretch.seq),
        cell(id, "dim", shortIds(String(id))),
      ];
    }),
    besides: gone === 0 ? "" : `${String(gone)} gone`,
  };
}

/** Every row that stood, the last written first: where it is, what it is called, who wrote it. */
export function rowsAt(model: Model, seq: number): Table {
  const standing = [...model.rows.standing(seq)].flatMap(([id, columns]) => {
    const row = model.rows.get(id);
    const { last } = model.rows.around(id, seq);
    return row === undefined || last === undefined ? [] : [{ row, columns, last }];
  });
  standing.sort((a, b) => b.last.seq - a.last.seq);
  return {
    title: "rows",
    columns: ["table", "key", "name", "written", "entry", "by"],
    rows: standing.map(({ row, columns, last }) => {
      const name = columns.get("display_name") ?? columns.get("name");
      return [
        cell(tableOf(row)),
        cell(row.key, "strong", shortIds(String(row.key))),
        cell(typeof name === "string" && name !== "" ? name : null),
        cell(last.at / 1_000_000, undefined, clock(last.at)),
        cell(last.seq),
        cell(last.actor ?? null),
      ];
    }),
    besides: "",
  };
}

/** Every table with its number of rows. */
export function tablesAt(model: Model, seq: number): Table {
  const tables = new Map<string, { rows: number; last: DbEntry }>();
  for (const id of model.rows.standing(seq).keys()) {
    const row = model.rows.get(id);
    const { last } = model.rows.around(id, seq);
    if (row === undefined || last === undefined) continue;
    const known = tables.get(tableOf(row));
    const later = known !== undefined && known.last.seq > last.seq ? known.last : last;
    tables.set(tableOf(row), { rows: (known?.rows ?? 0) + 1, last: later });
  }
  return {
    title: "tables",
    columns: ["table", "rows", "written", "entry"],
    rows: [...tables].map(([name, { rows, last }]) => [
      cell(name, "strong"),
      cell(rows),
      cell(last.at / 1_000_000, undefined, clock(last.at)),
      cell(last.seq),
    ]),
    besides: "",
  };
}

/** One row whole: its columns, those that were written last marked. Undefined where it did not stand. */
export function rowAt(model: Model, seq: number, row: StoredRow): Table | undefined {
  const columns = model.rows.at(row.id, seq);
  const { last } = model.rows.around(row.id, seq);
  if (columns === undefined || last === undefined) return undefined;
  const told = [...columns].filter(([, value]) => value !== null);
  const changed = (column: string): boolean => Object.hasOwn(last.changes, column);
  told.sort(([a], [b]) => Number(changed(b)) - Number(changed(a)));
  const by = last.actor === undefined ? "" : ` by ${last.actor}`;
  const unset = columns.size - told.length;
  const empty = unset === 0 ? "" : `, ${count(unset, "empty column")}`;
  return {
    title: `${tableOf(row)} ${shortIds(String(row.key))}`,
    columns: ["column", "value", "before"],
    rows: told.map(([column, value]) => [
      cell(column, changed(column) ? "strong" : undefined),
      cell(plain(value)),
      cell(changed(column) && last.op === "update" ? plain(beforeOf(last, column)) : null, "dim"),
    ]),
    besides: `written at entry ${String(last.seq)}, ${clock(last.at)} s${by}${empty}`,
  };
}

export const tableOf = ({ project, table }: StoredRow): string => `${project}.${table}`;

function beforeOf({ changes }: DbEntry, column: string): unknown {
  const pair: unknown = changes[column];
  return Array.isArray(pair) ? (pair as unknown[])[0] : null;
}

function plain(value: unknown): Value {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  return JSON.stringify(value);
}

/** Every queue that had had a message, those in which something waited first. */
export function queuesAt(model: Model, seq: number, waitingOnly: boolean): Table {
  const now = model.entries[seq]?.at ?? 0;
  const queues = model.queues.at(seq).filter(({ waiting }) => !waitingOnly || waiting.length > 0);
  const sorted = [...queues].sort((a, b) => b.waiting.length - a.waiting.length);
  return {
    title: waitingOnly ? "queues in which something waits" : "queues",
    columns: ["queue", "waiting", "taken", "oldest", "from", "for"],
    rows: sorted.map(({ name, waiting, taken }) => {
      const sent = model.entries[waiting[0]?.seq ?? -1];
      const since = sent === undefined ? undefined : now - sent.at;
      return [
        cell(name, "strong"),
        cell(waiting.length, waiting.length > 0 ? "warn" : "dim"),
        cell(taken),
        cell(sent === undefined ? null : wordsOf(sent, model)),
        cell(sent?.actor ?? null),
        cell(
          since === undefined ? null : since / 1_000_000,
          undefined,
          since === undefined ? "-" : took(since),
        ),
      ];
    }),
    besides: "",
  };
}

/** What waits in one queue, in the order in which it was sent. */
export function queueAt(model: Model, seq: number, name: string): Table {
  const now = model.entries[seq]?.at ?? 0;
  const queue = model.queues.at(seq).find((one) => one.name === name);
  return {
    title: `queue ${name}`,
    columns: ["entry", "what", "from", "for"],
    rows: (queue?.waiting ?? []).map((waiting) => {
      const sent = model.entries[waiting.seq];
      const since = now - (sent?.at ?? now);
      return [
        cell(waiting.seq),
        cell(sent === undefined ? null : wordsOf(sent, model), "strong"),
        cell(sent?.actor ?? null),
        cell(since / 1_000_000, undefined, took(since)),
      ];
    }),
    besides: `${String(queue?.taken ?? 0)} taken so far`,
  };
}

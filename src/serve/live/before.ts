/**
 * What a late joiner must know of the part of a run that is not kept any more: the rows that have a state, as they are now,
 * and which processes have died. It grows with what there is in the cloud, not with what has happened.
 */
import { isObject, type Json, type JsonObject } from "../../python/index.js";

/** A row as it was when the kept part begins; only columns by which it has a name and a state. */
interface Row {
  readonly project: string;
  readonly table: string;
  readonly key: Json;
  readonly columns: Record<string, Json>;
}

/** Columns that tell what a row is called and where it is. */
const NAMING = ["display_name", "name", "hostname", "host"];
const GONE = /^(?:deleted|soft-delete|killed|delete_complete)$/iu;
/** Of more rows than these the oldest are forgotten: they are shown by their ids until they change. */
const MOST_ROWS = 5_000;

export class Before {
  readonly #states: JsonObject;
  readonly #rows = new Map<string, Row>();
  readonly #services = new Map<string, string>();

  /** @param header the first line of the recording, which says in which columns states are */
  constructor(header: string) {
    const { states } = JSON.parse(header) as { readonly states?: JsonObject };
    this.#states = states ?? {};
  }

  /** The next line that is not kept. */
  add(line: string): void {
    if (!line.includes('"kind":"db"') && !line.includes('"kind":"service"')) return;
    const entry = JSON.parse(line) as JsonObject;
    if (entry["kind"] === "db") this.#write(entry);
    else if (entry["kind"] === "service")
      this.#services.set(text(entry["actor"]), text(entry["event"]));
  }

  /** For the one who joins. */
  told(): Json {
    return {
      rows: [...this.#rows.values()].map((row) => ({ ...row })),
      services: [...this.#services].map(([actor, event]) => ({ actor, event })),
    };
  }

  #write(entry: JsonObject): void {
    const { changes, op } = entry;
    const key = entry["key"] ?? null;
    const project = text(entry["project"]);
    const table = text(entry["table"]);
    const tables = this.#states[project];
    const watched = isObject(tables) ? tables[table] : undefined;
    if (!isObject(watched) || !isObject(changes)) return;
    const columns = Array.isArray(watched["columns"]) ? (watched["columns"] as string[]) : [];
    const id = JSON.stringify([project, table, key]);
    const row = this.#rows.get(id) ?? { project, table, key, columns: {} };
    for (const name of [...NAMING, ...columns]) {
      const pair = changes[name];
      if (Array.isArray(pair)) row.columns[name] = (pair[1] as Json | undefined) ?? null;
    }
    const gone = columns.some((name) => GONE.test(text(row.columns[name])));
    if (op === "delete" || gone) {
      this.#rows.delete(id);
      return;
    }
    this.#rows.set(id, row);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > MOST_ROWS && oldest !== undefined) this.#rows.delete(oldest);
  }
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

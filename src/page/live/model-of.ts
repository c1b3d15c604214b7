/**
 * A thread as a recording of its own: its entries numbered from none, with what was there before it by name, so that
 * everything that can be drawn of a recording can be drawn of it.
 */
import type { Entry, Header } from "../../timeline/index.js";
import { Model } from "../../views/model/model.js";
import { rowId } from "../../views/model/rows.js";
import { inserted, type Board } from "./board.js";
import type { Thread } from "./thread.js";

export class Growing {
  readonly model: Model;
  readonly #thread: Thread;
  /** The numbers that entries have here, by those that they have in the recording. */
  readonly #numbers = new Map<number, number>();
  #read = 0;

  constructor(header: Header, board: Board, thread: Thread) {
    this.#thread = thread;
    this.model = new Model({ ...header, title: thread.title });
    for (const actor of thread.dead) {
      this.model.processes.add({ seq: -1, at: 0, kind: "service", actor, event: "stopped" });
    }
    const own = JSON.stringify(thread.entries);
    const first = firstValues(thread);
    for (const [id, row] of board.rows) {
      const before = first.get(id);
      if (before === null || !own.includes(String(row.key))) continue;
      this.model.things.add(inserted(row, { ...row.columns, ...before }));
    }
    this.grow();
  }

  /** @returns whether there was more */
  grow(): boolean {
    const { entries } = this.#thread;
    const before = this.#read;
    for (; this.#read < entries.length; this.#read++) {
      const entry = entries[this.#read];
      if (entry !== undefined) this.model.add(this.#renumbered(entry));
    }
    return this.#read > before;
  }

  #renumbered(entry: Entry): Entry {
    const seq = this.model.entries.length;
    this.#numbers.set(entry.seq, seq);
    const { cause: led, ...rest } = entry;
    const cause = led === undefined ? undefined : this.#numbers.get(led);
    const made = { ...rest, seq, ...(cause !== undefined && { cause }) } as Entry;
    if (made.kind !== "fault" || made.entry === undefined) return made;
    const { entry: struck, ...fault } = made;
    const victim = this.#numbers.get(struck);
    return victim === undefined ? fault : { ...fault, entry: victim };
  }
}

/** What the rows that are written in `thread` had in those columns before; null: it was made there. */
function firstValues(thread: Thread): ReadonlyMap<string, Record<string, unknown> | null> {
  const found = new Map<string, Record<string, unknown> | null>();
  for (const entry of thread.entries) {
    if (entry.kind !== "db") continue;
    const id = rowId(entry);
    const known = found.get(id);
    if (known === null) continue;
    if (entry.op === "insert" && known === undefined) {
      found.set(id, null);
      continue;
    }
    const values = known ?? {};
    for (const [column, pair] of Object.entries(entry.changes)) {
      if (!Object.hasOwn(values, column)) values[column] = pair[0];
    }
    found.set(id, values);
  }
  return found;
}

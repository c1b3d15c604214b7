/** What a recording says of one server: its id, its states one after the other, and the entries that wrote them. */
import type { EntryOf, Timeline } from "../entry.js";

type Row = EntryOf<"db">;

export interface ServerHistory {
  readonly id: string;
  readonly name: string;
  /** `building/scheduling`, `error`, `deleted`: as its row has them now. */
  readonly state: string;
  /** The state before that; undefined if it has had no other. */
  readonly before: string | undefined;
  /** The entry that wrote its state. */
  readonly written: Row;
  /** Something is being done with it. */
  readonly passing: boolean;
}

/** Of the newest of that name, or that id; undefined if the recording has none. */
export function serverHistory({ entries }: Timeline, nameOrId: string): ServerHistory | undefined {
  const rows = entries.filter((entry): entry is Row => isInstance(entry));
  const id =
    rows.find(({ key }) => key === nameOrId)?.key ??
    rows.findLast(({ changes }) => changes["display_name"]?.[1] === nameOrId)?.key;
  if (id === undefined) return undefined;
  const values = new Map<string, unknown>();
  let [name, state, before]: [string, string, string | undefined] = [String(id), "", undefined];
  let written: Row | undefined;
  for (const row of rows) {
    if (row.key !== id) continue;
    for (const [column, change] of Object.entries<unknown>(row.changes)) {
      // One that was too long for its recording is no pair there, and none that is asked for here.
      if (Array.isArray(change)) values.set(column, change[1]);
    }
    const shown = values.get("display_name");
    if (typeof shown === "string") name = shown;
    const now = stateOf(values, row.op);
    if (now === state) continue;
    [before, state, written] = [state === "" ? undefined : state, now, row];
  }
  if (written === undefined) return undefined;
  const passing = state.includes("/") || state === "building";
  return { id: String(id), name, state, before, written, passing };
}

const isInstance = (entry: Timeline["entries"][number]): boolean =>
  entry.kind === "db" && entry.project === "nova" && entry.table === "instances";

function stateOf(values: ReadonlyMap<string, unknown>, op: Row["op"]): string {
  const deleted = values.get("deleted");
  if (op === "delete" || (typeof deleted === "number" && deleted !== 0)) return "deleted";
  const states = [values.get("vm_state"), values.get("task_state")];
  return states.filter((state) => typeof state === "string").join("/");
}

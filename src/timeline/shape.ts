/**
 * What each kind of entry must have for views and checks to rely on it. Only presence and plain
 * type are held; payloads are whatever was on the wire. Kinds that are not here are let through.
 */
import { misshapenPart } from "./decision-shape.js";
import type { EntryKind, EntryOf } from "./entry.js";

type Plain = "string" | "number" | "boolean" | "object";

/** The fields of an entry that are of a plain type, and so may be asked for; a field of a field by its path. */
type Fields<E> = {
  readonly [
    K in keyof E as K extends string ? (E[K] extends PlainValue ? K : never) : never
  ]?: Plain;
} & Readonly<Record<`${string}.${string}`, Plain>>;
type PlainValue = string | number | boolean | object;

const MESSAGE = {
  id: "number",
  from: "string",
  exchange: "string",
  topic: "string",
  method: "string",
} as const;
const ANSWER = { id: "number", from: "string", to: "string" } as const;

/** One for each kind: a kind that is not here does not compile, nor does a field that its entries do not have. */
const SHAPES = {
  step: { index: "number", text: "string" },
  "rest.request": { id: "number", from: "string", to: "string", method: "string", path: "string" },
  "rest.response": { id: "number", status: "number" },
  "rpc.call": MESSAGE,
  "rpc.cast": MESSAGE,
  "rpc.fanout": MESSAGE,
  "rpc.waits": { id: "number", to: "string", queue: "string" },
  "rpc.delivered": { id: "number", to: "string", queue: "string" },
  "rpc.reply": ANSWER,
  "rpc.failure": { ...ANSWER, "failure.class": "string", "failure.message": "string" },
  "rpc.timeout": { id: "number", why: "string" },
  "rpc.lost": { id: "number", why: "string" },
  notification: { publisher_id: "string", event_type: "string" },
  db: { project: "string", op: "string", table: "string", changes: "object" },
  service: { event: "string" },
  client: { command: "string", stdout: "string", stderr: "string", exit: "number" },
  log: { level: "string", message: "string" },
  decision: {
    what: "string",
    instance: "string",
    name: "string",
    index: "number",
    of: "number",
    subset: "number",
  },
  fault: { event: "string", fault: "string" },
  check: { what: "string", passed: "boolean" },
} as const satisfies { readonly [K in EntryKind]: Fields<EntryOf<K>> };

const REQUIRED: ReadonlyMap<string, Readonly<Record<string, Plain>>> = new Map(
  Object.entries<Readonly<Record<string, Plain>>>(SHAPES),
);

/** What the door of a served cloud records: there is nothing to show, as what comes of it is next. */
const OF_THE_DOOR: ReadonlySet<string> = new Set(["arrival", "operated", "refused", "closed"]);

/** Whether this version knows entries of that kind; readers keep others as they are. */
export const isKnownKind = (kind: string): boolean => REQUIRED.has(kind) || OF_THE_DOOR.has(kind);

const STAMP: Readonly<Record<string, Plain>> = { seq: "number", at: "number", kind: "string" };

/** What is wrong with `record` as an entry, or undefined. */
export function misshapen(record: Readonly<Record<string, unknown>>): string | undefined {
  const kind = record["kind"];
  for (const [field, type] of Object.entries(STAMP)) {
    if (!isPlain(record[field], type)) return `an entry needs "${field}" (a ${type})`;
  }
  for (const field of ["actor", "request", "note", "error"]) {
    if (record[field] !== undefined && typeof record[field] !== "string") {
      return `"${field}" must be a string where there is one`;
    }
  }
  for (const [field, type] of Object.entries(REQUIRED.get(kind as string) ?? {})) {
    if (!isPlain(at(record, field), type)) {
      return `a "${String(kind)}" entry needs "${field}" (${type === "object" ? "an" : "a"} ${type})`;
    }
  }
  const part = kind === "decision" ? misshapenPart(record) : undefined;
  return part === undefined ? undefined : `"${part}" of a "decision" entry is not a table of one`;
}

function isPlain(value: unknown, type: Plain): boolean {
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  return typeof value === type && value !== null;
}

/** `failure.class` is the field `class` of the field `failure`. */
function at(record: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = record;
  for (const field of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, field) ? (value as Record<string, unknown>)[field] : undefined;
  }
  return value;
}

/** Deeper than any payload, and no deeper than what walks it can bear. */
export const DEEPEST_NESTING = 500;

/** Whether the JSON of `line` is nested deeper than that. */
export function tooDeep(line: string): boolean {
  // Each level opens and closes, so a short line cannot be deep.
  if (line.length <= 2 * DEEPEST_NESTING) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (quoted) {
      if (code === 92) i += 1;
      else if (code === 34) quoted = false;
    } else if (code === 34) quoted = true;
    else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > DEEPEST_NESTING) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

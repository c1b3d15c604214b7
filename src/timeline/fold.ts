/**
 * What a recording keeps of a payload: all of it, or, at detail `flow`, of each part over 1 KB only
 * its size, its digest and the few words that tell a reader what it was. Parts are the top-level
 * values of a field, so `args.instance` folds while `args.host` stays.
 */
import { Measure } from "./digest.js";
import type { Folded } from "./entry.js";

/** A part whose JSON is longer than this is folded. */
export const FOLD_OVER_BYTES = 1024;

/** No text of this length can be over the limit, whatever needs escaping in it. */
const SURELY_SHORT = Math.floor((FOLD_OVER_BYTES - 2) / 6);

/** Words by which a reader knows a thing again; the rest of a folded part is its digest. */
const TELLING = [
  "nova_object.name",
  "id",
  "uuid",
  "name",
  "display_name",
  "event_type",
  "status",
  "vm_state",
  "task_state",
  "host",
] as const;

/** Nothing that a folded part shows is longer than this. */
const LONGEST_SHOWN = 80;

/** Turns one field of an observation into JSON text, folding what is long. */
export class Folder {
  readonly #measure = new Measure();

  /** `undefined` when JSON has no word for `value` (undefined, a function). */
  field(value: object): string | undefined {
    if (Array.isArray(value)) return this.#fold(value) ?? encode(value);
    const record = value as Record<string, unknown>;
    let folded: Map<string, string> | undefined;
    for (const key of Object.keys(record)) {
      const text = this.#fold(record[key]);
      if (text !== undefined) (folded ??= new Map()).set(key, text);
    }
    return folded === undefined ? encode(record) : around(record, folded);
  }

  /** The text of `part` folded, or undefined if it is short enough to stay. */
  #fold(part: unknown): string | undefined {
    if (typeof part === "string") {
      if (part.length <= SURELY_SHORT) return undefined;
    } else if (typeof part !== "object" || part === null) return undefined;
    const bytes = this.#measure.of(part);
    if (bytes <= FOLD_OVER_BYTES) return undefined;
    const folded: Folded = { $folded: { bytes, digest: this.#measure.digest, ...telling(part) } };
    return encode(folded);
  }
}

/** `record` as JSON with the parts in `folded` replaced, in their places. */
function around(record: Record<string, unknown>, folded: ReadonlyMap<string, string>): string {
  let text = "";
  for (const key of Object.keys(record)) {
    const part = folded.get(key) ?? encode(record[key]);
    if (part !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${part}`;
  }
  return `{${text}}`;
}

/** JSON, or a note in its place: a payload that cannot be written must not end the run. */
export function encode(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return JSON.stringify({ $unrecorded: why });
  }
}

function telling(part: unknown): { items?: number; shows?: Record<string, unknown> } {
  if (typeof part === "string") return { shows: { start: shorten(part) } };
  if (Array.isArray(part)) {
    const only: unknown = part.length === 1 ? part[0] : undefined;
    const shows = words(only);
    return { items: part.length, ...(shows === undefined ? {} : { shows }) };
  }
  const shows = words(part);
  return shows === undefined ? {} : { shows };
}

function words(thing: unknown): Record<string, unknown> | undefined {
  if (typeof thing !== "object" || thing === null) return undefined;
  // Plain reads: none of the telling words is a property that every object inherits.
  const fields = thing as Record<string, unknown>;
  const inner = fields["nova_object.data"];
  const data = typeof inner === "object" && inner !== null ? (inner as typeof fields) : undefined;
  let found: Record<string, unknown> | undefined;
  for (const key of TELLING) {
    const value = fields[key] ?? data?.[key];
    if (typeof value === "string") (found ??= {})[key] = shorten(value);
    else if (typeof value === "number") (found ??= {})[key] = value;
  }
  return found;
}

function shorten(text: string): string {
  if (text.length <= LONGEST_SHOWN) return text;
  return `${text.slice(0, LONGEST_SHOWN - 1)}…`;
}

/**
 * What a recording keeps of a payload: all of it, or, at detail `flow`, of each part over 1 KB only
 * its size, its digest and the few words that tell a reader what it was. Parts are the top-level
 * values of a field, so `args.instance` folds while `args.host` stays.
 */
import { Measure } from "./digest.js";
import type { Folded } from "./entry.js";
import { surelyWithin } from "./short.js";

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

/** Replaces what is long in one field of an observation. */
export class Folder {
  readonly #measure = new Measure();

  /** `value` itself if nothing in it is long; else a copy with its long parts folded, but for `kept`. */
  field(value: object, kept?: string): unknown {
    if (Array.isArray(value)) return this.#fold(value) ?? value;
    const record = value as Record<string, unknown>;
    let folded: Map<string, Folded> | undefined;
    for (const key in record) {
      if (key === kept) continue;
      const part = this.#fold(record[key]);
      if (part !== undefined) (folded ??= new Map()).set(key, part);
    }
    if (folded === undefined) return record;
    const parts = folded;
    // Entries, not assignment: a key named `__proto__` must stay a key.
    return Object.fromEntries(
      Object.entries(record).map(([key, part]) => [key, parts.get(key) ?? part]),
    );
  }

  /** What is kept of `part`, or undefined if it is short enough to stay. */
  #fold(part: unknown): Folded | undefined {
    if (typeof part === "string") {
      if (part.length <= SURELY_SHORT) return undefined;
    } else if (typeof part !== "object" || part === null) return undefined;
    if (surelyWithin(FOLD_OVER_BYTES, part)) return undefined;
    const bytes = this.#measure.of(part);
    if (bytes <= FOLD_OVER_BYTES) return undefined;
    return { $folded: { bytes, digest: this.#measure.digest, ...telling(part) } };
  }
}

/** An entry as JSON, with a note in place of each field that JSON cannot hold. */
export function encode(entry: Readonly<Record<string, unknown>>): string {
  try {
    return JSON.stringify(entry);
  } catch {
    // A payload that cannot be written must not end the run.
    const fields = Object.entries(entry).map(([key, value]) => [key, writable(value)]);
    return JSON.stringify(Object.fromEntries(fields));
  }
}

function writable(value: unknown): unknown {
  try {
    JSON.stringify(value);
    return value;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { $unrecorded: why.split("\n")[0] };
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

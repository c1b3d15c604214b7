/**
 * How Python 2.7 writes values: `repr`, `str` and `json.dumps`. The clients print all three. A
 * number that JSON carries as a float is known by its key, since JavaScript has one kind only.
 */
import { dictOrder } from "../dict-order.js";
import { PythonTypeError, ValueError } from "../exception.js";
import { isObject } from "../guards.js";
import type { Json, JsonObject } from "../json.js";

/** Members whose numbers are floats on a real cloud. */
const FLOATS: ReadonlySet<string> = new Set(["rxtx_factor", "threshold"]);

/** `1.0`, `0.25`. */
export const float = (value: number): string =>
  Number.isInteger(value) ? `${String(value)}.0` : String(value);

/** `str(value)` of a float: twelve digits at most, as `%s` puts it into a text. */
export const floatStr = (value: number): string => float(Number(value.toPrecision(12)));

/** `str(value)` or `unicode(value)`: a text as it is, anything else as `repr` writes it. */
export const str = (value: Json): string => (typeof value === "string" ? value : repr(value));

/** The member `key` of `thing` as text; empty if it is not there. */
export const textOf = (thing: JsonObject, key: string): string => str(thing[key] ?? "");

/** `text` without halves of characters, which no encoding can carry. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, "\ufffd");

/** What `repr` can write: JSON, and a dictionary that knows the order of its keys. */
type Writable = Json | ReadonlyMap<string, Json>;

/** `repr(value)`: `u'private'`, `None`, `{u'a': [1, True]}`. `prefix` is empty for byte strings. */
export function repr(value: Writable, prefix = "u"): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return `${prefix}${quoted(value)}`;
  if (isOrdered(value)) return dictText([...value], prefix);
  if (isObject(value)) {
    const keys = dictOrder(Object.keys(value));
    return dictText(
      keys.map((key) => [key, value[key] ?? null]),
      prefix,
    );
  }
  return `[${[...value].map((item) => repr(item, prefix)).join(", ")}]`;
}

const isOrdered = (value: Writable): value is ReadonlyMap<string, Json> => value instanceof Map;

function dictText(members: readonly (readonly [string, Json])[], prefix: string): string {
  const texts = members.map(([key, member]) => `${repr(key, prefix)}: ${repr(member, prefix)}`);
  return `{${texts.join(", ")}}`;
}

/** `repr(value)` where texts are byte strings: `'private'`. */
export const bytesRepr = (value: Writable): string => repr(value, "");

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let escaped = "";
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    if (char === quote || char === "\\") escaped += `\\${char}`;
    else if (char === "\n") escaped += "\\n";
    else if (char === "\r") escaped += "\\r";
    else if (char === "\t") escaped += "\\t";
    else if (point < 0x20 || (point > 0x7e && point <= 0xff)) escaped += `\\x${hex(point, 2)}`;
    else if (point > 0xffff) escaped += `\\U${hex(point, 8)}`;
    else if (point > 0xff) escaped += `\\u${hex(point, 4)}`;
    else escaped += char;
  }
  return `${quote}${escaped}${quote}`;
}

/** `json.dumps(value)`: spaces after separators, ASCII only, members in a dictionary's order. */
export function dumps(value: Json): string {
  if (typeof value === "string") return ascii(JSON.stringify(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (!isObject(value)) return `[${value.map(dumps).join(", ")}]`;
  const members = dictOrder(Object.keys(value)).map((key) => {
    const member = value[key] ?? null;
    const text = typeof member === "number" && FLOATS.has(key) ? float(member) : dumps(member);
    return `${ascii(JSON.stringify(key))}: ${text}`;
  });
  return `{${members.join(", ")}}`;
}

/** `json.loads`. @throws TypeError for what is no text, ValueError for what is no JSON */
export function loads(text: unknown): Json {
  if (typeof text !== "string") throw new PythonTypeError("expected string or buffer");
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new ValueError("No JSON object could be decoded");
  }
}

/** `json.dumps(json.loads(text))` for a text that was itself made from a dictionary. */
export const redumped = (value: Json): string => dumps(JSON.parse(dumps(value)) as Json);

const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (unit) =>
    unit === "\u007f" ? unit : `\\u${hex(unit.charCodeAt(0), 4)}`,
  );

const hex = (n: number, digits: number): string => n.toString(16).padStart(digits, "0");

/**
 * `pprint.pformat` of Python 2.7: a value on one line if it fits in 80 columns, else one member a line.
 * Upstream: pprint.py (PrettyPrinter._format).
 */
import { isObject } from "../guards.js";
import type { Json } from "../json.js";
import { repr } from "./text.js";

const WIDTH = 80;

export const pformat = (value: Json): string => format(value, 0, 0);

/** @param allowance how many brackets close behind it */
function format(value: Json, indent: number, allowance: number): string {
  const whole = flat(value);
  if (whole.length <= WIDTH - 1 - indent - allowance) return whole;
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => format(item, indent + 1, allowance + 1));
    return `[${items.join(`,\n${" ".repeat(indent + 1)}`)}]`;
  }
  if (!isObject(value)) return whole;
  const members = Object.keys(value)
    .sort()
    .map((key) => {
      const name = repr(key);
      return `${name}: ${format(value[key] ?? null, indent + name.length + 3, allowance + 1)}`;
    });
  return `{${members.join(`,\n${" ".repeat(indent + 1)}`)}}`;
}

/** `pprint` sorts the keys of dictionaries, which `repr` does not. */
function flat(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(flat).join(", ")}]`;
  if (!isObject(value)) return repr(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${repr(key)}: ${flat(value[key] ?? null)}`);
  return `{${members.join(", ")}}`;
}

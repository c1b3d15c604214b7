/**
 * Values as `neutron` shows them: lists one item a line, dictionaries as JSON, nothing for None.
 * Upstream: neutronclient/neutron/v2_0/__init__.py (format_output_data), utils.get_item_properties.
 */
import { dictOrder, dumps, isObject, str, type Json, type JsonObject } from "../../python/index.js";

/** The members of `thing` in the order of their names. */
export const shownValues = (thing: JsonObject, indent?: number): [string, Json][] =>
  Object.keys(thing)
    .sort()
    .map((name) => [name, shown(thing[name] ?? null, indent)]);

function shown(value: Json, indent: number | undefined): Json {
  if (value === null) return "";
  if (isObject(value)) return indented(value, indent);
  if (!Array.isArray(value)) return value;
  const items = value as readonly Json[];
  return items.map((item) => (isObject(item) ? indented(item, indent) : str(item))).join("\n");
}

/** `json.dumps(value, indent=5)` has a blank behind each comma, at the ends of lines. */
function indented(value: Json, indent: number | undefined, depth = 1): string {
  if (indent === undefined || value === null || typeof value !== "object") return dumps(value);
  const member = (key: string, inner: Json): string =>
    `${dumps(key)}: ${indented(inner, indent, depth + 1)}`;
  const members = isObject(value)
    ? dictOrder(Object.keys(value)).map((key) => member(key, value[key] ?? null))
    : value.map((item) => indented(item, indent, depth + 1));
  const [open, close] = isObject(value) ? ["{", "}"] : ["[", "]"];
  if (members.length === 0) return open + close;
  const margin = `\n${" ".repeat(indent * depth)}`;
  const end = `\n${" ".repeat(indent * (depth - 1))}`;
  return `${open}${margin}${members.join(`, ${margin}`)}${end}${close}`;
}

/** Each item of a list as JSON, one a line; nothing if it is no list. */
export function jsonLines(value: Json | undefined): string {
  return Array.isArray(value) ? (value as readonly Json[]).map(dumps).join("\n") : "";
}

/** Tables as `keystone` prints them: sorted, with nothing for None. Upstream: keystoneclient/utils.py. */
import { str, type Json, type JsonObject } from "../../python/index.js";
import type { Console } from "../shell/console.js";
import { table } from "../openstack/table.js";

/** A table of things, sorted by `orderBy`; an empty line if there are none. */
export function printList(
  console: Console,
  things: readonly JsonObject[],
  fields: readonly string[],
  orderBy = fields[0] ?? "",
): void {
  const rows = things.map((thing) => fields.map((field) => thing[field] ?? ""));
  console.write(rows.length === 0 ? "\n" : table(fields, rows, fields.indexOf(orderBy)));
}

/** A table of the members of one thing, in lines of `wrap` characters unless that is 0. */
export function printDict(console: Console, thing: JsonObject, wrap = 0): void {
  const rows = Object.entries(thing).map(([name, value]): Json[] => [name, wrapped(value, wrap)]);
  console.write(rows.length === 0 ? "\n" : table(["Property", "Value"], rows, 0));
}

function wrapped(value: Json, width: number): Json {
  if (value === null) return "";
  if (width <= 0) return value;
  const letters = Array.from(str(value));
  const lines: string[] = [];
  for (let at = 0; at < letters.length; at += width) {
    lines.push(letters.slice(at, at + width).join(""));
  }
  return lines.join("\n");
}

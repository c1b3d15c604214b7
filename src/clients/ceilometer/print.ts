/**
 * Tables as `ceilometer` prints them: None is None, a number that JSON carries as a float has its point. Upstream:
 * ceilometerclient/common/utils.py (print_list, print_dict, format_nested_list_of_dict), 1.0.12.
 */
import {
  floatStr,
  isObject,
  repr,
  str,
  wrapped,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { table } from "../openstack/table.js";
import type { Console } from "../shell/console.js";

/** Members whose numbers are floats. */
const FLOATS: ReadonlySet<string> = new Set([
  "threshold",
  "volume",
  "counter_volume",
  "min",
  "max",
  "avg",
  "sum",
  "duration",
  "stddev",
]);

/** `str(value)` of the member `key`. */
export const shown = (key: string, value: Json): string =>
  typeof value === "number" && (FLOATS.has(key) || key.startsWith("cardinality"))
    ? floatStr(value)
    : str(value);

export interface Column {
  /** The member that it shows. */
  readonly key: string;
  readonly label: string;
  readonly format?: (thing: JsonObject) => string;
}

/** @param sortBy the column by which rows are sorted, if they are */
export function printList(
  console: Console,
  things: readonly JsonObject[],
  columns: readonly Column[],
  sortBy?: number,
): void {
  const rows = things.map((thing) =>
    columns.map(
      ({ key, format }) => format?.(thing) ?? shown(key, thing[key] ?? (key in thing ? null : "")),
    ),
  );
  console.write(
    table(
      columns.map(({ label }) => label),
      rows,
      sortBy,
    ),
  );
}

const WIDTH = 72;

/** One thing, by the names of its properties; `\n` in a value begins another row. */
export function printProperties(console: Console, properties: JsonObject): void {
  const rows: Json[][] = [];
  for (const key of Object.keys(properties).sort()) {
    const value = properties[key] ?? null;
    const text = isObject(value) ? repr(value) : shown(key, value);
    const filled = text.trim() === "" ? "" : wrapped(text, WIDTH).join("\n");
    const lines = filled.includes("\\n") ? filled.trim().split("\\n") : [filled];
    lines.forEach((line, at) => rows.push([at === 0 ? key : "", line]));
  }
  console.write(table(["Property", "Value"], rows));
}

/** A table in the cell of a table. */
export function nestedTable(things: Json, keys: readonly string[]): string {
  const list = Array.isArray(things) ? (things as readonly Json[]).filter(isObject) : [];
  const rows = list.map((thing) => keys.map((key) => str(thing[key] ?? null)));
  return table(keys, rows).replace(/\n$/, "");
}

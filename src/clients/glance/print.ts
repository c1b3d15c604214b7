/**
 * Tables and sizes as `glance` prints them: no sorting of lists, long values in lines of at most 80.
 * Upstream: glanceclient/common/utils.py (print_list, print_dict, make_size_human_readable), 0.14.1.
 */
import { dumps, isObject, str, type Json, type JsonObject } from "../../python/index.js";
import { table } from "../openstack/table.js";
import { filled } from "../openstack/text-wrap.js";
import type { Console } from "../shell/console.js";

/** What is empty, 0 or False is shown as nothing. */
export function printList(
  console: Console,
  things: readonly JsonObject[],
  headers: readonly string[],
): void {
  const keys = headers.map((header) => header.toLowerCase().replaceAll(" ", "_"));
  const rows = things.map((thing) => keys.map((key) => orNothing(thing[key])));
  console.write(table(headers, rows));
}

function orNothing(value: Json | undefined): Json {
  if (value === undefined || value === null || value === false || value === 0) return "";
  if (Array.isArray(value)) return value.length === 0 ? "" : str(value as Json);
  return value;
}

/** An image of version 2, without what leads to it. `width` 0 is none. */
export function printImageV2(console: Console, image: JsonObject, width = 80): void {
  const hidden = ["self", "access", "file", "schema"];
  const shown = Object.entries(image).filter(([key]) => !hidden.includes(key));
  printImage(console, Object.fromEntries(shown), { width });
}

/** One image, with its properties among the rest. `width` 0 is none. */
export function printImage(
  console: Console,
  { properties, ...image }: JsonObject,
  { human = false, width = 80 }: { human?: boolean; width?: number } = {},
): void {
  const rows = Object.entries(image).map(([key, value]): [string, Json] => [
    key,
    human && key === "size" ? humanSize(value) : value,
  ]);
  for (const [key, value] of Object.entries(isObject(properties) ? properties : {})) {
    rows.push([`Property '${key}'`, value]);
  }
  const cells = rows.map((row) => row.map((value) => cell(value, width)));
  console.write(table(["Property", "Value"], cells, 0));
}

function cell(value: Json, width: number): string {
  const text = value !== null && typeof value === "object" ? dumps(value) : str(value);
  if (width <= 0) return text;
  const lines = text.split("\n").flatMap((line) => filled(line, width));
  const long = text.split("\n").some((line) => line.length > width);
  // The column is as wide as it may be, even if no line of it is.
  return (long ? [(lines[0] ?? "").padEnd(width), ...lines.slice(1)] : lines).join("\n");
}

/** `13MB`, `1.5kB`. */
export function humanSize(size: Json): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB"];
  let amount = typeof size === "number" ? size : 0;
  let unit = 0;
  while (amount >= 1024) {
    amount /= 1024;
    unit++;
  }
  const text = amount.toFixed(1).replace(/0+$/u, "").replace(/\.$/u, "");
  return `${text}${units[unit] ?? ""}`;
}

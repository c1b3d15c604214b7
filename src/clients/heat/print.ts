/**
 * Tables as `heat` prints them, and what stands in their cells. Upstream: heatclient/common/utils.py,
 * heatclient/openstack/common/cliutils.py (print_list), 0.2.12.
 */
import {
  indented,
  isObject,
  str,
  wrapped,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { table } from "../openstack/table.js";
import type { Console } from "../shell/console.js";

type Formatter = (value: Json) => string;

const WIDTH = 55;

/** `json_formatter`. */
export const asJson: Formatter = (value) => indented(value, 2, { ascii: false });

/** `text_wrap_formatter`. */
export const asText: Formatter = (value) =>
  wrapped(value === null ? "" : str(value), WIDTH).join("\n");

/** `link_formatter`. */
export const asLinks: Formatter = (links) =>
  Array.isArray(links)
    ? (links as readonly Json[])
        .filter(isObject)
        .map(({ href = "", rel }) => (rel === undefined ? str(href) : `${str(href)} (${str(rel)})`))
        .join("\n")
    : "";

/** `newline_list_formatter`. */
export const asLines: Formatter = (values) =>
  Array.isArray(values) ? (values as readonly Json[]).map(str).join("\n") : "";

/** `print_dict`: by the names of the properties. */
export function printDict(
  console: Console,
  thing: JsonObject,
  formatters: Readonly<Record<string, Formatter>>,
): void {
  const rows = Object.entries(thing).map(([name, value]) => [
    name,
    Object.hasOwn(formatters, name) ? (formatters[name]?.(value) ?? "") : value,
  ]);
  console.write(table(["Property", "Value"], rows, 0));
}

/** `print_list`: nothing where a thing has no such field. */
export function printList(
  console: Console,
  things: readonly JsonObject[],
  fields: readonly string[],
  sortBy?: number,
): void {
  const rows = things.map((thing) =>
    fields.map((field) => (Object.hasOwn(thing, field) ? (thing[field] ?? null) : "")),
  );
  console.write(table(fields, rows, sortBy));
}

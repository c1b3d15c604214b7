/**
 * Tables as `cinder` prints them: None is None, a dictionary is Python's. Upstream:
 * cinderclient/utils.py (print_list, print_dict), 1.1.1.
 */
import { str, type JsonObject } from "../../python/index.js";
import { table } from "../openstack/table.js";
import type { Console } from "../shell/console.js";

/** Each column the member that its header names, in the order of the first column. */
export function printList(
  console: Console,
  things: readonly JsonObject[],
  headers: readonly string[],
): void {
  const keys = headers.map((header) => header.toLowerCase().replaceAll(" ", "_"));
  const rows = things.map((thing) => keys.map((key) => thing[key] ?? (key in thing ? null : "")));
  console.write(table(headers, rows, 0));
}

/** One thing, by the names of its properties. */
export function printProperties(
  console: Console,
  properties: JsonObject,
  header = "Property",
): void {
  const rows = Object.entries(properties).map(([key, value]) => [key, str(value)]);
  console.write(table([header, "Value"], rows, 0));
}

/** One thing, but for the links to it. */
export function printInfo(console: Console, { links: _links, ...info }: JsonObject): void {
  printProperties(console, info);
}

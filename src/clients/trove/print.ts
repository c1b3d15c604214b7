/**
 * What `trove` prints: tables, or with --json the things as they came. Upstream: troveclient/utils.py
 * (print_list, print_dict), troveclient/v1/shell.py (_print_instance, _print_object) of 1.0.7.
 */
import { isObject, str, textOf, type Json, type JsonObject } from "../../python/index.js";
import { table } from "../openstack/table.js";
import type { Console } from "../shell/console.js";
import type { TroveSession } from "./session.js";

export interface ListOptions {
  readonly orderBy?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A field's heading: `id` is ID wherever it stands in a word. */
function labelOf(field: string): string {
  const label = field.replaceAll("_", " ").replaceAll("id", "ID");
  if (label.length < 3) return label.toUpperCase();
  return label
    .split(" ")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Columns of numbers, as the first row has them, stand at the right. */
export function printList(
  { json }: TroveSession,
  console: Console,
  things: readonly JsonObject[],
  fields: readonly string[],
  { orderBy, labels = {} }: ListOptions = {},
): void {
  if (json) {
    printJson(console, [...things]);
    return;
  }
  const headers = fields.map((field) => labels[field] ?? labelOf(field));
  const rows = things.map((thing) =>
    fields.map((field) => (field in thing ? (thing[field] ?? null) : "")),
  );
  const by = Math.max(0, fields.indexOf(orderBy ?? fields[0] ?? ""));
  const numbers = fields.flatMap((_field, at) => (isNumber(rows[0]?.[at] ?? null) ? [at] : []));
  const sorted = rows.toSorted((a, b) => compared([a[by] ?? null, ...a], [b[by] ?? null, ...b]));
  console.write(table(headers, sorted, undefined, { right: new Set(numbers) }));
}

const isNumber = (value: Json): boolean => typeof value === "number" || typeof value === "boolean";

/** As Python compares lists: None, then numbers, then texts. */
function compared(a: readonly Json[], b: readonly Json[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at] ?? null;
    const [rank, otherRank] = [rankOf(one), rankOf(other)];
    if (rank !== otherRank) return rank - otherRank;
    if (rank === 1 && Number(one) !== Number(other)) return Number(one) - Number(other);
    if (rank > 1 && str(one) !== str(other)) return str(one) < str(other) ? -1 : 1;
  }
  return 0;
}

const rankOf = (value: Json): number => (value === null ? 0 : isNumber(value) ? 1 : 2);

export function printProperties(
  { json }: TroveSession,
  console: Console,
  properties: JsonObject,
): void {
  if (json) printJson(console, properties);
  else {
    const rows = Object.keys(properties)
      .sort()
      .map((name) => [name, properties[name] ?? null]);
    console.write(table(["Property", "Value"], rows));
  }
}

/** A thing without its links. */
export function printThing(session: TroveSession, console: Console, thing: JsonObject): void {
  const { links, ...rest } = thing;
  printProperties(session, console, links === undefined || isEmpty(links) ? thing : rest);
}

const isEmpty = (links: Json): boolean => Array.isArray(links) && links.length === 0;

/** An instance or a cluster, with what it refers to as one word. */
export function printInstance(session: TroveSession, console: Console, thing: JsonObject): void {
  const { links: _links, ...info } = thing;
  const { flavor, volume, ip, datastore, configuration, replica_of, replicas } = info;
  const idOf = (value: Json | undefined): Json => (isObject(value) ? (value["id"] ?? null) : null);
  printProperties(session, console, {
    ...info,
    flavor: idOf(flavor),
    ...(isObject(volume) && {
      volume: volume["size"] ?? null,
      ...("used" in volume && { volume_used: volume["used"] ?? null }),
    }),
    ...(Array.isArray(ip) && { ip: (ip as readonly Json[]).map(str).join(", ") }),
    ...(isObject(datastore) && {
      datastore: datastore["type"] ?? null,
      datastore_version: datastore["version"] ?? null,
    }),
    ...(configuration !== undefined && { configuration: idOf(configuration) }),
    ...(replica_of !== undefined && { replica_of: idOf(replica_of) }),
    ...(Array.isArray(replicas) && {
      replicas: (replicas as readonly Json[])
        .filter(isObject)
        .map((replica) => textOf(replica, "id"))
        .join(", "),
    }),
  });
}

function printJson(console: Console, things: Json): void {
  console.write(`${JSON.stringify(things, null, 2)}\n`);
}

/** The query of a list request: which objects, and which of their members. Upstream: api/api_common.py. */
import type { Query } from "../../../http/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { InvalidInput } from "../errors.js";
import { fixedIpFilters, type Filters } from "../plugin/port-query.js";
import type { Attributes } from "./attributes.js";

/** Not filters. Neither pages nor sorting are on by default (`allow_pagination`, `allow_sorting`). */
const RESERVED = ["fields", "limit", "marker", "page_reverse", "sort_key", "sort_dir"];

export function filtersOf(query: Query): Filters {
  const names = query.names().filter((name) => !RESERVED.includes(name));
  return new Map(
    names.map((name) => [name, query.getAll(name).filter((value) => value !== "")] as const),
  );
}

/** Whether `object` has, for each filter, one of its values. Names that it does not have say nothing. */
export function passes(object: JsonObject, filters: Filters, attributes: Attributes): boolean {
  for (const [name, values] of filters) {
    if (values.length === 0) continue;
    if (name === "fixed_ips") {
      if (!passesFixedIps(object, filters)) return false;
      continue;
    }
    const member = object[name];
    if (member === undefined || Array.isArray(member)) continue;
    const boolean = attributes[name]?.type === "boolean";
    const wanted = boolean ? values.map((value) => String(toBoolean(value))) : values;
    if (!wanted.includes(text(member))) return false;
  }
  return true;
}

/** Only the members that were asked for, or all. */
export function select(object: JsonObject, fields: readonly string[]): JsonObject {
  if (fields.length === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => fields.includes(name)));
}

/** @throws InvalidInput */
export function toBoolean(value: Json): boolean {
  if (typeof value === "boolean") return value;
  const word = text(value).toLowerCase();
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  throw new InvalidInput({ error_message: `'${text(value)}' cannot be converted to boolean` });
}

function passesFixedIps(object: JsonObject, filters: Filters): boolean {
  const { addresses, subnets } = fixedIpFilters(filters);
  const ips = (object["fixed_ips"] ?? []) as readonly JsonObject[];
  const has = (key: string, wanted: readonly string[]): boolean =>
    wanted.length === 0 || ips.some((ip) => wanted.includes(ip[key] as string));
  return has("ip_address", addresses) && has("subnet_id", subnets);
}

const text = (value: Json): string => (typeof value === "string" ? value : JSON.stringify(value));

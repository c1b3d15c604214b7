/**
 * The query of a list request: which objects, and which of their members. A name filters if the
 * table has a column of it, whatever the API shows; several values are alternatives. Upstream:
 * api/api_common.py (get_filters), db/common_db_mixin.py (_apply_filters_to_query).
 */
import type { Query } from "../../../http/index.js";
import { NotImplementedException, type Json, type JsonObject } from "../../../python/index.js";
import { fixedIpFilters, type Filters, type FilterValues } from "../plugin/ports/port-query.js";
import { attributeOf, type Attributes } from "./attributes/index.js";
import type { Resource } from "./resource.js";

/** Not filters. */
const RESERVED = ["fields", "sort_key", "sort_dir", "limit", "marker", "page_reverse"];

/** @throws InvalidInput and what other conversions raise */
export function filtersOf(query: Query, attributes: Attributes): Filters {
  const filters = new Map<string, FilterValues>();
  for (const name of query.names()) {
    if (RESERVED.includes(name)) continue;
    const values = query.getAll(name).filter((value) => value !== "");
    const { convert, convertList } = attributeOf(attributes, name) ?? {};
    if (convertList !== undefined) {
      const pairs = convertList(values);
      if (Object.keys(pairs).length > 0) filters.set(name, pairs);
    } else if (values.length > 0) {
      filters.set(name, convert === undefined ? values : values.map((value) => convert(value)));
    }
  }
  return filters;
}

/** Whether `object` has, for each filter, one of its values. @throws NotImplementedException */
export function passes(object: JsonObject, filters: Filters, resource: Resource): boolean {
  for (const [name, wanted] of filters) {
    if (name === "fixed_ips" && resource.member === "port") {
      if (!passesFixedIps(object, filters)) return false;
    } else if (name === "router:external" && resource.member === "network") {
      if (object[name] !== (wanted as readonly Json[])[0]) return false;
    } else if (resource.columns.includes(name) || isHost(name, resource)) {
      if (!isList(wanted) || !wanted.some((value) => isValue(object[name], value))) return false;
    }
  }
  return true;
}

/** A port's host is a column of another table, which the query joins. */
const isHost = (name: string, { member }: Resource): boolean =>
  name === "binding:host_id" && member === "port";

/** SQLAlchemy looks for no values in what is rows of another table. @throws NotImplementedException */
export function refuseRelations(filters: Filters, { relations = [] }: Resource): void {
  if (!relations.some((name) => filters.has(name))) return;
  throw new NotImplementedException(
    "in_() not yet supported for relationships.  For a simple many-to-one, use in_() against the set of foreign key values.",
  );
}

/** Only the members that were asked for, or all. */
export function select(object: JsonObject, fields: readonly string[]): JsonObject {
  if (fields.length === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => fields.includes(name)));
}

/** All but these members. */
export const without = (object: JsonObject, hidden: readonly string[]): JsonObject =>
  hidden.length === 0
    ? object
    : Object.fromEntries(Object.entries(object).filter(([name]) => !hidden.includes(name)));

/** The fields that are asked for; empty ones do not count. */
export const fieldsOf = (query: Query): string[] =>
  query.getAll("fields").filter((field) => field !== "");

/** Both conditions are about the same address. */
function passesFixedIps(object: JsonObject, filters: Filters): boolean {
  const { addresses, subnets } = fixedIpFilters(filters);
  if (addresses.length === 0 && subnets.length === 0) return true;
  const ips = (object["fixed_ips"] ?? []) as readonly JsonObject[];
  const has = (wanted: readonly string[], value: Json | undefined): boolean =>
    wanted.length === 0 || wanted.includes(value as string);
  return ips.some((ip) => has(addresses, ip["ip_address"]) && has(subnets, ip["subnet_id"]));
}

const isList = (values: FilterValues): values is readonly Json[] => Array.isArray(values);

/** As `IN (...)` compares: NULL is nothing's equal. */
const isValue = (member: Json | undefined, wanted: Json): boolean =>
  member !== null && wanted !== null && member !== undefined && same(member, wanted);

const same = (member: Json, wanted: Json): boolean =>
  member === wanted || (typeof member === "number" && String(member) === wanted);

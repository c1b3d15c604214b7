/**
 * Lists of v3: which filters a query can name, exactly or by `name__contains` and its like, what the
 * database does of them, where a list is cut, and what is left to do afterwards. What the database
 * cannot do comes after the cut. Upstream: keystone/common/controller.py (build_driver_hints,
 * wrap_collection, filter_by_attributes), keystone/common/sql/core.py at 2014.2.
 */
import { sameText } from "../../../framework/index.js";
import {
  AttributeError,
  type Json,
  type JsonObject,
  boolFromString,
  contains,
  isObject,
  str,
  strictBoolean,
} from "../../../python/index.js";
import type { HttpResponse, Query } from "../../../http/index.js";
import { rendered, type V3Call } from "../web/v3-action.js";

interface Filter {
  readonly name: string;
  readonly value: string;
  readonly comparator: string;
  readonly caseSensitive: boolean;
}

export interface ListOptions {
  /** `users`. */
  readonly collection: string;
  /** What a query can filter by. */
  readonly filters: readonly string[];
  /** Those that the database can do; without it, it does none. */
  readonly columns?: readonly string[];
  /** Members at most; 0: any number. */
  readonly limit?: number;
  /**
   * Who cuts it: the database; one that tells nobody, as that of regions; or, where the database does
   * neither, the API when all filters are done.
   */
  readonly cut?: "database" | "silently" | "afterwards";
}

/** The answer of a list. `wrap` adds a member's links. */
export function listed(
  call: V3Call,
  dicts: readonly JsonObject[],
  options: ListOptions,
  wrap: (dict: JsonObject) => JsonObject,
): HttpResponse {
  const filters = filtersIn(call.request.query, options.filters);
  const { columns = [], limit = 0, cut = "database" } = options;
  const byDatabase = filters.filter((filter) => isForDatabase(filter, columns));
  const afterwards = filters.filter((filter) => !isForDatabase(filter, columns));
  const found = dicts.filter((dict) => byDatabase.every((filter) => inDatabase(dict, filter)));
  const most = limit > 0 ? limit : Infinity;
  // What the driver of regions has not filtered it does not cut either.
  const whole = cut === "afterwards" || (cut === "silently" && afterwards.length > 0);
  const first = whole ? found : found.slice(0, most);
  const kept = first.filter((dict) => afterwards.every((filter) => inPython(dict, filter)));
  const truncated = cut === "database" ? first.length < found.length : kept.length > most;
  return rendered(call, {
    [options.collection]: kept.slice(0, most).map(wrap),
    links: { next: null, self: fullUrl(call), previous: null },
    ...(truncated && { truncated }),
  });
}

/** The URL of the request, as a list's link to itself. */
const fullUrl = ({ base, request: { path, query } }: V3Call): string =>
  `${base}${path}${query.toString()}`;

/** A member with its link. */
export const linked = (base: string, collection: string, dict: JsonObject): JsonObject => ({
  ...dict,
  links: { self: `${base}/v3/${collection}/${str(dict["id"] ?? null)}` },
});

function filtersIn(query: Query, known: readonly string[]): Filter[] {
  return query.names().flatMap((key): Filter[] => {
    const value = query.get(key) ?? "";
    if (known.includes(key))
      return [{ name: key, value, comparator: "equals", caseSensitive: true }];
    return known
      .filter((name) => key.startsWith(`${name}__`))
      .map(() => {
        const at = key.indexOf("__");
        const said = key.slice(at + 2);
        const caseSensitive = !said.startsWith("i");
        const comparator = caseSensitive ? said : said.slice(1);
        return { name: key.slice(0, at), value, comparator, caseSensitive };
      });
  });
}

const INEXACT: readonly string[] = ["contains", "startswith", "endswith"];

const isForDatabase = (filter: Filter, columns: readonly string[]): boolean =>
  columns.includes(filter.name) &&
  (filter.comparator === "equals" ||
    (!filter.caseSensitive && INEXACT.includes(filter.comparator)));

/** What SQL makes of a filter: without case, and with `%` and `_` for anything. */
function inDatabase(dict: JsonObject, { name, value, comparator }: Filter): boolean {
  const held = dict[name] ?? null;
  if (comparator === "equals") {
    if (typeof held === "boolean") return held === attributeAsBoolean(value);
    return typeof held === "string" && sameText(held, value);
  }
  if (held === null) return false;
  const text = typeof held === "boolean" ? String(Number(held)) : str(held);
  const before = comparator === "startswith" ? "" : "%";
  const after = comparator === "endswith" ? "" : "%";
  return like(`${before}${value}${after}`, text);
}

/** SQL's LIKE. */
function like(pattern: string, text: string): boolean {
  const source = pattern.replace(/\\?[^]/gu, (part) => {
    if (part === "%") return "[^]*";
    if (part === "_") return "[^]";
    const plain = part.length > 1 ? part.slice(1) : part;
    return plain.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${source}$`, "iu").test(text);
}

function inPython(dict: JsonObject, filter: Filter): boolean {
  const { name, value, comparator, caseSensitive } = filter;
  if (comparator === "equals") {
    const held = flattened(dict)[name] ?? null;
    return typeof held === "boolean" ? held === attributeAsBoolean(value) : held === value;
  }
  if (!Object.hasOwn(dict, name)) return false;
  const held = caseSensitive ? (dict[name] ?? null) : lowered(dict[name] ?? null);
  const wanted = caseSensitive ? value : value.toLowerCase();
  switch (comparator) {
    case "contains":
      return contains(held, wanted);
    case "startswith":
      return asText(held, "startswith").startsWith(wanted);
    case "endswith":
      return asText(held, "endswith").endsWith(wanted);
    default:
      return true;
  }
}

const lowered = (value: Json): string => asText(value, "lower").toLowerCase();

function asText(value: Json, method: string): string {
  if (typeof value === "string") return value;
  throw new AttributeError(`object has no attribute '${method}'`);
}

/** `{"scope": {"project": {"id": x}}}` with the key `scope.project.id`. */
function flattened(dict: JsonObject, parent = ""): Record<string, Json> {
  const flat: Record<string, Json> = {};
  for (const [key, value] of Object.entries(dict)) {
    const name = parent === "" ? key : `${parent}.${key}`;
    if (isObject(value)) Object.assign(flat, flattened(value, name));
    else flat[name] = value ?? null;
  }
  return flat;
}

/** Only what clearly says no is a no. Upstream: keystone/common/utils.py (attr_as_boolean). */
const attributeAsBoolean = (text: string): boolean =>
  strictBoolean(text) === undefined ? true : boolFromString(text);

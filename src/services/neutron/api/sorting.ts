/**
 * Order and pages of a list, as the database makes them when they are allowed: by the keys that are
 * asked for and then by id, with a limit from a marker on, and links to the neighbours. Upstream:
 * api/api_common.py (SortingNativeHelper, PaginationNativeHelper), db/sqlalchemyutils.py (paginate_query).
 */
import { HttpFault, Query } from "../../../http/index.js";
import { parseInteger, repr, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { BadRequest } from "../errors.js";
import type { Resource } from "./resource.js";

export interface Paging {
  /** Whether clients may ask for pages, and for an order (`allow_pagination`, `allow_sorting`). */
  readonly pages: boolean;
  readonly sorts: boolean;
  /** `pagination_max_limit`; -1 for any. */
  readonly most: number;
}

interface Sort {
  readonly key: string;
  readonly ascending: boolean;
}

/** What a request says of order and pages. */
export interface Page {
  readonly sorts: readonly Sort[];
  /** Undefined: everything. */
  readonly limit: number | undefined;
  readonly marker: string | undefined;
  readonly reverse: boolean;
}

/** @throws HttpFault, BadRequest */
export function pageOf(query: Query, resource: Resource, { pages, sorts, most }: Paging): Page {
  const keys = pages || sorts ? sortsOf(query, resource) : [];
  if (!pages) return { sorts: keys, limit: undefined, marker: undefined, reverse: false };
  const asked = limitOf(query);
  const limit = most > 0 ? Math.min(most, asked) || most : asked;
  const byId = keys.some(({ key }) => key === "id")
    ? keys
    : [...keys, { key: "id", ascending: true }];
  return {
    sorts: byId,
    limit: limit === 0 ? undefined : limit,
    marker: limit === 0 ? undefined : query.get("marker") || undefined,
    reverse: (query.get("page_reverse") ?? "").toLowerCase() === "true",
  };
}

/** `objects` in order and cut. `marker` is the object that the page begins behind. */
export function paged(
  objects: readonly JsonObject[],
  resource: Resource,
  { sorts, limit, reverse }: Page,
  marker: JsonObject | undefined,
): JsonObject[] {
  for (const { key } of sorts) checkKey(key, resource);
  if (sorts.length === 0) return [...objects];
  const back = limit !== undefined && reverse;
  const order = back ? sorts.map(({ key, ascending }) => ({ key, ascending: !ascending })) : sorts;
  const sorted = objects
    .filter((object) => marker === undefined || compare(order, object, marker) > 0)
    .sort((a, b) => compare(order, a, b));
  const cut = limit === undefined ? sorted : sorted.slice(0, limit);
  return back ? cut.reverse() : cut;
}

/** @param url that the list was asked for at */
export function linksOf(
  url: string,
  query: Query,
  { limit, reverse }: Page,
  shown: readonly JsonObject[],
): JsonObject[] | undefined {
  if (limit === undefined) return undefined;
  const others = query
    .names()
    .filter((name) => name !== "marker" && name !== "page_reverse")
    .flatMap((name) => query.getAll(name).map((value): Pair => [name, value]));
  const href = (object: JsonObject | undefined, more: readonly Pair[]): string => {
    const marker: Pair[] = object === undefined ? [] : [["marker", textOf(object, "id")]];
    return `${url}${new Query([...others, ...marker, ...more]).toString()}`;
  };
  const full = shown.length >= limit;
  return [
    ...(full || reverse ? [{ rel: "next", href: href(shown.at(-1), []) }] : []),
    ...(full || !reverse
      ? [{ rel: "previous", href: href(shown[0], [["page_reverse", "True"]]) }]
      : []),
  ];
}

type Pair = readonly [name: string, value: string];

/** @throws BadRequest, whose text has a place that nothing was put into */
function limitOf(query: Query): number {
  const limit = parseInteger(query.get("limit") ?? "0");
  if (limit !== undefined && limit >= 0) return limit;
  const msg = "Limit must be an integer 0 or greater and not '%d'";
  throw new BadRequest({ resource: "limit", msg });
}

/** @throws HttpFault 400 */
function sortsOf(query: Query, { attributes }: Resource): Sort[] {
  const [keys, directions] = ["sort_key", "sort_dir"].map((name) =>
    query.getAll(name).filter((value) => value !== ""),
  ) as [string[], string[]];
  if (keys.length !== directions.length) {
    throw new HttpFault(400, "The number of sort_keys and sort_dirs must be same");
  }
  const unknown = keys.filter((key) => !Object.hasOwn(attributes, key));
  if (unknown.length > 0) {
    throw new HttpFault(400, `${repr(unknown)} is invalid attribute for sort_keys`);
  }
  const wrong = directions.filter((direction) => direction !== "asc" && direction !== "desc");
  if (wrong.length > 0) {
    const valid = "valid value is 'asc' and 'desc'";
    throw new HttpFault(400, `${repr(wrong)} is invalid value for sort_dirs, ${valid}`);
  }
  return keys.map((key, i) => ({ key, ascending: directions[i] === "asc" }));
}

/** Only a column of the table itself is sorted by. @throws BadRequest */
function checkKey(key: string, { columns, relations = [], table }: Resource): void {
  if (relations.includes(key)) {
    const msg = `The attribute '${key}' is reference to other resource, can't used by sort '${table}'`;
    throw new BadRequest({ resource: table, msg });
  }
  if (columns.includes(key)) return;
  throw new BadRequest({ resource: table, msg: `${key} is invalid attribute for sort_key` });
}

function compare(sorts: readonly Sort[], a: JsonObject, b: JsonObject): number {
  for (const { key, ascending } of sorts) {
    const difference = compareValues(a[key] ?? null, b[key] ?? null);
    if (difference !== 0) return ascending ? difference : -difference;
  }
  return 0;
}

/** NULL is before everything. */
function compareValues(a: Json, b: Json): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

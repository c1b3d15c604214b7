/** Links to stacks and what is below them. Upstream: heat/api/openstack/v1/util.py (make_url, make_link). */
import type { HttpRequest } from "../../../http/index.js";
import { Query } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import { stackIdentity, urlPath, type StackIdentity } from "../identifier.js";
import type { HeatApp } from "./app.js";

export const urlOf = ({ base }: HeatApp, identity: StackIdentity): string =>
  `${base}/v1/${urlPath(identity)}`;

export const linkTo = (app: HeatApp, identity: StackIdentity, rel = "self"): JsonObject => ({
  href: urlOf(app, identity),
  rel,
});

/** An identity as the engine sends it. */
export function identityOf(value: Json): StackIdentity {
  const given = isObject(value) ? value : {};
  const text = (key: string): string => (typeof given[key] === "string" ? given[key] : "");
  return stackIdentity(text("tenant"), text("stack_name"), text("stack_id"), text("path"));
}

/** What of a query is handed on, where it says something: one value, or all that there are. */
export function allowedParams(
  query: Query,
  single: readonly string[],
  multi: readonly string[] = [],
): JsonObject {
  return Object.fromEntries([
    ...single.flatMap((name): [string, Json][] => {
      const value = query.get(name);
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
    ...multi.flatMap((name): [string, Json][] => {
      const values = query.getAll(name);
      return values.length === 0 ? [] : [[name, values]];
    }),
  ]);
}

/** Filters: one value as it is, several as a list; null where there is none. */
export function filterParams(query: Query, names: readonly string[]): JsonObject | null {
  const filters = names.flatMap((name): [string, Json][] => {
    const values = query.getAll(name);
    const [value = ""] = values;
    if (values.length > 1) return [[name, values]];
    return value === "" ? [] : [[name, value]];
  });
  return filters.length === 0 ? null : Object.fromEntries(filters);
}

/** The link to the next page, if this one is as long as it may be. */
export function nextLink(
  app: HeatApp,
  { path, query }: HttpRequest,
  items: readonly JsonObject[],
): JsonObject[] {
  const limit = Number(query.get("limit") ?? 0);
  const { id: marker } = items.at(-1) ?? {};
  if (!(limit > 0) || limit !== items.length || typeof marker !== "string") return [];
  const others = query.pairs.filter(([name]) => name !== "marker");
  const next = new Query([...others, ["marker", marker]]).toString();
  return [{ rel: "next", href: `${app.base}${path}${next}` }];
}

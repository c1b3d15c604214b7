/**
 * Flavors, as users see them. Upstream: nova/api/openstack/compute/flavors.py at 2014.2; nova §5.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, type Query, respond } from "../../../../../http/index.js";
import { done } from "../../../../../kernel/index.js";
import { strictBoolean, type JsonObject } from "../../../../../python/index.js";
import { flavorByFlavorId, flavors, flavorProjects } from "../../../db/flavors.js";
import { FlavorNotFound, InvalidInput, InvalidSortKey } from "../../../exception.js";
import type { Flavor, FlavorFields } from "../../../objects/flavor.js";
import type { NovaApp } from "../../app.js";
import { badRequest, pageOf } from "../../input.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { briefFlavor, fullFlavor } from "../../views/flavor-view.js";
import { nextLinks } from "../../views/links.js";

export const flavorRoutes: readonly NovaRoute[] = [
  route("GET", "/flavors", null, (call) => done(list(call, briefFlavor))),
  route("GET", "/flavors/detail", null, (call) => done(list(call, fullFlavor))),
  route("GET", "/flavors/{id}", null, function* ({ app, ctxt, params: { id } }) {
    // Deleted ones are found as well: servers may still name them.
    return respond(200, { flavor: fullFlavor(app, ctxt, findFlavor(app, ctxt, id, true)) });
  }),
];

/** @throws HttpFault 404 */
export function findFlavor(
  { db, store }: NovaApp,
  ctxt: RequestContext,
  id: string,
  readDeleted = false,
): Flavor {
  try {
    return flavorByFlavorId(db, store, ctxt, id, readDeleted);
  } catch (error) {
    if (error instanceof FlavorNotFound) throw new HttpFault(404, error.message);
    throw error;
  }
}

type View = (app: NovaApp, ctxt: RequestContext, flavor: FlavorFields) => JsonObject;

function list({ app, ctxt, request }: NovaCall, view: View) {
  const { query, path } = request;
  const { limit, marker } = pageOf(query, app.flags.osapi_max_limit);
  const all = flavors(app.db, app.store, ctxt)
    .filter(publicity(app, ctxt, query))
    .filter((flavor) => ctxt.is_admin || !flavor.disabled)
    .filter(atLeast(query, "minRam", "memory_mb"))
    .filter(atLeast(query, "minDisk", "root_gb"))
    .sort(order(query));
  const start = marker === undefined ? 0 : all.findIndex(({ flavorid }) => flavorid === marker) + 1;
  if (marker !== undefined && start === 0) throw badRequest(`marker [${marker}] not found`);
  const page = all.slice(start, start + limit);
  const ids = page.map(({ flavorid }) => ({ id: flavorid }));
  const more = query.get("limit") !== undefined || page.length === limit;
  return respond(200, {
    flavors: page.map((flavor) => view(app, ctxt, flavor)),
    ...(more && nextLinks("flavors", `${app.base}${path}`, query, ids, limit)),
  });
}

type Filter = (flavor: Flavor) => boolean;

/** What an administrator asks for; users get what is public or granted. */
function publicity(app: NovaApp, ctxt: RequestContext, query: Query): Filter {
  if (!ctxt.is_admin) return () => true;
  const filter = query.get("is_public");
  if (filter === undefined) return ownOrPublic(app, ctxt);
  if (filter.toLowerCase() === "none") return () => true;
  const wanted = strictBoolean(filter);
  if (wanted === undefined) throw badRequest(`Invalid is_public filter [${filter}]`);
  return wanted ? ownOrPublic(app, ctxt) : ({ is_public }) => !is_public;
}

/** Administrators see every private flavor by id, but in their list only those of their project. */
const ownOrPublic =
  ({ db }: NovaApp, ctxt: RequestContext): Filter =>
  ({ id, is_public }) =>
    is_public || flavorProjects(db, id).includes(ctxt.project_id ?? "");

function atLeast(query: Query, name: string, field: "memory_mb" | "root_gb"): Filter {
  const filter = query.get(name);
  if (filter === undefined) return () => true;
  const least = Number(filter);
  if (!Number.isInteger(least)) throw badRequest(`Invalid ${name} filter [${filter}]`);
  return (flavor) => flavor[field] >= least;
}

/** By flavor id as text, unless told. @throws InvalidSortKey, InvalidInput */
function order(query: Query): (a: Flavor, b: Flavor) => number {
  const key = query.get("sort_key") ?? "flavorid";
  const direction = query.get("sort_dir") ?? "asc";
  if (direction !== "asc" && direction !== "desc") {
    throw new InvalidInput({ reason: `Unknown sort direction, must be 'desc' or 'asc'` });
  }
  const sign = direction === "asc" ? 1 : -1;
  const at = (flavor: Flavor): string | number => {
    const value: unknown = flavor.fields()[key as keyof FlavorFields];
    if (typeof value === "string" || typeof value === "number") return value;
    throw new InvalidSortKey();
  };
  return (a, b) => {
    const [left, right] = [at(a), at(b)];
    if (left !== right) return left < right ? -sign : sign;
    return a.id - b.id;
  };
}

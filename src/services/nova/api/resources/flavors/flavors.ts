/**
 * Flavors, as users see them. Upstream: nova/api/openstack/compute/flavors.py at 2014.2; nova §5.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, type HttpResponse, type Query, respond } from "../../../../../http/index.js";
import { done } from "../../../../../kernel/index.js";
import { strictBoolean, type JsonObject } from "../../../../../python/index.js";
import { flavorList } from "../../../db/flavor-list.js";
import { flavorByFlavorId } from "../../../db/flavors.js";
import type { InstanceTypeRow } from "../../../db/schema.js";
import { FlavorNotFound, MarkerNotFound } from "../../../exception.js";
import type { Flavor } from "../../../objects/flavor.js";
import type { NovaApp } from "../../app.js";
import { badRequest, integerIn, pageOf } from "../../input.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { briefFlavor, fullFlavor } from "../../views/flavor-view.js";
import { nextLinks } from "../../views/links.js";
import { plainFault } from "../../faults.js";

export const flavorRoutes: readonly NovaRoute[] = [
  route("GET", "/flavors", null, (call) => done(list(call, briefFlavor))),
  route("GET", "/flavors/detail", null, (call) => done(list(call, fullFlavor))),
  route("GET", "/flavors/{id}", null, function* ({ app, ctxt, params: { id } }) {
    // Deleted ones are found as well: servers may still name them.
    const flavor = findFlavor(app, ctxt, id, () => plainFault(404), true);
    return respond(200, { flavor: fullFlavor(app, ctxt, flavor) });
  }),
];

/** As most controllers say that there is no such flavor. */
export const flavorNotFound = (error: FlavorNotFound): HttpFault =>
  new HttpFault(404, error.message);

/** @param refusal what the controller makes of an unknown id */
export function findFlavor(
  { db, store }: NovaApp,
  ctxt: RequestContext,
  id: string,
  refusal: (error: FlavorNotFound) => Error,
  readDeleted = false,
): Flavor {
  try {
    return flavorByFlavorId(db, store, ctxt, id, readDeleted);
  } catch (error) {
    throw error instanceof FlavorNotFound ? refusal(error) : error;
  }
}

type View = (app: NovaApp, ctxt: RequestContext, flavor: InstanceTypeRow) => JsonObject;

/** `_get_flavors`. @throws HttpFault 400 */
function list({ app, ctxt, request: { query } }: NovaCall, view: View): HttpResponse {
  const { limit, marker } = pageOf(query, app.flags.osapi_max_limit);
  const is_public = ctxt.is_admin ? publicity(query.get("is_public")) : true;
  const min_memory_mb = least(query, "minRam");
  const min_root_gb = least(query, "minDisk");
  const sort_key = query.get("sort_key") || "flavorid";
  const sort_dir = query.get("sort_dir") || "asc";
  try {
    const page = flavorList(app.db, ctxt, {
      ...(min_memory_mb !== undefined && { min_memory_mb }),
      ...(min_root_gb !== undefined && { min_root_gb }),
      ...(!ctxt.is_admin && { disabled: false }),
      is_public,
      sort_key,
      sort_dir,
      limit,
      marker,
    });
    const url = `${app.base}/v2/${ctxt.project_id ?? ""}/flavors`;
    const ids = page.map(({ flavorid }) => ({ id: flavorid }));
    return respond(200, {
      flavors: page.map((flavor) => view(app, ctxt, flavor)),
      ...nextLinks("flavors", url, query, ids, limit),
    });
  } catch (error) {
    if (error instanceof MarkerNotFound) throw badRequest(`marker [${marker ?? ""}] not found`);
    throw error;
  }
}

/** `_parse_is_public`: what an administrator asks for; null is whatever they are. */
function publicity(filter: string | undefined): boolean | null {
  if (filter === undefined) return true;
  if (filter.toLowerCase() === "none") return null;
  const wanted = strictBoolean(filter);
  if (wanted === undefined) throw badRequest(`Invalid is_public filter [${filter}]`);
  return wanted;
}

function least(query: Query, name: string): number | undefined {
  const filter = query.get(name);
  if (filter === undefined) return undefined;
  const number = integerIn(filter);
  if (number === undefined) throw badRequest(`Invalid ${name} filter [${filter}]`);
  return number;
}

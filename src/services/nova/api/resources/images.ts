/**
 * Images by way of the compute API, which asks Glance. Upstream: nova/api/openstack/compute/images.py
 * at 2014.2; nova §5.3.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { Forbidden, ImageNotAuthorized, ImageNotFound, Invalid } from "../../exception.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { NovaApp } from "../app.js";
import { badRequest, pageOf } from "../input.js";
import { route, type NovaCall, type NovaRoute } from "../route.js";
import { briefImage, fullImage } from "../views/image-view.js";
import { nextLinks } from "../views/links.js";

/** Filters of the compute API and what they are called in Glance's. */
const FILTERS: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["status", "status"],
  ["changes-since", "changes-since"],
  ["server", "property-instance_uuid"],
  ["type", "property-image_type"],
  ["minRam", "min_ram"],
  ["minDisk", "min_disk"],
]);
const STATUSES: ReadonlyMap<string, string> = new Map([
  ["active", "active"],
  ["saving", "saving"],
  ["error", "killed"],
  ["deleted", "deleted"],
]);

export const imageRoutes: readonly NovaRoute[] = [
  route("GET", "/images", null, (call) => list(call, briefImage)),
  route("GET", "/images/detail", null, (call) => list(call, fullImage)),
  route("GET", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    const image = yield* found(app.images.get(ctxt, id));
    return respond(200, { image: fullImage(app, ctxt, image) });
  }),
  route("GET", "/images/{id}/metadata", null, function* ({ app, ctxt, params: { id } }) {
    const { properties } = yield* found(app.images.get(ctxt, id));
    return respond(200, { metadata: properties });
  }),
  route("DELETE", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    yield* found(app.images.delete(ctxt, id));
    return respond(204);
  }),
  // Images are made by servers, with createImage.
  route("POST", "/images", null, function* () {
    throw new HttpFault(405, "The method POST is not allowed for this resource. ");
  }),
];

type View = (app: NovaApp, ctxt: RequestContext, image: ImageMeta) => JsonObject;

function* list({ app, ctxt, request }: NovaCall, view: View): Op<HttpResponse> {
  const { query, path } = request;
  const { limit, marker } = pageOf(query, app.flags.osapi_max_limit);
  const filters: Record<string, string> = {};
  for (const name of query.names()) {
    const value = query.get(name) ?? "";
    const known = FILTERS.get(name) ?? (name.startsWith("property-") ? name : undefined);
    if (known === undefined) continue;
    filters[known] = name === "status" ? (STATUSES.get(value.toLowerCase()) ?? value) : value;
  }
  if (query.get("limit") !== undefined) filters["limit"] = String(limit);
  if (marker !== undefined) filters["marker"] = marker;
  try {
    const images = yield* app.images.detail(ctxt, filters);
    const more = query.get("limit") !== undefined;
    return respond(200, {
      images: images.map((image) => view(app, ctxt, image)),
      ...(more && nextLinks("images", `${app.base}${path}`, query, images, limit)),
    });
  } catch (error) {
    if (error instanceof Invalid) throw badRequest(error.message);
    throw error;
  }
}

/** @throws HttpFault 404, also for an image that is somebody else's; 403 if it may not be touched */
function* found<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof ImageNotFound) throw new HttpFault(404, "Image not found.");
    if (error instanceof ImageNotAuthorized || error instanceof Forbidden) {
      throw new HttpFault(403, error.message);
    }
    throw error;
  }
}

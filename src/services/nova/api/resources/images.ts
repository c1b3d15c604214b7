/**
 * Images by way of the compute API, which asks Glance. Upstream: nova/api/openstack/compute/images.py
 * at 2014.2; nova §5.3.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond, type HttpResponse, type Query } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { ImageNotAuthorized, Invalid, NotFound } from "../../exception.js";
import type { ImageMeta } from "../../image/image-meta.js";
import type { NovaApp } from "../app.js";
import { badRequest, countIn } from "../input.js";
import { route, type NovaCall, type NovaRoute } from "../route.js";
import { briefImage, fullImage } from "../views/image-view.js";
import { nextLinks } from "../views/links.js";
import { plainFault } from "../faults.js";

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

export const imageRoutes: readonly NovaRoute[] = [
  route("GET", "/images", null, (call) => list(call, briefImage)),
  route("GET", "/images/detail", null, (call) => list(call, fullImage)),
  route("GET", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    const image = yield* found(app.images.get(ctxt, id));
    return respond(200, { image: fullImage(app, ctxt, image) });
  }),
  route("DELETE", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    const refusal = new HttpFault(403, "You are not allowed to delete the image.");
    yield* found(app.images.delete(ctxt, id), () => refusal);
    return respond(204);
  }),
  // Images are made by servers, with createImage.
  route("POST", "/images", null, function* () {
    throw plainFault(405);
  }),
];

type View = (app: NovaApp, ctxt: RequestContext, image: ImageMeta) => JsonObject;

/** A limit of 0 is none, but there is no next page then. @throws HttpFault 400 */
function* list({ app, ctxt, request: { query } }: NovaCall, view: View): Op<HttpResponse> {
  const filters = filtersIn(query);
  const [limit, pageSize] = [countIn(query, "limit"), countIn(query, "page_size")];
  const marker = query.get("marker");
  try {
    const images = yield* app.images.detail(ctxt, filters, {
      ...(limit !== undefined && limit > 0 && { limit }),
      ...(pageSize !== undefined && pageSize > 0 && { pageSize }),
      ...(marker !== undefined && marker !== "" && { marker }),
    });
    const { osapi_max_limit } = app.flags;
    const most = Math.min(limit ?? osapi_max_limit, osapi_max_limit);
    const url = `${app.base}/v2/${ctxt.project_id ?? ""}/images`;
    return respond(200, {
      images: images.map((image) => view(app, ctxt, image)),
      ...(most === images.length && nextLinks("images", url, query, images, most)),
    });
  } catch (error) {
    if (error instanceof Invalid) throw badRequest(error.message);
    throw error;
  }
}

/** `_get_filters`: a server may be given as its URL. */
function filtersIn(query: Query): Record<string, string> {
  const filters: Record<string, string> = {};
  for (const name of query.names()) {
    const known = FILTERS.get(name) ?? (name.startsWith("property-") ? name : undefined);
    if (known !== undefined) filters[known] = query.get(name) ?? "";
  }
  const { status, "property-instance_uuid": server } = filters;
  if (server !== undefined) {
    filters["property-instance_uuid"] = server.slice(server.lastIndexOf("/") + 1);
  }
  return status === undefined ? filters : { ...filters, status: status.toLowerCase() };
}

/**
 * An image that is somebody else's is not found either.
 * @param refusal what the controller makes of one that may not be touched, if it looks
 * @throws HttpFault 404
 */
export function* found<T>(
  op: Op<T>,
  refusal: (error: ImageNotAuthorized) => Error = (error) => error,
): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof NotFound) throw new HttpFault(404, "Image not found.");
    throw error instanceof ImageNotAuthorized ? refusal(error) : error;
  }
}

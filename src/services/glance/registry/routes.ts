/**
 * The registry's REST: what the v1 API knows of images it knows from here. Upstream: glance/registry/
 * api/v1/images.py; other-services §2.1.
 */
import { isObject } from "../../../python/index.js";
import { HttpFault, respond, type HttpRequest, type Query } from "../../../http/index.js";
import type { ImageContext } from "../context.js";
import type { ImageRow, ImageStatus } from "../database.js";
import { isTrue, selectImages } from "../image-list.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";
import type { Images } from "../images.js";
import { route, type RegistryApp } from "./app.js";
import { memberRoutes } from "./member-routes.js";

function list(
  { images, flags }: RegistryApp,
  ctxt: ImageContext,
  { query }: HttpRequest,
): ImageMeta[] {
  const rows = images.visible(ctxt).filter((image) => inV1List(images, ctxt, image, query));
  return selectImages(
    rows.map((row) => images.meta(row)),
    query,
    flags,
  );
}

export const registryRoutes = [
  route("GET", "/images", null, function* ({ app, ctxt, request }) {
    const brief = list(app, ctxt, request).map((image) => ({
      id: image.id,
      name: image.name,
      disk_format: image.disk_format,
      container_format: image.container_format,
      checksum: image.checksum,
      size: image.size,
    }));
    return respond(200, { images: brief });
  }),
  route("GET", "/images/detail", null, function* ({ app, ctxt, request }) {
    return respond(200, { images: list(app, ctxt, request) });
  }),
  route("GET", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    return respond(200, { image: app.images.meta(app.images.get(ctxt, id)) });
  }),
  route("POST", "/images", null, function* ({ app, ctxt, request }) {
    const asked = imageIn(request);
    // Only an admin may make an image for somebody else.
    const owner = ctxt.is_admin ? (asked.owner ?? ctxt.owner) : ctxt.owner;
    const id = asked.id ?? app.env.stream("image id").uuid();
    return respond(200, { image: app.images.meta(app.images.create({ ...asked, id, owner })) });
  }),
  route("PUT", "/images/{id}", null, function* ({ app, ctxt, request, params: { id } }) {
    const asked = imageIn(request);
    app.images.getMutable(ctxt, id);
    const { owner: _, ...mine } = asked;
    const purge = isTrue(request.headers["x-glance-registry-purge-props"] ?? "false");
    const { from_state } = request.body as { from_state?: ImageStatus | null };
    const options = { purge, fromState: from_state ?? undefined };
    const image = app.images.update(id, ctxt.is_admin ? asked : mine, options);
    return respond(200, { image: app.images.meta(image) });
  }),
  route("DELETE", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    app.images.getMutable(ctxt, id);
    return respond(200, { image: app.images.meta(app.images.destroy(id)) });
  }),
  ...memberRoutes,
];

/**
 * v1 shows what is public, one's own, or shared; an admin may ask for what is private, or with
 * `is_public=none` for everything.
 */
function inV1List(images: Images, ctxt: ImageContext, image: ImageRow, query: Query): boolean {
  const wanted = query.get("is_public")?.toLowerCase();
  if (ctxt.is_admin && wanted === "none") return true;
  if (ctxt.is_admin && wanted !== undefined && !isTrue(wanted)) return !image.is_public;
  return images.mayBeSeen({ ...ctxt, is_admin: false }, image);
}

function imageIn(request: HttpRequest): ImageChanges {
  const { body } = request;
  const image = isObject(body) ? body["image"] : undefined;
  if (isObject(image)) return image;
  throw new HttpFault(400, "Expecting to find image in request body");
}

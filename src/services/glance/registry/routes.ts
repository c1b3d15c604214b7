/**
 * The registry's REST: what the v1 API knows of images it knows from here. What a caller may not see
 * does not exist. Upstream: glance/registry/api/v1/images.py at 2014.2.
 */
import { HttpFault, respond, type HttpRequest } from "../../../http/index.js";
import { isObject, isUuidLike, PythonTypeError } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageStatus } from "../database.js";
import {
  Conflict,
  Duplicate,
  Forbidden,
  ForbiddenPublicImage,
  Invalid,
  NotFound,
} from "../exception.js";
import { WORDS } from "../faults.js";
import { listImages } from "../image-list.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";
import { route, type RegistryApp } from "./app.js";
import { listQuery } from "./list-query.js";
import { memberRoutes } from "./member-routes.js";

function list(app: RegistryApp, ctxt: ImageContext, { query }: HttpRequest): ImageMeta[] {
  const asked = listQuery(query, ctxt.is_admin, app.flags, app.env.kernel.calendar);
  try {
    return listImages(app, ctxt, asked).map((row) => app.images.meta(row));
  } catch (error) {
    if (!(error instanceof NotFound) && !(error instanceof Forbidden)) throw error;
    throw new HttpFault(400, "Invalid marker. Image could not be found.");
  }
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
    try {
      return respond(200, { image: app.images.meta(app.images.get(ctxt, id)) });
    } catch (error) {
      throw error instanceof NotFound || error instanceof Forbidden
        ? new HttpFault(404, WORDS.notFound)
        : error;
    }
  }),
  route("POST", "/images", null, function* ({ app, ctxt, request }) {
    const asked = imageIn(request);
    // Only an admin may make an image for somebody else.
    const owner = ctxt.is_admin && "owner" in asked ? (asked.owner ?? null) : ctxt.owner;
    if (asked.id && !isUuidLike(asked.id)) throw new HttpFault(400, "Invalid image id format");
    const id = asked.id ?? app.env.stream("image id").uuid();
    try {
      const status = asked.status ?? "active";
      const image = app.images.create({ ...asked, status, id, owner: owner || null });
      return respond(200, { image: app.images.meta(image) });
    } catch (error) {
      if (error instanceof Duplicate) {
        throw new HttpFault(409, `Image with identifier ${id} already exists!`);
      }
      if (!(error instanceof Invalid)) throw error;
      throw new HttpFault(400, `Failed to add image metadata. Got error: ${error.message}`);
    }
  }),
  route("PUT", "/images/{id}", null, function* ({ app, ctxt, request, params: { id } }) {
    const { owner, ...mine } = imageIn(request);
    const changes: ImageChanges =
      ctxt.is_admin && owner !== undefined ? { ...mine, owner: owner || null } : mine;
    const purge = request.headers["x-glance-registry-purge-props"] === "true";
    const { from_state } = request.body as { from_state?: ImageStatus | null };
    const options = { purge, fromState: from_state ?? undefined };
    try {
      const image = app.images.update(ctxt, id, changes, options);
      return respond(200, { image: app.images.meta(image) });
    } catch (error) {
      if (error instanceof Invalid) {
        throw new HttpFault(400, `Failed to update image metadata. Got error: ${error.message}`);
      }
      if (error instanceof ForbiddenPublicImage) throw new HttpFault(403, WORDS.forbidden);
      if (error instanceof NotFound || error instanceof Forbidden) {
        return respond(404, "Image not found");
      }
      if (error instanceof Conflict) return respond(409, "Image operation conflicts");
      throw error;
    }
  }),
  route("DELETE", "/images/{id}", null, function* ({ app, ctxt, params: { id } }) {
    try {
      return respond(200, { image: app.images.meta(app.images.destroy(ctxt, id)) });
    } catch (error) {
      if (error instanceof ForbiddenPublicImage) throw new HttpFault(403, WORDS.forbidden);
      if (!(error instanceof NotFound) && !(error instanceof Forbidden)) throw error;
      throw new HttpFault(404, WORDS.notFound);
    }
  }),
  ...memberRoutes,
];

function imageIn(request: HttpRequest): ImageChanges {
  const { body } = request;
  const image = isObject(body) ? body["image"] : undefined;
  if (isObject(image)) return image;
  throw new PythonTypeError("body has no image");
}

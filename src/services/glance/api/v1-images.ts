/**
 * Images in v1, where metadata travels in headers and all knowledge is the registry's. Upstream:
 * glance/api/v1/images.py (Controller); other-services §2.3, §2.4.
 */
import { HttpFault, type HttpRequest } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import { checkFormats } from "../formats.js";
import { isImageData, type ImageData } from "../image-data.js";
import { isTrue } from "../image-list.js";
import { metaOf, type ImageChanges, type ImageMeta } from "../image-meta.js";
import { NotFound, storeOf } from "../store.js";
import type { GlanceApp } from "./app.js";
import { activate, kill, uploadAndActivate } from "./v1-upload.js";

/** What a POST or PUT asks for. */
interface Asked {
  readonly meta: ImageChanges;
  readonly data: ImageData | undefined;
  readonly location: string | undefined;
}

/** @throws HttpFault 400, 409, 413, 500 */
export function* createImage(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
): Op<ImageMeta> {
  const asked = askedIn(app, request);
  const { meta, location } = asked;
  // An image that is said to be empty has all its data: that of a volume is kept elsewhere.
  const status = meta.size === 0 && location === undefined ? "active" : "queued";
  const size = meta.size ?? 0;
  const image = yield* app.registry.add(ctxt, { ...meta, size, status });
  yield* app.notify(ctxt, "image.create", image);
  return yield* takeSource(app, ctxt, request, image, asked);
}

/** @throws HttpFault 400, 403, 404, 409, 412, 413, 500 */
export function* updateImage(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
  id: string,
): Op<ImageMeta> {
  const asked = askedIn(app, request);
  const { meta, data, location } = asked;
  const before = yield* app.registry.show(ctxt, id);
  if (before.status === "deleted") throw new HttpFault(403, "Forbidden to update deleted image.");
  if (!ctxt.is_admin && before.status === "active") refuseImmutable(before, meta);
  if (data !== undefined && before.status !== "queued") {
    throw new HttpFault(409, "Cannot upload to an unqueued image");
  }
  if (location !== undefined && before.status !== "queued") {
    throw new HttpFault(
      400,
      "Attempted to update Location field for an image not in queued status.",
    );
  }
  const header = request.headers["x-glance-registry-purge-props"];
  const purge = (header === undefined || isTrue(header)) && data === undefined;
  const { id: _, status: __, ...changes } = meta;
  let image = yield* app.registry.update(ctxt, id, changes, { purge });
  if (data !== undefined || location !== undefined) {
    image = yield* takeSource(app, ctxt, request, image, asked);
  }
  yield* app.notify(ctxt, "image.update", image);
  return image;
}

/** Registry first, since it decides who may; then the store; then the registry again. */
export function* deleteImage(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  const before = yield* app.registry.show(ctxt, id);
  if (before.protected) throw new HttpFault(403, "Image is protected");
  if (before.status === "pending_delete") {
    throw new HttpFault(403, "Forbidden to delete a pending_delete image.");
  }
  if (before.status === "deleted") throw new HttpFault(404, `Image ${id} not found.`);
  const { location } = before;
  const delayed = app.flags.delayed_delete && Boolean(location);
  const image = yield* app.registry.update(ctxt, id, {
    status: delayed ? "pending_delete" : "deleted",
  });
  if (location && !delayed) {
    try {
      yield* app.removeData(location);
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      yield* app.registry.update(ctxt, id, { status: before.status });
      throw error;
    }
  }
  yield* app.registry.delete(ctxt, id);
  yield* app.notify(ctxt, "image.delete", image);
}

/** An image and its data. @throws HttpFault 404 if it is not active or its data is gone */
export function* imageData(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
): Op<{ readonly image: ImageMeta; readonly data: ImageData }> {
  const image = yield* app.registry.show(ctxt, id);
  if (image.status !== "active") throw new HttpFault(404, `Image ${id} is not active`);
  if (!image.location) return { image, data: { $data: { bytes: image.size ?? 0 } } };
  try {
    const data = yield* storeOf(app.stores, image.location).get(image.location);
    return { image, data };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw new HttpFault(404, error.message);
  }
}

/** Take the data that came along, or note where it is. */
function* takeSource(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
  image: ImageMeta,
  { meta, data, location }: Asked,
): Op<ImageMeta> {
  if (data !== undefined) {
    if (request.headers["content-type"] !== "application/octet-stream") {
      yield* kill(app, ctxt, image.id);
      throw new HttpFault(400, "Content-Type must be application/octet-stream");
    }
    requireFormats(image);
    return yield* uploadAndActivate(app, ctxt, image, meta, data);
  }
  if (location === undefined) return image;
  requireFormats(image);
  return yield* activate(app, ctxt, image.id, location);
}

function askedIn(app: GlanceApp, request: HttpRequest): Asked {
  const { headers, body } = request;
  const { location, ...meta } = metaOf(headers);
  if (headers["x-glance-api-copy-from"] !== undefined) {
    throw new HttpFault(400, "Copying from elsewhere is not supported: there is no http store");
  }
  const quota = app.flags.image_property_quota;
  if (quota >= 0 && Object.keys(meta.properties ?? {}).length > quota) {
    throw new HttpFault(
      413,
      `The limit has been exceeded on the number of allowed image properties: ${quota}`,
    );
  }
  if (location && !app.stores.has(location.split(":")[0] ?? "")) {
    throw new HttpFault(400, `External source not supported: '${location}'`);
  }
  return {
    meta: checkFormats(meta),
    data: isImageData(body) ? body : undefined,
    location: location ?? undefined,
  };
}

/** An image with data must say what the data is. */
function requireFormats({ disk_format, container_format }: ImageMeta): void {
  if (!disk_format) throw new HttpFault(400, "Invalid disk format 'None' for image.");
  if (!container_format) throw new HttpFault(400, "Invalid container format 'None' for image.");
}

function refuseImmutable(before: ImageMeta, meta: ImageChanges): void {
  for (const key of ["size", "checksum"] as const) {
    if (meta[key] !== undefined && meta[key] !== before[key]) {
      throw new HttpFault(403, `Forbidden to modify '${key}' of active image.`);
    }
  }
}

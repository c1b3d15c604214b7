/**
 * Images in v1, where metadata travels in headers and all knowledge is the registry's. Upstream: glance/api/v1/images.py
 * (Controller, ImageDeserializer) at 2014.2; other-services §2.3, §2.4.
 */
import { HttpFault, respond, type HttpRequest, type HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { boolFromString } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { Duplicate, Forbidden, Invalid, NotFound } from "../../exception.js";
import { WORDS } from "../../faults.js";
import { checkFormats } from "../../formats.js";
import { incoming, type ImageData, type IncomingData } from "../../image-data.js";
import { metaOf, type ImageChanges, type ImageMeta } from "../../image-meta.js";
import { storeOf } from "../../stores/enabled.js";
import { BadStoreUri, schemeOf, type Store } from "../../stores/store.js";
import type { GlanceApp } from "../app.js";
import { requirePublicizing } from "../policy.js";
import { activate, kill, tooLarge, uploadAndActivate } from "./upload.js";

/** What a POST or PUT asks for. */
interface Asked {
  readonly meta: ImageChanges;
  readonly data: IncomingData | undefined;
  /** Where it is and stays. */
  readonly location: string | undefined;
  /** Where it is to be copied from. */
  readonly copyFrom: string | undefined;
}

/** An image by its id. @throws HttpFault 404 */
export function* imageOr404(app: GlanceApp, ctxt: ImageContext, id: string): Op<ImageMeta> {
  try {
    return yield* app.registry.show(ctxt, id);
  } catch (error) {
    if (error instanceof NotFound) {
      throw new HttpFault(404, `Image with identifier ${id} not found`);
    }
    throw error instanceof Forbidden ? new HttpFault(403, "Forbidden image access") : error;
  }
}

/** @throws HttpFault 400, 403, 409, 412, 413, 500 */
export function* createImage(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
): Op<ImageMeta> {
  const asked = askedIn(app, request);
  const { meta } = asked;
  if (meta.is_public) checkPublicizing(ctxt);
  checkPropertyQuota(app, Object.keys(meta.properties ?? {}));
  const source = checkSource(app, asked);
  const store = request.headers["x-image-meta-store"];
  if (store && !app.stores.has(store)) {
    throw new HttpFault(400, `Required store ${store} is invalid`);
  }
  // An image that is said to be empty has all its data: that of a volume is kept elsewhere.
  const status = meta.size === 0 ? "active" : "queued";
  const size = source === undefined ? (meta.size ?? 0) : yield* sizeOf(app, meta, source);
  const image = yield* reserve(app, ctxt, { ...meta, size, status });
  yield* app.notify(ctxt, "image.create", image);
  return yield* takeSource(app, ctxt, request, image, asked);
}

function* reserve(app: GlanceApp, ctxt: ImageContext, meta: ImageChanges): Op<ImageMeta> {
  try {
    return yield* app.registry.add(ctxt, meta);
  } catch (error) {
    if (error instanceof Duplicate) {
      throw new HttpFault(409, `An image with identifier ${meta.id ?? ""} already exists`);
    }
    if (error instanceof Invalid) {
      throw new HttpFault(400, `Failed to reserve image. Got error: ${error.message}`);
    }
    throw error instanceof Forbidden ? new HttpFault(403, "Forbidden to reserve image.") : error;
  }
}

/** @throws HttpFault 400, 403, 404, 409, 412, 413, 500 */
export function* updateImage(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
  id: string,
): Op<ImageMeta | HttpResponse> {
  const asked = askedIn(app, request);
  const { meta, data } = asked;
  if (meta.is_public) checkPublicizing(ctxt);
  const before = yield* imageOr404(app, ctxt, id);
  if (before.status === "deleted") throw new HttpFault(403, "Forbidden to update deleted image.");
  if (!ctxt.is_admin && before.status === "active") refuseImmutable(before, meta);
  const header = request.headers["x-glance-registry-purge-props"];
  const purge = (header === undefined || boolFromString(header)) && data === undefined;
  if (data !== undefined && before.status !== "queued") {
    throw new HttpFault(409, "Cannot upload to an unqueued image");
  }
  const source = checkSource(app, asked);
  if (source !== undefined && before.status !== "queued") {
    throw new HttpFault(
      400,
      "Attempted to update Location field for an image not in queued status.",
    );
  }
  const kept = purge ? [] : Object.keys(before.properties);
  checkPropertyQuota(app, [...Object.keys(meta.properties ?? {}), ...kept]);
  try {
    const { id: _, ...changes } = meta;
    if (source !== undefined) changes.size = yield* sizeOf(app, meta, source);
    let image = yield* app.registry.update(ctxt, id, changes, { purge });
    if (data !== undefined || source !== undefined) {
      image = yield* takeSource(app, ctxt, request, { ...image, ...announced(changes) }, asked);
    }
    yield* app.notify(ctxt, "image.update", image);
    return image;
  } catch (error) {
    if (error instanceof Duplicate) return respond(409, "Image operation conflicts");
    throw wordedAnew(error, "update");
  }
}

const announced = ({ size }: ImageChanges): ImageChanges => (size === undefined ? {} : { size });

/** As it is said, or as the store of the source says. @throws HttpFault 400 */
function* sizeOf(app: GlanceApp, { size }: ImageChanges, source: string): Op<number> {
  if (size) return size;
  try {
    return yield* app.sizeAt(source);
  } catch (error) {
    if (error instanceof BadStoreUri) throw new HttpFault(400, error.message);
    throw error;
  }
}

/** What the registry refused, in the words of the API. */
function wordedAnew(error: unknown, verb: "update" | "delete"): unknown {
  if (error instanceof NotFound) {
    return new HttpFault(404, `Failed to find image to ${verb}: ${error.message}`);
  }
  if (error instanceof Forbidden) {
    return new HttpFault(403, `Forbidden to ${verb} image: ${error.message}`);
  }
  if (error instanceof Invalid && verb === "update") {
    return new HttpFault(400, `Failed to update image metadata. Got error: ${error.message}`);
  }
  return error;
}

/** Registry first, since it decides who may; then the store; then the registry again. */
export function* deleteImage(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  const before = yield* imageOr404(app, ctxt, id);
  if (before.protected) throw new HttpFault(403, "Image is protected");
  if (before.status === "pending_delete") {
    throw new HttpFault(403, "Forbidden to delete a pending_delete image.");
  }
  if (before.status === "deleted") throw new HttpFault(404, `Image ${id} not found.`);
  const { location } = before;
  const delayed = app.flags.delayed_delete && Boolean(location);
  try {
    const image = yield* app.registry.update(ctxt, id, {
      status: delayed ? "pending_delete" : "deleted",
    });
    if (location) yield* removeOrRestore(app, ctxt, before, image);
    yield* app.registry.delete(ctxt, id);
    yield* app.notify(ctxt, "image.delete", image);
  } catch (error) {
    throw wordedAnew(error, "delete");
  }
}

/** What a store will not give up stays an image, without the places that are gone already. */
function* removeOrRestore(
  app: GlanceApp,
  ctxt: ImageContext,
  { id, status }: ImageMeta,
  { location_data = [] }: ImageMeta,
): Op<void> {
  try {
    for (const location of location_data) {
      if (location.status === "active") yield* app.removeLocation(id, location);
    }
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* app.registry.update(ctxt, id, { status });
    throw error;
  }
}

/** An image and its data. @throws HttpFault 404 if it is not active; NotFound of the store */
export function* imageData(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
): Op<{ readonly image: ImageMeta; readonly data: ImageData }> {
  const image = yield* imageOr404(app, ctxt, id);
  if (image.status !== "active") throw new HttpFault(404, `Image ${id} is not active`);
  if (image.size === 0 || !image.location) return { image, data: { $data: { bytes: 0 } } };
  const data = yield* storeOf(app.stores, image.location).get(image.location);
  return { image, data };
}

/** Take the data that came along, have it fetched, or note where it is. */
function* takeSource(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
  image: ImageMeta,
  { meta, data, location, copyFrom }: Asked,
): Op<ImageMeta> {
  if ([data, location, copyFrom].filter((source) => source !== undefined).length > 1) {
    throw new HttpFault(400, "It's invalid to provide multiple image sources.");
  }
  if (copyFrom !== undefined) {
    app.env.log("info", "Triggering asynchronous copy from external source");
    app.env.spawn("copy image", copied(app, ctxt, request, image, meta, copyFrom));
    return image;
  }
  if (data === undefined && location === undefined) return image;
  const whole = yield* imageOr404(app, ctxt, image.id);
  const { disk_format, container_format, name } = whole;
  checkFormats({ disk_format, container_format, name });
  if (location !== undefined) {
    yield* checkStoredSize(app, image, location);
    return yield* activate(app, ctxt, image.id, location);
  }
  const to = checkStore(app, request);
  const [type] = (request.headers["content-type"] ?? "").split(";");
  if (type !== "application/octet-stream") {
    yield* kill(app, ctxt, image.id, "queued");
    throw new HttpFault(400, "Content-Type must be application/octet-stream");
  }
  return yield* uploadAndActivate(app, ctxt, image, meta, data as IncomingData, to);
}

/** Goes on when the answer was sent: what fails is in the log, and in the image's status. */
function* copied(
  app: GlanceApp,
  ctxt: ImageContext,
  request: HttpRequest,
  image: ImageMeta,
  meta: ImageChanges,
  source: string,
): Op<void> {
  try {
    const to = checkStore(app, request);
    const data = yield* fetched(app, ctxt, image.id, source, to.scheme);
    if (data === undefined) return;
    const size = data.$data.bytes > 0 ? data.$data.bytes : image.size;
    yield* uploadAndActivate(app, ctxt, { ...image, size }, meta, data, to);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    app.env.log("error", `Traceback of copy image: ${message}`);
  }
}

function* fetched(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  source: string,
  scheme: string,
): Op<ImageData | undefined> {
  try {
    return yield* storeOf(app.stores, source).get(source);
  } catch (thrown) {
    yield* caught(thrown);
    yield* kill(app, ctxt, id, "queued");
    app.env.log("error", `Copy from external source '${scheme}' failed for image: ${id}`);
    return undefined;
  }
}

/** A store that says 0 does not know. @throws HttpFault 400, 409 */
function* checkStoredSize(app: GlanceApp, { size }: ImageMeta, location: string): Op<void> {
  if (!size) return;
  const held = yield* sizeOf(app, {}, location);
  if (held === 0 || held === size) return;
  throw new HttpFault(
    409,
    "Provided image size must match the stored image size. " +
      `(provided size: ${String(size)}, stored size: ${String(held)})`,
  );
}

/** @throws HttpFault 400 */
function askedIn(app: GlanceApp, request: HttpRequest): Asked {
  const { headers } = request;
  const { location, ...meta } = metaOf(headers);
  const checked = checkFormats(meta);
  const data = incoming(request);
  const cap = app.flags.image_size_cap;
  // A body that comes in chunks has no length, and is stopped when it runs past the cap.
  const length = isChunked(headers) ? 0 : (data?.$data.bytes ?? 0);
  if ((length > 0 ? length : (meta.size ?? 0)) > cap) throw new HttpFault(400, tooLarge(cap));
  const copyFrom = headers["x-glance-api-copy-from"] || undefined;
  return { meta: checked, data, location: location ?? undefined, copyFrom };
}

const isChunked = (headers: HttpRequest["headers"]): boolean =>
  headers["transfer-encoding"]?.toLowerCase().includes("chunked") === true;

/** @throws HttpFault 403 */
function checkPublicizing(ctxt: ImageContext): void {
  try {
    requirePublicizing(ctxt);
  } catch (error) {
    throw error instanceof Forbidden ? new HttpFault(403, WORDS.forbidden) : error;
  }
}

/** Where the data is to come from, if from elsewhere: files are barred. @throws HttpFault 400 */
function checkSource(app: GlanceApp, { location, copyFrom }: Asked): string | undefined {
  const source = location ?? copyFrom;
  if (source === undefined) return undefined;
  const scheme = schemeOf(source);
  if (scheme === "file" || scheme === "swift+config" || !app.stores.has(scheme)) {
    throw new HttpFault(400, `External sourcing not supported for store '${scheme}'`);
  }
  return source;
}

/** The store that data is to go to. @throws HttpFault 400 */
function checkStore(app: GlanceApp, { headers }: HttpRequest): Store {
  const scheme = headers["x-image-meta-store"] ?? app.flags.default_store;
  const store = app.stores.get(scheme);
  if (store === undefined) throw new HttpFault(400, `Store for scheme ${scheme} not found`);
  return store;
}

/** @throws HttpFault 413 */
function checkPropertyQuota({ flags }: GlanceApp, names: readonly string[]): void {
  const quota = flags.image_property_quota;
  const attempted = new Set(names).size;
  if (quota < 0 || attempted <= quota) return;
  throw new HttpFault(
    413,
    "The limit has been exceeded on the number of allowed image properties. " +
      `Attempted: ${String(attempted)}, Maximum: ${String(quota)}`,
  );
}

function refuseImmutable(before: ImageMeta, meta: ImageChanges): void {
  for (const key of ["size", "checksum"] as const) {
    const value = meta[key] ?? null;
    if (value !== null && value !== before[key]) {
      throw new HttpFault(403, `Forbidden to modify '${key}' of active image.`);
    }
  }
}

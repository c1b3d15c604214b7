/**
 * The filter before glance-api's routes that gives images out of the image cache and puts them there when they are
 * first read. Metadata is asked for each time. It keeps what it sends as soon as the answer goes out: how fast its
 * reader reads, or that he goes away, is not known here. Upstream: glance/api/middleware/cache.py at 2014.2.
 */
import type { Layer } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import type { Headers, HttpRequest, HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { PythonTypeError } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { NotFound } from "../../exception.js";
import type { ImageCache } from "../../image-cache/image-cache.js";
import { isImageData, type ImageData } from "../../image-data.js";
import { headersOf, redacted, type ImageMeta } from "../../image-meta.js";
import type { GlanceApp } from "../app.js";
import { asFaults } from "../v2/faults.js";
import { liveImage } from "../v2/image.js";

/** What the filter has to do with: the data of an image, or its end. */
interface Subject {
  readonly version: "v1" | "v2";
  readonly id: string;
}

const V1 = /^\/v1\/images\/([^/]+)$/;
const V2_DATA = /^\/v2\/images\/([^/]+)\/file$/;
const V2_IMAGE = /^\/v2\/images\/([^/]+)$/;

/** @param contextOf who asks */
export function imageCaching(
  app: GlanceApp,
  cache: ImageCache,
  contextOf: (request: HttpRequest) => ImageContext,
): Layer {
  app.env.log("info", "Initialized image cache middleware");
  return (next) =>
    function* (request) {
      const subject = subjectOf(request);
      if (subject === undefined) return yield* next(request);
      const { id } = subject;
      if (request.method === "GET" && cache.isCached(id)) {
        const hit = yield* fromCache(app, cache, contextOf(request), request, subject);
        if (hit !== undefined) return hit;
      }
      const response = yield* next(request);
      if (response.status < 200 || response.status >= 300) return response;
      if (request.method === "DELETE") {
        if (cache.isCached(id)) {
          app.env.log("debug", `Removing image ${id} from cache`);
          cache.delete(id);
        }
      } else if (response.status !== 204) {
        yield* keep(app, cache, contextOf(request), subject, response);
      }
      return response;
    };
}

function subjectOf({ method, path }: HttpRequest): Subject | undefined {
  if (method !== "GET" && method !== "DELETE") return undefined;
  const v1 = V1.exec(path)?.[1];
  if (v1 !== undefined && v1 !== "detail") return { version: "v1", id: v1 };
  const v2 = (method === "GET" ? V2_DATA : V2_IMAGE).exec(path)?.[1];
  return v2 === undefined || v2 === "detail" ? undefined : { version: "v2", id: v2 };
}

/** The cached data with what is known of the image now; undefined if the image is gone. @throws HttpFault 404 */
function* fromCache(
  app: GlanceApp,
  cache: ImageCache,
  ctxt: ImageContext,
  { from }: HttpRequest,
  { version, id }: Subject,
): Op<HttpResponse | undefined> {
  if (version === "v2") {
    const { row } = yield* metadataV2(app, ctxt, id);
    app.env.log("debug", `Cache hit for image '${id}'`);
    // An image of which only the place is known has no size, and what stands for it takes none.
    if (!row.size) {
      throw new PythonTypeError("'ImageTarget' object does not support item assignment");
    }
    const headers: Headers = {
      "content-type": "application/octet-stream",
      ...(row.checksum !== null && { "content-md5": row.checksum }),
      "content-length": String(row.size),
    };
    return yield* sent(app, cache, ctxt, app.images.meta(row), from, headers);
  }
  const image = yield* metadataV1(app, ctxt, id);
  app.env.log("debug", `Cache hit for image '${id}'`);
  if (image.status === "deleted" && image.deleted) {
    app.env.log(
      "error",
      `Image cache contained image file for image '${id}', however the registry did not contain metadata for that image!`,
    );
    cache.delete(id);
    return undefined;
  }
  const known = image.size ? image : { ...image, size: cache.size(id) };
  return yield* sent(app, cache, ctxt, known, from, {
    "content-length": String(known.size),
    "content-type": "application/octet-stream",
    ...headersOf(mashup(known)),
    ...(image.checksum !== null && { etag: image.checksum }),
  });
}

function* sent(
  app: GlanceApp,
  cache: ImageCache,
  ctxt: ImageContext,
  image: ImageMeta,
  to: string,
  headers: Headers,
): Op<HttpResponse> {
  const data = cache.read(image.id);
  yield* app.notifySent(ctxt, image, data.$data.bytes, to);
  return respond(200, data as unknown as HttpResponse["body"], headers);
}

/**
 * An image's own properties beside its attributes: their headers have no `property` in their names then, and
 * clients do not find them. Upstream: create_mashup_dict.
 */
function mashup(image: ImageMeta): Record<string, string | number | boolean | null> {
  const { properties, ...attributes } = redacted(image);
  return { ...properties, ...attributes };
}

/** Put what is being sent into the cache. @throws HttpFault 404 if the image has gone meanwhile */
function* keep(
  app: GlanceApp,
  cache: ImageCache,
  ctxt: ImageContext,
  { version, id }: Subject,
  { headers, body }: HttpResponse,
): Op<void> {
  const checksum = headers["content-md5"] ?? headers["x-image-meta-checksum"];
  if (!checksum) app.env.log("error", "Checksum header is missing.");
  if (version === "v1") yield* metadataV1(app, ctxt, id);
  else yield* metadataV2(app, ctxt, id);
  if (!cache.isCacheable(id)) return;
  app.env.log("debug", `Tee'ing image '${id}' into cache`);
  const data: ImageData = isImageData(body) ? body : { $data: { bytes: 0 } };
  const teed = kept(cache, id, data, checksum || undefined);
  // A source that takes its time is not waited for before the answer begins.
  if (data.$data.duration === undefined) yield* teed;
  else app.env.spawn("tee", teed);
}

/** What goes wrong is in the log; who reads has his data all the same. */
function* kept(
  cache: ImageCache,
  id: string,
  data: ImageData,
  checksum: string | undefined,
): Op<void> {
  try {
    yield* cache.tee(id, data, checksum);
  } catch (thrown) {
    yield* caught(thrown);
  }
}

function* metadataV1(app: GlanceApp, ctxt: ImageContext, id: string): Op<ImageMeta> {
  try {
    return yield* app.registry.show(ctxt, id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    app.env.log("debug", `No metadata found for image '${id}'`);
    throw new HttpFault(404, error.message);
  }
}

const metadataV2 = (app: GlanceApp, ctxt: ImageContext, id: string) =>
  asFaults(imageV2(app, ctxt, id));

function* imageV2(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
): Op<ReturnType<typeof liveImage>> {
  return liveImage(app, ctxt, id);
}

/**
 * Image data in v2. An upload that fails leaves the image queued, so that it can be tried again.
 * Upstream: glance/api/v2/image_data.py, glance/location.py; other-services §2.2.
 */
import { HttpFault, respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import { isImageData, type ImageData } from "../image-data.js";
import { StorageFull, NotFound, storeOf, type Stored } from "../store.js";
import type { GlanceApp } from "./app.js";
import { route } from "./policy.js";

const FILE = "/v2/images/{id}/file";

export const v2DataRoutes = [
  route("PUT", FILE, "upload_image", function* ({ app, ctxt, request, params: { id } }) {
    if (request.headers["content-type"] !== "application/octet-stream") {
      throw new HttpFault(415, "Image data is application/octet-stream");
    }
    const data = isImageData(request.body) ? request.body : { $data: { bytes: 0 } };
    yield* upload(app, ctxt, id, data);
    return respond(204);
  }),
  route("GET", FILE, "download_image", function* ({ app, ctxt, request, params: { id } }) {
    const { images } = app;
    const image = images.get(ctxt, id);
    const location = images.location(id);
    if (location === null || image.deleted !== 0) return respond(204);
    try {
      const data = yield* storeOf(app.stores, location).get(location);
      yield* app.notifySent(ctxt, images.meta(image), data.$data.bytes, request.from);
      return respond(200, data as unknown as HttpResponse["body"], {
        "content-type": "application/octet-stream",
        ...(image.checksum !== null && { "content-md5": image.checksum }),
      });
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      throw new HttpFault(404, error.message);
    }
  }),
];

/** @throws HttpFault 403, 404, 409, 410, 413, 500 */
function* upload(app: GlanceApp, ctxt: ImageContext, id: string, data: ImageData): Op<void> {
  const { images } = app;
  images.getMutable(ctxt, id);
  const saving = images.update(id, { status: "saving" }, { fromState: "queued" });
  yield* app.notify(ctxt, "image.prepare", images.meta(saving));
  let stored: Stored;
  try {
    if (data.$data.bytes > app.flags.image_size_cap)
      throw new StorageFull({}, "Image is too large");
    stored = yield* app.defaultStore.add(id, data);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    // Another try may go better.
    if (images.get({ ...ctxt, is_admin: true }, id).deleted === 0) {
      images.update(id, { status: "queued" });
    }
    yield* app.notifyError(ctxt, "image.upload", error.message);
    throw new HttpFault(error instanceof StorageFull ? 413 : 500, error.message);
  }
  const { size, checksum, location } = stored;
  const still = app.database.images.get(id);
  if (still?.status !== "saving") {
    yield* app.removeData(location);
    throw new HttpFault(410, `Image ${id} could not be found after upload.`);
  }
  const active = images.update(id, { size, checksum, location, status: "active" });
  yield* app.notify(ctxt, "image.upload", images.meta(active));
  yield* app.notify(ctxt, "image.activate", images.meta(active));
}

/**
 * Image data in v2. An upload that fails leaves the image queued, so that it can be tried again.
 * Upstream: glance/api/v2/image_data.py, glance/notifier.py (ImageProxy.set_data), glance/location.py
 * at 2014.2; other-services §2.2.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { type Exception, ValueError } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import {
  Forbidden,
  InvalidImageStatusTransition,
  NotFound,
  StorageQuotaFull,
} from "../../exception.js";
import { incoming, type IncomingData } from "../../image-data.js";
import { storeOf } from "../../stores/enabled.js";
import { StorageFull, StorageWriteDenied } from "../../stores/store.js";
import { checkStorage, checkStored } from "../quota.js";
import { storeFault } from "../store-faults.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { asFaults } from "./faults.js";
import { liveImage, type DomainImage } from "./image.js";

const FILE = "/v2/images/{id}/file";

export const v2DataRoutes = [
  route("PUT", FILE, "upload_image", function* ({ app, ctxt, request, params: { id } }) {
    const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
    if (type !== "application/octet-stream") {
      throw new HttpFault(415, `Invalid content type ${type}`);
    }
    yield* asFaults(upload(app, ctxt, id, incoming(request) ?? { $data: { bytes: 0 } }));
    return respond(204);
  }),
  route("GET", FILE, "download_image", function* ({ app, ctxt, request, params: { id } }) {
    return yield* asFaults(download(app, ctxt, id, request.from));
  }),
];

/** Data that is gone from its place is no fault of whoever asks: 500. */
function* download(app: GlanceApp, ctxt: ImageContext, id: string, to: string): Op<HttpResponse> {
  const { row, locations } = liveImage(app, ctxt, id);
  const [location] = locations;
  if (location === undefined) return respond(204);
  try {
    const data = yield* storeOf(app.stores, location.url).get(location.url);
    yield* app.notifySent(ctxt, app.images.meta(row), data.$data.bytes, to);
    return respond(200, data as unknown as HttpResponse["body"], {
      "content-type": "application/octet-stream",
      ...(row.checksum !== null && { "content-md5": row.checksum }),
    });
  } catch (thrown) {
    const error = yield* caught(thrown);
    app.env.log("warning", `Get image ${id} data failed: ${error.message}.`);
    app.env.log(
      "error",
      `Glance tried all active locations to get data for image ${id} but all have failed.`,
    );
    throw error;
  }
}

/** @throws HttpFault 400, 403, 404, 409, 410, 413 */
function* upload(app: GlanceApp, ctxt: ImageContext, id: string, data: IncomingData): Op<void> {
  const image = begun(app, ctxt, id);
  try {
    yield* saved(app, ctxt, image);
    yield* setData(app, ctxt, image, data);
    yield* saved(app, ctxt, image);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotFound) {
      const said =
        `Image ${id} could not be found after upload.The image may have been deleted during the ` +
        `upload: ${error.message} Cleaning up the chunks uploaded`;
      app.env.log("warning", said);
      for (const { url } of image.locations) yield* app.removeData(id, url);
      yield* restored(app, ctxt, image);
      throw new HttpFault(410, said);
    }
    const fault = refused(app, error);
    yield* restored(app, ctxt, image);
    throw fault;
  }
}

/** The image, saving; what forbids that is told before anything is written. */
function begun(app: GlanceApp, ctxt: ImageContext, id: string): DomainImage {
  const image = liveImage(app, ctxt, id);
  try {
    image.setStatus("saving");
    return image;
  } catch (error) {
    if (error instanceof Forbidden) {
      throw new HttpFault(403, `Not allowed to upload image data for image ${id}`);
    }
    if (error instanceof InvalidImageStatusTransition) throw new HttpFault(409, error.message);
    if (!(error instanceof ValueError)) throw error;
    // Back to queued is no way for an image that is queued.
    app.env.log(
      "error",
      `Unable to restore image ${id}: Image status transition from queued to queued is not allowed`,
    );
    throw new HttpFault(400, error.message);
  }
}

function* saved(app: GlanceApp, ctxt: ImageContext, image: DomainImage): Op<void> {
  yield* app.notify(ctxt, "image.update", app.images.meta(image.save()));
}

function* setData(
  app: GlanceApp,
  ctxt: ImageContext,
  image: DomainImage,
  data: IncomingData,
): Op<void> {
  const { images } = app;
  const meta = () => images.meta(images.get(ctxt, image.id, { deleted: true }));
  yield* app.notify(ctxt, "image.prepare", meta());
  try {
    yield* store(app, ctxt, image, data);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const { said, fault } = told(error, image.id);
    yield* app.notifyError(ctxt, "image.upload", said);
    throw fault;
  }
  const { size, checksum } = image.data;
  const payload = { ...meta(), size, checksum, status: "active" as const };
  yield* app.notify(ctxt, "image.upload", payload);
  yield* app.notify(ctxt, "image.activate", payload);
}

/** @throws StorageQuotaFull, also for what is above the cap; what the store has against it */
function* store(
  app: GlanceApp,
  ctxt: ImageContext,
  image: DomainImage,
  data: IncomingData,
): Op<void> {
  const { bytes } = data.$data;
  const remaining = checkStorage(app, ctxt, image.id, bytes);
  if (bytes > app.flags.image_size_cap || (remaining !== undefined && bytes > remaining)) {
    throw new StorageQuotaFull({ image_size: bytes, remaining: remaining ?? "None" });
  }
  const { size, checksum, location } = yield* app.defaultStore.add(image.id, data);
  yield* checkStored(app, ctxt, image.id, { size, location });
  image.setData(size, checksum, location);
}

/** What is announced of a failure, and what it is to go on as. */
function told(error: Exception, id: string): { readonly said: string; readonly fault: Exception } {
  if (error instanceof StorageFull || error instanceof StorageWriteDenied) {
    const fault = storeFault(error) ?? error;
    return { said: fault.message, fault };
  }
  if (error instanceof ValueError) {
    const said = `Cannot save data for image ${id}: ${error.message}`;
    return { said, fault: new HttpFault(400, error.message) };
  }
  const said = `Failed to upload image data for image ${id} due to internal error: ${error.message}`;
  return { said, fault: error };
}

/** What the uploader is told, when the image is queued again. */
function refused(app: GlanceApp, error: Exception): Exception {
  if (error instanceof HttpFault) {
    app.env.log("error", "Failed to upload image data due to HTTP error");
    return error;
  }
  if (error instanceof StorageQuotaFull) {
    const message = `Image exceeds the storage quota: ${error.message}`;
    app.env.log("error", message);
    return new HttpFault(413, message);
  }
  const fault = storeFault(error);
  app.env.log("error", fault?.message ?? "Failed to upload image data due to internal error");
  return fault ?? error;
}

/** Another try may go better. */
function* restored(app: GlanceApp, ctxt: ImageContext, image: DomainImage): Op<void> {
  try {
    image.setStatus("queued");
    yield* saved(app, ctxt, image);
  } catch (thrown) {
    const error = yield* caught(thrown);
    app.env.log("error", `Unable to restore image ${image.id}: ${error.message}`);
  }
}

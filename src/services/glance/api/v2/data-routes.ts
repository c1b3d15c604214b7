/**
 * Image data in v2. An upload that fails leaves the image queued, so that it can be tried again.
 * Upstream: glance/api/v2/image_data.py, glance/location.py at 2014.2; other-services §2.2.
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
import { incoming, type ImageData, type IncomingData } from "../../image-data.js";
import { storeOf } from "../../stores/enabled.js";
import { storeFault } from "../store-faults.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { asFaults } from "./faults.js";
import { liveImage, type DomainImage } from "./image.js";
import { saved, setData } from "./upload.js";

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

function* download(app: GlanceApp, ctxt: ImageContext, id: string, to: string): Op<HttpResponse> {
  const image = liveImage(app, ctxt, id);
  if (image.locations.length === 0) return respond(204);
  const { row } = image;
  const data = yield* dataOf(app, image);
  yield* app.notifySent(ctxt, app.images.meta(row), data.$data.bytes, to);
  return respond(200, data as unknown as HttpResponse["body"], {
    "content-type": "application/octet-stream",
    ...(row.checksum !== null && { "content-md5": row.checksum }),
  });
}

/** From the first place that gives it. That none does is no fault of whoever asks: 500. */
function* dataOf(app: GlanceApp, { id, locations }: DomainImage): Op<ImageData> {
  let last: Exception | undefined;
  for (const { url } of locations) {
    try {
      return yield* storeOf(app.stores, url).get(url);
    } catch (thrown) {
      last = yield* caught(thrown);
      app.env.log("warning", `Get image ${id} data failed: ${last.message}.`);
    }
  }
  app.env.log(
    "error",
    `Glance tried all active locations to get data for image ${id} but all have failed.`,
  );
  throw last ?? new NotFound({}, "No image data could be found");
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
      image.delete();
      for (const place of image.locations) yield* app.removeLocation(id, place);
      app.env.log("error", "Failed to upload image data due to HTTP error");
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

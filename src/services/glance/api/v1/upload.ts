/**
 * Image data on its way in, in v1: queued, saving, active, each step written through the registry;
 * from checksum and size on, only from the step before. What fails is killed. Upstream:
 * glance/api/v1/images.py (_upload, _activate), upload_utils.py at 2014.2; other-services §2.2, §2.4.
 */
import { HttpFault } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { ValueError, type Exception } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import type { ImageStatus } from "../../database.js";
import {
  Duplicate,
  Forbidden,
  ImageSizeLimitExceeded,
  Invalid,
  NotFound,
  StorageQuotaFull,
} from "../../exception.js";
import { receive, upTo, type IncomingData } from "../../image-data.js";
import type { ImageChanges, ImageMeta } from "../../image-meta.js";
import type { Store, Stored } from "../../stores/store.js";
import { checkStorage, checkStored } from "../quota.js";
import { storeFault } from "../store-faults.js";
import type { GlanceApp } from "../app.js";

export const tooLarge = (cap: number): string =>
  `Denying attempt to upload image larger than ${String(cap)} bytes.`;

/**
 * @param to the store where it is to go
 * @throws HttpFault 400, 403, 409, 410, 412, 413, 500, 503; Duplicate if the image is active already
 */
export function* uploadAndActivate(
  app: GlanceApp,
  ctxt: ImageContext,
  image: ImageMeta,
  asked: ImageChanges,
  data: IncomingData,
  to: Store,
): Op<ImageMeta> {
  yield* app.registry.update(ctxt, image.id, { status: "saving" });
  yield* app.notify(ctxt, "image.prepare", image);
  const { stored, meta } = yield* upload(app, ctxt, image, asked, data, to);
  yield* app.notify(ctxt, "image.upload", meta);
  app.env.log("info", `Uploaded data of image ${image.id} from request payload successfully.`);
  try {
    return yield* activate(app, ctxt, image.id, stored.location, "saving");
  } catch (thrown) {
    const error = yield* caught(thrown);
    // Another upload was faster: its data stands, and this goes.
    yield* app.removeData(image.id, { url: stored.location });
    if (error instanceof Duplicate) throw error;
    app.env.log(
      "warning",
      `Failed to activate image ${image.id} in registry. About to delete image bits from store ` +
        "and update status to 'killed'.",
    );
    yield* kill(app, ctxt, image.id, "saving");
    throw error;
  }
}

/** With data in place, or elsewhere, an image is active. */
export function* activate(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  location: string,
  fromState?: ImageStatus,
): Op<ImageMeta> {
  try {
    const changes: ImageChanges = { location, status: "active" };
    const from = fromState === undefined ? {} : { fromState };
    const image = yield* app.registry.update(ctxt, id, changes, from);
    yield* app.notify(ctxt, "image.activate", image);
    yield* app.notify(ctxt, "image.update", image);
    return image;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new HttpFault(400, `Failed to activate image. Got error: ${error.message}`);
  }
}

/** Give up on an image, if it is still there to be given up. */
export function* kill(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  fromState: ImageStatus,
): Op<void> {
  try {
    yield* app.registry.update(ctxt, id, { status: "killed" }, { fromState });
  } catch (thrown) {
    yield* caught(thrown);
    app.env.log("error", `Unable to kill image ${id}: `);
  }
}

/** The data, and the image with the checksum and size that came of it. */
interface Uploaded {
  readonly stored: Stored;
  readonly meta: ImageMeta;
}

/** Put the data into the store and see that it is what was announced. */
function* upload(
  app: GlanceApp,
  ctxt: ImageContext,
  image: ImageMeta,
  asked: ImageChanges,
  data: IncomingData,
  to: Store,
): Op<Uploaded> {
  try {
    const remaining = checkStorage(app, ctxt, image.id, image.size);
    if (remaining !== undefined && data.$data.bytes > remaining) throw new ImageSizeLimitExceeded();
    if (data.$data.bytes > app.flags.image_size_cap) {
      yield* receive(upTo(data, app.flags.image_size_cap));
      throw new ImageSizeLimitExceeded();
    }
    const stored = yield* to.add(image.id, data);
    const { size, checksum, location } = stored;
    yield* checkStored(app, ctxt, image.id, stored);
    const wrong = mismatch({ ...asked, size: image.size }, stored);
    if (wrong !== undefined) {
      app.env.log("error", wrong);
      yield* kill(app, ctxt, image.id, "saving");
      yield* app.removeData(image.id, { url: location });
      throw new HttpFault(400, wrong);
    }
    const changes = { checksum, size };
    const meta = yield* measured(app, ctxt, image.id, location, changes);
    return { stored, meta };
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw yield* refused(app, ctxt, image.id, error);
  }
}

/** Write checksum and size, unless the image was deleted meanwhile: then its data goes, too. */
function* measured(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  location: string,
  changes: ImageChanges,
): Op<ImageMeta> {
  try {
    return yield* app.registry.update(ctxt, id, changes, { fromState: "saving" });
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const message =
      `Image ${id} could not be found after upload. The image may have been deleted during the ` +
      "upload.";
    app.env.log("info", message);
    yield* app.removeData(id, { url: location });
    throw new HttpFault(412, message);
  }
}

/** What becomes of an image whose data could not be taken, and what its uploader is told. */
function* refused(app: GlanceApp, ctxt: ImageContext, id: string, error: Exception): Op<HttpFault> {
  if (error instanceof Duplicate) {
    // Another upload was faster, and its data is not to be touched.
    const message = `Attempt to upload duplicate image: ${error.message}`;
    yield* app.notifyError(ctxt, "image.upload", message);
    return new HttpFault(409, message);
  }
  if (error instanceof ValueError) {
    // Nobody is told: whoever sent it has gone.
    yield* kill(app, ctxt, id, "saving");
    return new HttpFault(400, "Client disconnected before sending all data to backend");
  }
  const fault = faultOf(error, id, app.flags.image_size_cap);
  const message =
    error instanceof HttpFault ? `Received HTTP error while uploading image ${id}` : fault.message;
  app.env.log("error", message);
  if (error instanceof HttpFault) {
    yield* app.notifyError(ctxt, "image.upload", message);
    yield* kill(app, ctxt, id, "saving");
  } else {
    yield* kill(app, ctxt, id, "saving");
    yield* app.notifyError(ctxt, "image.upload", message);
  }
  return fault;
}

function faultOf(error: Exception, id: string, cap: number): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof Forbidden) {
    return new HttpFault(403, `Forbidden upload attempt: ${error.message}`);
  }
  if (error instanceof ImageSizeLimitExceeded) return new HttpFault(413, tooLarge(cap));
  if (error instanceof StorageQuotaFull) {
    return new HttpFault(
      413,
      `Denying attempt to upload image because it exceeds the .quota: ${error.message}`,
    );
  }
  return storeFault(error) ?? new HttpFault(500, `Failed to upload image ${id}`);
}

function mismatch(asked: ImageChanges, stored: Stored): string | undefined {
  for (const key of ["size", "checksum"] as const) {
    const supplied = asked[key];
    if (supplied && supplied !== stored[key]) {
      return (
        `Supplied ${key} (${String(supplied)}) and ${key} generated from uploaded image ` +
        `(${String(stored[key])}) did not match. Setting image status to 'killed'.`
      );
    }
  }
  return undefined;
}

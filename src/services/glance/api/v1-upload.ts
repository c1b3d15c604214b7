/**
 * Image data on its way in, in v1: queued, saving, active, each step written through the registry
 * and only from the step before. What fails is killed. Upstream: glance/api/v1/images.py (_upload,
 * _activate), upload_utils.py; other-services §2.2, §2.4.
 */
import { HttpFault } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageData } from "../image-data.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";
import { StorageFull, Duplicate, type Stored } from "../store.js";
import type { GlanceApp } from "./app.js";

/** @throws HttpFault 400, 409, 412, 413, 500 */
export function* uploadAndActivate(
  app: GlanceApp,
  ctxt: ImageContext,
  image: ImageMeta,
  asked: ImageChanges,
  data: ImageData,
): Op<ImageMeta> {
  const { registry } = app;
  yield* registry.update(ctxt, image.id, { status: "saving" }, { fromState: "queued" });
  yield* app.notify(ctxt, "image.prepare", image);
  const stored = yield* store(app, ctxt, image, asked, data);
  const { size, checksum } = stored;
  const sized = yield* whileSaving(app, ctxt, image.id, stored, { size, checksum });
  yield* app.notify(ctxt, "image.upload", sized);
  const active: ImageChanges = { location: stored.location, status: "active" };
  const done = yield* whileSaving(app, ctxt, image.id, stored, active);
  yield* announceActive(app, ctxt, done);
  return done;
}

/** An image whose data is elsewhere is active at once. */
export function* activate(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  location: string,
): Op<ImageMeta> {
  const changes: ImageChanges = { location, status: "active" };
  const image = yield* app.registry.update(ctxt, id, changes, { fromState: "queued" });
  yield* announceActive(app, ctxt, image);
  return image;
}

/** Give up on an image, if it is still there to be given up. */
export function* kill(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  try {
    yield* app.registry.update(ctxt, id, { status: "killed" });
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    app.env.log("error", `Unable to kill image ${id}: ${error.message}`);
  }
}

function* announceActive(app: GlanceApp, ctxt: ImageContext, image: ImageMeta): Op<void> {
  yield* app.notify(ctxt, "image.activate", image);
  yield* app.notify(ctxt, "image.update", image);
}

/** Put the data into the store and see that it is what was announced. */
function* store(
  app: GlanceApp,
  ctxt: ImageContext,
  image: ImageMeta,
  asked: ImageChanges,
  data: ImageData,
): Op<Stored> {
  try {
    if (data.$data.bytes > app.flags.image_size_cap) {
      throw new HttpFault(
        413,
        `Denying attempt to upload image larger than ${app.flags.image_size_cap} bytes.`,
      );
    }
    const stored = yield* app.defaultStore.add(image.id, data);
    const wrong = mismatch(asked, stored);
    if (wrong === undefined) return stored;
    yield* app.removeData(stored.location);
    throw new HttpFault(400, wrong);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    const fault = faultOf(error);
    app.env.log("error", fault.message);
    yield* kill(app, ctxt, image.id);
    yield* app.notifyError(ctxt, "image.upload", fault.message);
    throw fault;
  }
}

/**
 * Write what is true only of an image that is still being saved; if it was deleted meanwhile, its
 * data goes, too, and the uploader is told 412.
 */
function* whileSaving(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  { location }: Stored,
  changes: ImageChanges,
): Op<ImageMeta> {
  try {
    return yield* app.registry.update(ctxt, id, changes, { fromState: "saving" });
  } catch (error) {
    if (!(error instanceof HttpFault) || (error.status !== 404 && error.status !== 409))
      throw error;
    app.env.log("info", `Image ${id} could not be found after upload`);
    yield* app.removeData(location);
    throw new HttpFault(
      412,
      `Image ${id} could not be found after upload. The image may have been deleted during the upload.`,
    );
  }
}

function mismatch(asked: ImageChanges, stored: Stored): string | undefined {
  if (asked.size && asked.size !== stored.size) {
    return `Supplied size (${asked.size}) and size generated from uploaded image (${stored.size}) did not match.`;
  }
  if (asked.checksum && asked.checksum !== stored.checksum) {
    return `Supplied checksum (${asked.checksum}) and checksum generated from uploaded image (${stored.checksum}) did not match.`;
  }
  return undefined;
}

function faultOf(error: Exception): HttpFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof Duplicate) return new HttpFault(409, error.message);
  if (error instanceof StorageFull) return new HttpFault(413, error.message);
  return new HttpFault(500, `Failed to upload image: ${error.message}`);
}

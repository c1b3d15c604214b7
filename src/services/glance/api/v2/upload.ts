/**
 * What happens to an image of v2 while its data goes to the store, and what is announced of it. Upstream:
 * glance/notifier.py (ImageProxy.set_data), glance/quota/__init__.py, glance/location.py at 2014.2.
 */
import { HttpFault } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { ValueError, type Exception } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { StorageQuotaFull } from "../../exception.js";
import type { IncomingData } from "../../image-data.js";
import { StorageFull, StorageWriteDenied } from "../../stores/store.js";
import { checkStorage, checkStored } from "../quota.js";
import { storeFault } from "../store-faults.js";
import type { GlanceApp } from "../app.js";
import type { DomainImage } from "./image.js";

export function* saved(app: GlanceApp, ctxt: ImageContext, image: DomainImage): Op<void> {
  yield* app.notify(ctxt, "image.update", app.images.meta(image.save()));
}

/** Announced before and after; a failure as an error. @throws HttpFault 400, 413, 503; others as they come */
export function* setData(
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

/**
 * The volume manager fills an image with a volume. However it ends, the volume is free again, or in use
 * as before. Upstream: cinder/volume/manager.py (copy_volume_to_image) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { volumeGet, volumeUpdate } from "../db/volumes.js";
import type { ImageMeta } from "./rpcapi.js";
import type { VolumeHost } from "./volume-host.js";

/** @throws what the driver or Glance failed with */
export function* copyVolumeToImage(
  host: VolumeHost,
  ctxt: RequestContext,
  volume_id: string,
  meta: ImageMeta,
): Op<void> {
  const { db, driver, env, images } = host;
  const volume = volumeGet(db, ctxt, volume_id);
  let begun = false;
  try {
    host.requireDriver();
    begun = true;
    yield* driver.copyVolumeToImage(ctxt, volume, images, meta);
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Error occurred while uploading volume ${volume_id} to image ${meta.id}.`);
    if (begun) yield* deleteUnfinished(host, ctxt, meta.id);
    release(host, ctxt, volume_id, volume);
    throw error;
  }
  release(host, ctxt, volume_id, volume);
}

/** Whether it is in use is known from before the upload. */
function release(
  { db }: VolumeHost,
  ctxt: RequestContext,
  volumeId: string,
  {
    instance_uuid,
    attached_host,
  }: Pick<ReturnType<typeof volumeGet>, "instance_uuid" | "attached_host">,
): void {
  const free = instance_uuid === null && attached_host === null;
  volumeUpdate(db, ctxt, volumeId, { status: free ? "available" : "in-use" });
}

/** An image that waits for data which will not come. */
function* deleteUnfinished(host: VolumeHost, ctxt: RequestContext, imageId: string): Op<void> {
  const { env, images } = host;
  try {
    const { status } = yield* images.show(ctxt, imageId);
    if (status !== "queued" && status !== "saving") return;
    env.log("warning", `Deleting image ${imageId} in ${status} state.`);
    yield* images.delete(ctxt, imageId);
  } catch (thrown) {
    yield* caught(thrown);
    env.log("warning", `Error occurred while deleting image ${imageId}.`);
  }
}

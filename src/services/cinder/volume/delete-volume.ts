/**
 * The volume manager deletes a volume: its export, its data, its row, and what it counted for. Upstream:
 * cinder/volume/manager.py (VolumeManager.delete_volume) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { deleteImageMetadata } from "../db/image-metadata.js";
import { volumeDestroy, volumeGet, volumeUpdate, type Volume } from "../db/volumes.js";
import { InvalidVolume, VolumeAttached, VolumeIsBusy, VolumeNotFound } from "../exception.js";
import { backendOf } from "../hosts.js";
import type { VolumeHost } from "./volume-host.js";

/** @param ctxt elevated. @returns whether the volume is gone because of it */
export function* deleteVolume(
  host: VolumeHost,
  ctxt: RequestContext,
  volume_id: string,
): Op<boolean> {
  const { db, env, quotas } = host;
  const volume = found(host, ctxt, volume_id);
  if (volume === undefined) return false;
  const project = volume.project_id ?? "";
  env.log("info", `volume ${volume_id}: deleting`);
  if (volume.attach_status === "attached") throw new VolumeAttached({ volume_id });
  if (backendOf(volume.host ?? "") !== host.host) {
    throw new InvalidVolume({ reason: "volume is not local to this node" });
  }
  yield* host.notify(ctxt, volume, "delete.start");
  if (!(yield* removed(host, ctxt, volume))) return false;
  // Its row goes to the volume that it was migrated to.
  if (volume.migration_status !== null) return false;
  const deltas = quotas.withType({ volumes: -1, gigabytes: -volume.size }, volume.volume_type_id);
  const reservations = quotas.reserve(ctxt, deltas, project);
  deleteImageMetadata(db, { volume_id });
  volumeDestroy(db, volume_id);
  env.log("info", `volume ${volume_id}: deleted successfully`);
  yield* host.notify(ctxt, volume, "delete.end");
  quotas.commit(ctxt, reservations, project);
  host.allocated.add(volume.host, -volume.size);
  return true;
}

/** It may be gone: a delete was resumed at the start of the service, and its message waited as well. */
function found(host: VolumeHost, ctxt: RequestContext, volumeId: string): Volume | undefined {
  try {
    return volumeGet(host.db, ctxt, volumeId);
  } catch (error) {
    if (!(error instanceof VolumeNotFound)) throw error;
    const what = `Tried to delete volume ${volumeId}, but it no longer exists, moving on`;
    host.env.log("info", what);
    return undefined;
  }
}

/** @returns false if something holds it. @throws what the driver failed with */
function* removed(host: VolumeHost, ctxt: RequestContext, volume: Volume): Op<boolean> {
  const { db, driver, env } = host;
  try {
    host.requireDriver();
    yield* driver.removeExport(volume);
    yield* driver.deleteVolume(volume);
    return true;
  } catch (thrown) {
    const error = yield* caught(thrown);
    const busy = error instanceof VolumeIsBusy;
    volumeUpdate(db, ctxt, volume.uuid, { status: busy ? "available" : "error_deleting" });
    if (!busy) throw error;
    env.log("error", `Cannot delete volume ${volume.uuid}: volume is busy`);
    return false;
  }
}

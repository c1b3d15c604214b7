/**
 * One volume, for whoever asks for it, and what may be done with it at once: its name and texts, its
 * delete. Upstream: cinder/volume/api.py (API.get, get_volume, update, delete) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { snapshotsOfVolume } from "../../db/snapshots.js";
import type { VolumeRow } from "../../db/schema.js";
import { volumeDestroy, volumeGet, volumeUpdate, type Volume } from "../../db/volumes.js";
import {
  InvalidVolume,
  PolicyNotAuthorized,
  VolumeAttached,
  VolumeNotFound,
} from "../../exception.js";
import { backendOf } from "../../hosts.js";
import { notifyAboutVolumeUsage } from "../../notifications.js";
import type { Asking } from "../route.js";

/** Somebody else's is not there. @throws VolumeNotFound */
export function getVolume({ app, ctxt, enforce }: Asking, volume_id: string): Volume {
  const volume = volumeGet(app.db, ctxt, volume_id);
  try {
    enforce(volume, "volume:get");
  } catch (error) {
    if (!(error instanceof PolicyNotAuthorized)) throw error;
    throw new VolumeNotFound({ volume_id });
  }
  return volume;
}

/** The same, read with the powers of an administrator, so that the policy decides. @throws VolumeNotFound */
export function getVolumeElevated(asking: Asking, volume_id: string): Volume {
  const { app, ctxt, enforce } = asking;
  const volume = volumeGet(app.db, ctxt.elevated(), volume_id);
  try {
    enforce(volume, "volume:get");
  } catch (error) {
    if (!(error instanceof PolicyNotAuthorized)) throw error;
    throw new VolumeNotFound({ volume_id });
  }
  return volume;
}

/** A volume that another is to be made from. @throws VolumeNotFound */
export function getSourceVolume({ app, ctxt, enforce }: Asking, volume_id: string): Volume {
  enforce(ctxt, "volume:get_volume");
  return volumeGet(app.db, ctxt, volume_id);
}

/** Write columns of it, under the rule for updates. @throws VolumeNotFound */
export function updateVolume(
  { app, ctxt, enforce }: Asking,
  volume: Volume,
  values: Partial<VolumeRow>,
): Volume {
  enforce(volume, "volume:update");
  return volumeUpdate(app.db, ctxt, volume.uuid, values);
}

/**
 * A volume that was never placed goes at once, whatever its status.
 * @param force whatever the status of one that was
 * @throws InvalidVolume, VolumeAttached
 */
export function* deleteVolume(asking: Asking, volume: Volume, force = false): Op<void> {
  const { app, ctxt, enforce } = asking;
  enforce(volume, "volume:delete");
  const { uuid, host, status, encryption_key_id: key } = volume;
  if (host === null || host === "") {
    yield* deleteUnplaced(asking, volume);
    return;
  }
  const refused = (reason: string) => new InvalidVolume({ reason });
  if (!force && !DELETABLE.includes(status)) {
    throw refused(`Volume status must be available or error, but current status is: ${status}`);
  }
  if (volume.attach_status === "attached") throw new VolumeAttached({ volume_id: uuid });
  if (volume.migration_status !== null) throw refused("Volume cannot be deleted while migrating");
  const snapshots = snapshotsOfVolume(app.db, ctxt, uuid);
  if (snapshots.length > 0) {
    throw refused(`Volume still has ${String(snapshots.length)} dependent snapshots`);
  }
  if (key !== null) app.env.log("warning", `Not deleting key ${key}`);
  const terminated_at = app.env.utcnow();
  volumeUpdate(app.db, ctxt, uuid, { status: "deleting", terminated_at });
  yield* app.volumes
    .prepare({ server: backendOf(host) })
    .delete_volume(ctxt, { volume_id: uuid, unmanage_only: false });
}

const DELETABLE = ["available", "error", "error_restoring", "error_extending"];

function* deleteUnplaced({ app, ctxt }: Asking, volume: Volume): Op<void> {
  const { db, notifier, quotas } = app;
  const others = ctxt.is_admin && ctxt.project_id !== volume.project_id;
  const project = (others ? volume.project_id : ctxt.project_id) ?? "";
  yield* notifyAboutVolumeUsage(notifier, ctxt, volume, "delete.start");
  const deltas = quotas.withType({ volumes: -1, gigabytes: -volume.size }, volume.volume_type_id);
  const reservations = quotas.reserve(ctxt, deltas, project);
  volumeDestroy(db, volume.uuid);
  quotas.commit(ctxt, reservations, project);
  yield* notifyAboutVolumeUsage(notifier, ctxt, volume, "delete.end");
}

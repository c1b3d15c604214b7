/**
 * The volume manager makes and deletes snapshots. Upstream: cinder/volume/manager.py (create_snapshot,
 * delete_snapshot) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { copyImageMetadata, deleteImageMetadata } from "../db/image-metadata.js";
import { snapshotDestroy, snapshotGet, snapshotUpdate } from "../db/snapshots.js";
import { volumeGet } from "../db/volumes.js";
import { CinderException, MetadataCopyFailure, SnapshotIsBusy } from "../exception.js";
import type { VolumeHost } from "./volume-host.js";

/** @param ctxt elevated */
export function* createSnapshot(
  host: VolumeHost,
  ctxt: RequestContext,
  { volume_id, snapshot_id }: { readonly volume_id: string; readonly snapshot_id: string },
): Op<void> {
  const { db, driver, env } = host;
  const snapshot = snapshotGet(db, ctxt, snapshot_id);
  env.log("info", `snapshot ${snapshot_id}: creating`);
  yield* host.notifyOfSnapshot(ctxt, snapshot, "create.start");
  try {
    host.requireDriver();
    yield* driver.createSnapshot(snapshot, volumeGet(db, ctxt, snapshot.volume_id));
  } catch (thrown) {
    const error = yield* caught(thrown);
    snapshotUpdate(db, ctxt, snapshot_id, { status: "error" });
    throw error;
  }
  if (volumeGet(db, ctxt, volume_id).bootable) inherit(host, ctxt, volume_id, snapshot_id);
  const available = { status: "available", progress: "100%" };
  const row = snapshotUpdate(db, ctxt, snapshot_id, available);
  env.log("info", `snapshot ${snapshot_id}: created successfully`);
  yield* host.notifyOfSnapshot(ctxt, row, "create.end");
}

/** What Glance said of the volume's image. @throws MetadataCopyFailure */
function inherit(
  { db, env }: VolumeHost,
  ctxt: RequestContext,
  volume_id: string,
  snapshot_id: string,
): void {
  try {
    copyImageMetadata(db, { volume_id }, { snapshot_id });
  } catch (error) {
    if (!(error instanceof CinderException)) throw error;
    env.log(
      "error",
      `Failed updating ${snapshot_id} metadata using the provided volumes ${volume_id} metadata`,
    );
    snapshotUpdate(db, ctxt, snapshot_id, { status: "error" });
    throw new MetadataCopyFailure({ reason: error.message });
  }
}

/** @param ctxt elevated */
export function* deleteSnapshot(
  host: VolumeHost,
  ctxt: RequestContext,
  snapshot_id: string,
): Op<void> {
  const { db, env, quotas } = host;
  const snapshot = snapshotGet(db, ctxt, snapshot_id);
  const project = snapshot.project_id ?? "";
  env.log("info", `snapshot ${snapshot_id}: deleting`);
  yield* host.notifyOfSnapshot(ctxt, snapshot, "delete.start");
  try {
    host.requireDriver();
    yield* host.driver.deleteSnapshot(snapshot);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const busy = error instanceof SnapshotIsBusy;
    const status = busy ? "available" : "error_deleting";
    snapshotUpdate(db, ctxt, snapshot_id, { status });
    if (!busy) throw error;
    env.log("error", `Cannot delete snapshot ${snapshot_id}: snapshot is busy`);
    return;
  }
  const size = quotas.countsSnapshots ? { gigabytes: -snapshot.volume_size } : {};
  const { volume_type_id } = volumeGet(db, ctxt, snapshot.volume_id);
  const deltas = quotas.withType({ snapshots: -1, ...size }, volume_type_id);
  const reservations = quotas.reserve(ctxt, deltas, project);
  deleteImageMetadata(db, { snapshot_id });
  snapshotDestroy(db, snapshot_id);
  env.log("info", `snapshot ${snapshot_id}: deleted successfully`);
  yield* host.notifyOfSnapshot(ctxt, snapshot, "delete.end");
  quotas.commit(ctxt, reservations, project);
}

/**
 * Snapshots, as far as the API makes and unmakes them. Metadata that are refused are looked at when the
 * quota is reserved already, and nobody gives it back. Upstream: cinder/volume/api.py
 * (create_snapshot_in_db, delete_snapshot, get_all_snapshots) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import { snapshotCreate, snapshotGet, snapshotUpdate, type Snapshot } from "../../db/snapshots.js";
import { volumeGet, type Volume } from "../../db/volumes.js";
import {
  InvalidSnapshot,
  InvalidVolume,
  OverQuota,
  SnapshotLimitExceeded,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import { backendOf } from "../../hosts.js";
import { columnText } from "../input.js";
import { revertingQuota } from "../reverting-quota.js";
import type { Asking } from "../route.js";
import { checkMetadata, metadataIn } from "./metadata-checks.js";

/** @throws SnapshotNotFound */
export function getSnapshot({ app, ctxt, enforce }: Asking, id: string): Snapshot {
  enforce(ctxt, "volume:get_snapshot");
  return snapshotGet(app.db, ctxt, id);
}

/**
 * Those that have all these values; the texts of a query equal no number. An administrator who says
 * anything of all tenants sees everybody's. They come as the table has them, by id.
 */
export function listSnapshots(
  { app, ctxt, enforce }: Asking,
  given: ReadonlyMap<string, string>,
): Snapshot[] {
  enforce(ctxt, "volume:get_all_snapshots");
  const filters = new Map(given);
  const everybodys = ctxt.is_admin && filters.delete("all_tenants");
  return app.db.snapshots
    .find()
    .filter(({ project_id }) => everybodys || project_id === ctxt.project_id)
    .filter((snapshot) => {
      const { uuid: id, ...columns } = snapshot;
      const values: JsonObject = { ...columns, id };
      return [...filters].every(([key, value]) => values[key] === value);
    })
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
}

export interface NewSnapshotRequest {
  readonly name: Json;
  readonly description: Json;
  readonly metadata: Json;
  /** Whatever the status of the volume. */
  readonly force: boolean;
}

/** @throws InvalidVolume, VolumeSizeExceedsAvailableQuota, SnapshotLimitExceeded */
export function* createSnapshot(
  asking: Asking,
  volume: Volume,
  { name, description, metadata, force }: NewSnapshotRequest,
): Op<Snapshot> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id, size } = volume;
  enforce(volume, "volume:create_snapshot");
  const refused = (reason: string) => new InvalidVolume({ reason });
  if (volume.migration_status !== null) {
    throw refused("Snapshot cannot be created while volume is migrating");
  }
  if (volume.status.startsWith("replica_")) {
    throw refused("Snapshot of secondary replica is not allowed.");
  }
  if (!force && volume.status !== "available") throw refused("must be available");
  const reservations = reserve(asking, volume);
  const said = metadataIn(metadata);
  checkMetadata(app.env, said);
  const values = () => ({
    volume_id,
    cgsnapshot_id: null,
    user_id: ctxt.user_id,
    project_id: ctxt.project_id,
    status: "creating",
    progress: "0%",
    volume_size: size,
    display_name: columnText(name),
    display_description: columnText(description),
    volume_type_id: volume.volume_type_id,
    encryption_key_id: volume.encryption_key_id,
    provider_location: null,
  });
  const uuid = app.ids.uuid();
  const snapshot = revertingQuota(asking, reservations, () => {
    const texts = Object.entries(said).map(([key, value]) => [key, columnText(value)] as const);
    return snapshotCreate(app.db, { uuid, ...values() }, Object.fromEntries(texts));
  });
  app.quotas.commit(ctxt, reservations);
  const args = { volume_id, snapshot_id: uuid };
  yield* app.volumes.prepare({ server: backendOf(volume.host ?? "") }).create_snapshot(ctxt, args);
  return snapshot;
}

/** @throws VolumeSizeExceedsAvailableQuota, SnapshotLimitExceeded */
function reserve({ app, ctxt }: Asking, { size, volume_type_id }: Volume): string[] {
  const { quotas, env } = app;
  const deltas = quotas.countsSnapshots ? { snapshots: 1, gigabytes: size } : { snapshots: 1 };
  try {
    return quotas.reserve(ctxt, quotas.withType(deltas, volume_type_id));
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const { overs, quotas: limits } = error.details;
    const exceeded = `Quota exceeded for ${ctxt.project_id ?? "None"}, tried to create`;
    // The first that is over, by name.
    const [over = ""] = overs;
    const used = String(error.consumed(over));
    if (over.includes("gigabytes")) {
      const already = `(${used}G of ${String(limits[over])}G already consumed)`;
      env.log("warning", `${exceeded} ${String(size)}G snapshot ${already}`);
      const [consumed, quota] = [error.consumed("gigabytes"), limits["gigabytes"]];
      throw new VolumeSizeExceedsAvailableQuota({ requested: size, consumed, quota });
    }
    env.log("warning", `${exceeded} snapshot (${used} snapshots already consumed)`);
    throw new SnapshotLimitExceeded({ allowed: limits[over] });
  }
}

/** @throws InvalidSnapshot, VolumeNotFound */
export function* deleteSnapshot(asking: Asking, snapshot: Snapshot, force = false): Op<void> {
  const { app, ctxt, enforce } = asking;
  const { uuid: snapshot_id, status } = snapshot;
  enforce(snapshot, "volume:delete_snapshot");
  if (!force && status !== "available" && status !== "error") {
    const reason = "Volume Snapshot status must be available or error";
    throw new InvalidSnapshot({ reason });
  }
  snapshotUpdate(app.db, ctxt, snapshot_id, { status: "deleting" });
  const { host } = volumeGet(app.db, ctxt, snapshot.volume_id);
  yield* app.volumes
    .prepare({ server: backendOf(host ?? "") })
    .delete_snapshot(ctxt, { snapshot_id });
}

/**
 * Snapshots by id. Upstream: cinder/db/sqlalchemy/api.py (snapshot_create, snapshot_get,
 * snapshot_update, snapshot_destroy) at 2014.2.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import { SnapshotNotFound } from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { Metadata } from "./pairs.js";
import type { SnapshotRow } from "./schema.js";

export type Snapshot = Row<SnapshotRow>;

/** By which a backend knows it: `snapshot_name_template`. */
export const snapshotName = ({ uuid }: Pick<SnapshotRow, "uuid">): string => `snapshot-${uuid}`;

export function snapshotCreate(
  db: CinderDatabase,
  values: SnapshotRow,
  metadata: Metadata,
): Snapshot {
  const row = db.snapshots.insert(values);
  db.snapshotMetadata.set(row.uuid, metadata);
  return row;
}

/** @throws SnapshotNotFound */
export function snapshotGet(
  db: CinderDatabase,
  ctxt: RequestContext,
  snapshot_id: string,
): Snapshot {
  const row = db.snapshots.get(snapshot_id);
  const seen = row !== undefined && (ctxt.is_admin || row.project_id === ctxt.project_id);
  if (!seen) throw new SnapshotNotFound({ snapshot_id });
  return row;
}

/** @throws SnapshotNotFound */
export function snapshotUpdate(
  db: CinderDatabase,
  ctxt: RequestContext,
  snapshot_id: string,
  values: Partial<SnapshotRow>,
): Snapshot {
  snapshotGet(db, ctxt, snapshot_id);
  const row = db.snapshots.update(snapshot_id, values);
  if (row === undefined) throw new SnapshotNotFound({ snapshot_id });
  return row;
}

export function snapshotDestroy(db: CinderDatabase, snapshot_id: string): void {
  db.snapshots.softDelete(snapshot_id, { status: "deleted" });
  db.snapshotMetadata.clear(snapshot_id);
}

/** Those of a volume that the caller may see. */
export const snapshotsOfVolume = (
  db: CinderDatabase,
  ctxt: RequestContext,
  volume_id: string,
): Snapshot[] =>
  db.snapshots
    .find({ volume_id })
    .filter(({ project_id }) => ctxt.is_admin || project_id === ctxt.project_id);

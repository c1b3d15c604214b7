/**
 * A snapshot as the API shows it. Upstream: cinder/api/v{1,2}/snapshots.py,
 * cinder/api/contrib/extended_snapshot_attributes.py at 2014.2.
 */
import { storedDate, type RequestContext } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Snapshot } from "../../db/snapshots.js";
import type { CinderApp } from "../app.js";
import { authorized } from "../policy.js";
import type { ApiVersion } from "../route.js";

/** @param fresh it has not been read back yet: its date has a fraction */
export function snapshotView(
  { db }: CinderApp,
  snapshot: Snapshot,
  version: ApiVersion,
  fresh = false,
): JsonObject {
  const { uuid, created_at, display_name, display_description, volume_id, status } = snapshot;
  return {
    id: uuid,
    created_at: fresh ? created_at : storedDate(created_at),
    ...(version === "v1"
      ? { display_name, display_description }
      : { name: display_name, description: display_description }),
    volume_id,
    status,
    size: snapshot.volume_size,
    metadata: db.snapshotMetadata.get(uuid),
  };
}

/** What an extension adds to show and detail. */
export function snapshotAttributes(
  ctxt: RequestContext,
  { project_id, progress }: Snapshot,
): JsonObject {
  if (!authorized(ctxt, "volume_extension:extended_snapshot_attributes")) return {};
  return {
    "os-extended-snapshot-attributes:project_id": project_id,
    "os-extended-snapshot-attributes:progress": progress,
  };
}

/**
 * What Glance said of the image that a volume was made from; snapshots and volumes made of it inherit
 * it. All values are text. Upstream: cinder/db/sqlalchemy/api.py (volume_glance_metadata_*) at 2014.2.
 */
import { GlanceMetadataNotFound } from "../exception.js";
import type { CinderDatabase } from "./database.js";

/** Of a volume or of a snapshot. */
export type Whose = { readonly volume_id: string } | { readonly snapshot_id: string };

/** Empty if it was made from none. */
export const imageMetadata = (
  { volume_glance_metadata }: CinderDatabase,
  whose: Whose,
): Readonly<Record<string, string>> =>
  Object.fromEntries(volume_glance_metadata.find(whose).map(({ key, value }) => [key, value]));

/** What is there already stays. */
export function addImageMetadata(
  { volume_glance_metadata }: CinderDatabase,
  volume_id: string,
  metadata: Readonly<Record<string, string>>,
): void {
  const rows = volume_glance_metadata.find({ volume_id });
  for (const [key, value] of Object.entries(metadata)) {
    if (rows.some((row) => row.key === key)) continue;
    volume_glance_metadata.insert({ volume_id, snapshot_id: null, key, value });
  }
}

/** @throws GlanceMetadataNotFound where there is nothing to copy */
export function copyImageMetadata(db: CinderDatabase, from: Whose, to: Whose): void {
  const rows = db.volume_glance_metadata.find(from);
  if (rows.length === 0) throw new GlanceMetadataNotFound({ id: Object.values(from)[0] });
  for (const { key, value } of rows) {
    db.volume_glance_metadata.insert({ volume_id: null, snapshot_id: null, ...to, key, value });
  }
}

export function deleteImageMetadata(
  { volume_glance_metadata }: CinderDatabase,
  whose: Whose,
): void {
  for (const { id } of volume_glance_metadata.find(whose)) volume_glance_metadata.softDelete(id);
}

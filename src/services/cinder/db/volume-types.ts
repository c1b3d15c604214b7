/**
 * Volume types and their extra specs. Upstream: cinder/db/sqlalchemy/api.py (volume_type_*) and
 * cinder/volume/volume_types.py at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { InvalidVolumeType, VolumeTypeNotFound, VolumeTypeNotFoundByName } from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { VolumeTypeRow } from "./schema.js";

/** A type with its extra specs, as it travels in requests. */
export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly qos_specs_id: string | null;
  readonly extra_specs: Readonly<Record<string, string | null>>;
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  readonly deleted: boolean;
}

export const extraSpecs = (
  { volume_type_extra_specs }: CinderDatabase,
  volume_type_id: string,
): Readonly<Record<string, string | null>> =>
  Object.fromEntries(
    volume_type_extra_specs.find({ volume_type_id }).map(({ key, value }) => [key, value]),
  );

const typeOf = (db: CinderDatabase, row: Row<VolumeTypeRow>): VolumeType => ({
  id: row.uuid,
  name: row.name,
  qos_specs_id: row.qos_specs_id,
  extra_specs: extraSpecs(db, row.uuid),
  created_at: row.created_at,
  updated_at: row.updated_at,
  deleted_at: row.deleted_at,
  deleted: row.deleted !== 0,
});

/** @throws VolumeTypeNotFound */
export function volumeTypeGet(db: CinderDatabase, id: string): VolumeType {
  const row = db.volume_types.get(id);
  if (row === undefined) throw new VolumeTypeNotFound({ volume_type_id: id });
  return typeOf(db, row);
}

/** @throws InvalidVolumeType, VolumeTypeNotFoundByName */
export function volumeTypeByName(db: CinderDatabase, name: string | null): VolumeType {
  if (name === null) throw new InvalidVolumeType({ reason: "name cannot be None" });
  const row = db.volume_types.first({ name });
  if (row === undefined) throw new VolumeTypeNotFoundByName({ volume_type_name: name });
  return typeOf(db, row);
}

export const volumeTypes = (db: CinderDatabase): VolumeType[] =>
  db.volume_types.find().map((row) => typeOf(db, row));

/** The name of the type of a volume, which may have been deleted since; null without a type. */
export const volumeTypeName = (db: CinderDatabase, id: string | null): string | null =>
  id === null ? null : (db.volume_types.get(id)?.name ?? null);

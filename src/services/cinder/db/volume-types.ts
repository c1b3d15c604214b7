/**
 * Volume types and their extra specs. A name is taken whatever its case, as MySQL compares. Upstream:
 * cinder/db/sqlalchemy/api.py (volume_type_*) and cinder/volume/volume_types.py at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import {
  InvalidVolumeType,
  VolumeTypeExists,
  VolumeTypeExtraSpecsNotFound,
  VolumeTypeInUse,
  VolumeTypeNotFound,
  VolumeTypeNotFoundByName,
} from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { Metadata } from "./pairs.js";
import type { VolumeTypeRow } from "./schema.js";

/** A type with its extra specs, as it travels in requests. */
export interface VolumeType {
  readonly id: string;
  readonly name: string;
  readonly qos_specs_id: string | null;
  readonly extra_specs: Metadata;
  readonly created_at: string;
  readonly updated_at: string | null;
  readonly deleted_at: string | null;
  readonly deleted: boolean;
}

const typeOf = (db: CinderDatabase, row: Row<VolumeTypeRow>): VolumeType => ({
  id: row.uuid,
  name: row.name,
  qos_specs_id: row.qos_specs_id,
  extra_specs: db.extraSpecs.get(row.uuid),
  created_at: row.created_at,
  updated_at: row.updated_at,
  deleted_at: row.deleted_at,
  deleted: row.deleted !== 0,
});

/** @throws VolumeTypeExists */
export function volumeTypeCreate(
  db: CinderDatabase,
  { uuid, name }: Pick<VolumeTypeRow, "uuid" | "name">,
  extra_specs: Metadata,
): void {
  if (named(db, name) !== undefined) throw new VolumeTypeExists({ id: name });
  db.volume_types.insert({ uuid, name, qos_specs_id: null });
  db.extraSpecs.set(uuid, extra_specs);
}

const named = ({ volume_types }: CinderDatabase, name: string): Row<VolumeTypeRow> | undefined =>
  volume_types.find().find((row) => sameText(row.name, name));

/** @throws VolumeTypeNotFound */
export function volumeTypeGet(db: CinderDatabase, id: string): VolumeType {
  const row = db.volume_types.get(id);
  if (row === undefined) throw new VolumeTypeNotFound({ volume_type_id: id });
  return typeOf(db, row);
}

/** @throws InvalidVolumeType, VolumeTypeNotFoundByName */
export function volumeTypeByName(db: CinderDatabase, name: string | null): VolumeType {
  if (name === null) throw new InvalidVolumeType({ reason: "name cannot be None" });
  const row = named(db, name);
  if (row === undefined) throw new VolumeTypeNotFoundByName({ volume_type_name: name });
  return typeOf(db, row);
}

export const volumeTypes = (db: CinderDatabase): VolumeType[] =>
  db.volume_types.find().map((row) => typeOf(db, row));

/** @throws VolumeTypeInUse while a volume has it */
export function volumeTypeDestroy(db: CinderDatabase, id: string): void {
  if (db.volumes.find({ volume_type_id: id }).length > 0) {
    throw new VolumeTypeInUse({ volume_type_id: id });
  }
  db.volume_types.softDelete(id);
  db.extraSpecs.clear(id);
}

/** @throws VolumeTypeExtraSpecsNotFound */
export function extraSpecDelete(db: CinderDatabase, volume_type_id: string, key: string): void {
  if (db.extraSpecs.delete(volume_type_id, key)) return;
  throw new VolumeTypeExtraSpecsNotFound({ volume_type_id, extra_specs_key: key });
}

/** The name of the type of a volume, which may have been deleted since; null without a type. */
export const volumeTypeName = (db: CinderDatabase, id: string | null): string | null =>
  id === null ? null : (db.volume_types.get(id)?.name ?? null);

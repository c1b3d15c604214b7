/**
 * Qualities of service: one table of keys and values, where the row that names a set is the parent of the
 * others. A set without a consumer cannot be read, and a key may well be deleted. Upstream:
 * cinder/db/sqlalchemy/api.py (qos_specs_*, volume_type_qos_*) at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import { bytesRepr, KeyError, type JsonObject } from "../../../python/index.js";
import { QoSSpecsExists, QoSSpecsKeyNotFound, QoSSpecsNotFound } from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { Metadata } from "./pairs.js";
import type { QosSpecRow, VolumeTypeRow } from "./schema.js";
import { volumeTypeGet } from "./volume-types.js";

/** The key of the row whose value is the name of a set. */
const NAME = "QoS_Specs_Name";

export interface QosSpecs extends JsonObject {
  readonly name: string | null;
  readonly id: string;
}

type SpecRow = Row<QosSpecRow>;

/** @throws QoSSpecsExists */
export function qosSpecsCreate(
  db: CinderDatabase,
  ids: Stream,
  { name, specs }: { readonly name: string; readonly specs: Metadata },
): void {
  const { quality_of_service_specs: table } = db;
  if (named(db, name) !== undefined) throw new QoSSpecsExists({ specs_id: name });
  const root = table.insert({ uuid: ids.uuid(), specs_id: null, key: NAME, value: name });
  for (const [key, value] of Object.entries(specs)) {
    table.insert({ uuid: ids.uuid(), specs_id: root.uuid, key, value });
  }
}

const named = (
  { quality_of_service_specs: table }: CinderDatabase,
  name: string,
): SpecRow | undefined =>
  table.find({ key: NAME }).find(({ value }) => value !== null && sameText(value, name));

/** @throws QoSSpecsNotFound; KeyError for a set that nobody consumes */
export function qosSpecsByName(db: CinderDatabase, name: string): QosSpecs {
  const row = named(db, name);
  if (row === undefined) throw new QoSSpecsNotFound({ specs_id: name });
  return withChildren(db, row);
}

/** @throws QoSSpecsNotFound */
function rowOf({ quality_of_service_specs: table }: CinderDatabase, specs_id: string): SpecRow {
  const row = table.get(specs_id);
  if (row === undefined) throw new QoSSpecsNotFound({ specs_id });
  return row;
}

/** @throws QoSSpecsNotFound; KeyError for a set that nobody consumes */
export const qosSpecsGet = (db: CinderDatabase, specs_id: string): QosSpecs =>
  withChildren(db, rowOf(db, specs_id));

/** As the table has them: by id. @throws KeyError for a set that nobody consumes */
export const qosSpecsList = (db: CinderDatabase): QosSpecs[] =>
  db.quality_of_service_specs
    .find({ key: NAME })
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1))
    .map((row) => withChildren(db, row));

function withChildren(
  { quality_of_service_specs: table }: CinderDatabase,
  { uuid: id, value: name }: SpecRow,
): QosSpecs {
  // What was deleted is a child still.
  if (table.findAny({ specs_id: id }).length === 0) return { name, id };
  const children = table.find({ specs_id: id }).map(({ key, value }) => [key, value] as const);
  const { consumer, ...specs } = Object.fromEntries(children);
  if (consumer === undefined) throw new KeyError(bytesRepr("consumer"));
  return { name, id, consumer, specs };
}

/** @throws QoSSpecsNotFound */
export function qosSpecsUpdate(
  db: CinderDatabase,
  ids: Stream,
  { specs_id, specs }: { readonly specs_id: string; readonly specs: Metadata },
): void {
  const { quality_of_service_specs: table } = db;
  rowOf(db, specs_id);
  for (const [key, value] of Object.entries(specs)) {
    const row = table.first({ specs_id, key });
    if (row === undefined) table.insert({ uuid: ids.uuid(), specs_id, key, value });
    else table.update(row.uuid, { value });
  }
}

/** @throws QoSSpecsKeyNotFound */
export function qosSpecsItemDelete(db: CinderDatabase, specs_id: string, specs_key: string): void {
  const row = db.quality_of_service_specs.first({ specs_id, key: specs_key });
  if (row === undefined) throw new QoSSpecsKeyNotFound({ specs_id, specs_key });
  db.quality_of_service_specs.softDelete(row.uuid);
}

/** With all its keys. @throws QoSSpecsNotFound */
export function qosSpecsDelete(db: CinderDatabase, specs_id: string): void {
  const { quality_of_service_specs: table } = db;
  rowOf(db, specs_id);
  for (const { uuid } of table.find({ specs_id })) table.softDelete(uuid);
  table.softDelete(specs_id);
}

/** The volume types that have it. @throws QoSSpecsNotFound */
export function qosSpecsTypes(db: CinderDatabase, specs_id: string): Row<VolumeTypeRow>[] {
  rowOf(db, specs_id);
  return db.volume_types
    .find({ qos_specs_id: specs_id })
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));
}

/** What a type has; null without. @throws VolumeTypeNotFound; KeyError */
export function qosSpecsOfType(db: CinderDatabase, type: string): QosSpecs | null {
  const { qos_specs_id } = volumeTypeGet(db, type);
  const row = qos_specs_id === null ? undefined : db.quality_of_service_specs.get(qos_specs_id);
  return row === undefined ? null : withChildren(db, row);
}

/** @param specs_id null: none any more. @throws VolumeTypeNotFound */
export function qosSpecsAssociate(db: CinderDatabase, type: string, specs_id: string | null): void {
  volumeTypeGet(db, type);
  db.volume_types.update(type, { qos_specs_id: specs_id });
}

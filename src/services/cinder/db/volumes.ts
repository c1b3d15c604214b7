/**
 * Volumes by id: made, read, changed, gone. Whoever is no administrator sees those of the own project
 * only. Upstream: cinder/db/sqlalchemy/api.py (volume_create, volume_get, volume_update,
 * volume_destroy, volume_attached, volume_detached, volume_get_all_by_host, finish_volume_migration) at
 * 2014.2.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import { isUuidLike } from "../../../python/index.js";
import { InvalidUUID, VolumeNotFound } from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { Metadata } from "./pairs.js";
import type { VolumeRow } from "./schema.js";

export type Volume = Row<VolumeRow>;

/** By which a backend knows it: `volume_name_template`. */
export const volumeName = ({ uuid, _name_id }: Pick<VolumeRow, "uuid" | "_name_id">): string =>
  `volume-${_name_id ?? uuid}`;

/** What of a row its maker does not say. */
const BLANK = {
  _name_id: null,
  host: null,
  instance_uuid: null,
  attached_host: null,
  mountpoint: null,
  attach_time: null,
  migration_status: null,
  scheduled_at: null,
  launched_at: null,
  terminated_at: null,
  provider_location: null,
  provider_auth: null,
  provider_geometry: null,
  bootable: false,
  replication_extended_status: null,
  replication_driver_data: null,
} as const satisfies Partial<VolumeRow>;

export type NewVolume = Omit<VolumeRow, keyof typeof BLANK>;

export function volumeCreate(db: CinderDatabase, values: NewVolume, metadata: Metadata): Volume {
  const row = db.volumes.insert({ ...BLANK, ...values });
  db.userMetadata.set(row.uuid, metadata);
  return row;
}

/** A volume with the columns of another, to which it will be migrated; what users say of it is not copied. */
export function volumeCopy(
  db: CinderDatabase,
  volume: Volume,
  values: Partial<VolumeRow> & Pick<VolumeRow, "uuid">,
): Volume {
  return db.volumes.insert({ ...columnsOf(volume), _name_id: null, ...values });
}

const columnsOf = ({
  id: _id,
  created_at: _created,
  updated_at: _updated,
  deleted_at: _deletedAt,
  deleted: _deleted,
  ...columns
}: Volume): VolumeRow => columns;

/** The source goes on with the columns of the target, by whose id the backend knows it. @throws VolumeNotFound */
export function finishVolumeMigration(
  db: CinderDatabase,
  ctxt: RequestContext,
  source_id: string,
  target_id: string,
): void {
  const { uuid, _name_id, ...columns } = columnsOf(volumeGet(db, ctxt, target_id));
  const known = _name_id === null || _name_id === "" ? uuid : _name_id;
  volumeUpdate(db, ctxt, source_id, { ...columns, migration_status: null, _name_id: known });
}

/** @throws VolumeNotFound */
export function volumeGet(db: CinderDatabase, ctxt: RequestContext, volume_id: string): Volume {
  const row = db.volumes.get(volume_id);
  const seen = row !== undefined && (ctxt.is_admin || row.project_id === ctxt.project_id);
  if (!seen) throw new VolumeNotFound({ volume_id });
  return row;
}

/** @throws VolumeNotFound */
export function volumeUpdate(
  db: CinderDatabase,
  ctxt: RequestContext,
  volume_id: string,
  values: Partial<VolumeRow>,
): Volume {
  volumeGet(db, ctxt, volume_id);
  const row = db.volumes.update(volume_id, values);
  if (row === undefined) throw new VolumeNotFound({ volume_id });
  return row;
}

/** With all that belongs to it but what Glance said. */
export function volumeDestroy(db: CinderDatabase, volume_id: string): void {
  db.volumes.softDelete(volume_id, { status: "deleted" });
  db.userMetadata.clear(volume_id);
  db.adminMetadata.clear(volume_id);
  for (const { uuid } of db.transfers.find({ volume_id })) db.transfers.softDelete(uuid);
}

export interface Attachment {
  readonly instance_uuid: string | null;
  readonly attached_host: string | null;
  readonly mountpoint: string | null;
}

/** @throws InvalidUUID, VolumeNotFound */
export function volumeAttached(
  db: CinderDatabase,
  ctxt: RequestContext,
  volume_id: string,
  attachment: Attachment,
): Volume {
  const { instance_uuid } = attachment;
  if (instance_uuid !== null && instance_uuid !== "" && !isUuidLike(instance_uuid)) {
    throw new InvalidUUID({ uuid: instance_uuid });
  }
  const attached = { status: "in-use", attach_status: "attached", ...attachment };
  return volumeUpdate(db, ctxt, volume_id, attached);
}

/** Of a volume that is being migrated, users do not see it. @throws VolumeNotFound */
export function volumeDetached(db: CinderDatabase, ctxt: RequestContext, volume_id: string): void {
  const { migration_status } = volumeGet(db, ctxt, volume_id);
  volumeUpdate(db, ctxt, volume_id, {
    ...(migration_status === null && { status: "available" }),
    mountpoint: null,
    attach_status: "detached",
    instance_uuid: null,
    attached_host: null,
    attach_time: null,
  });
}

/** Those of a service, in whatever pool. */
export const volumesOfHost = ({ volumes }: CinderDatabase, service: string): Volume[] =>
  volumes
    .find()
    .filter(({ host }) => host === service || (host?.startsWith(`${service}#`) ?? false));

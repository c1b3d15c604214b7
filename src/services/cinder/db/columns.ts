/**
 * The types of the columns that messages write into as they come. Upstream:
 * cinder/db/sqlalchemy/models.py at 2014.2.
 */
import { column, nullableColumn, type Columns } from "../../../framework/index.js";
import type { SnapshotRow, VolumeRow } from "./schema.js";

const text = nullableColumn("text");
const date = nullableColumn("date");
const integer = nullableColumn("integer");

export const volumeColumns: Columns<VolumeRow> = {
  uuid: column("text"),
  _name_id: text,
  user_id: text,
  project_id: text,
  snapshot_id: text,
  host: text,
  size: integer,
  availability_zone: text,
  instance_uuid: text,
  attached_host: text,
  mountpoint: text,
  attach_time: text,
  status: text,
  attach_status: text,
  migration_status: text,
  scheduled_at: date,
  launched_at: date,
  terminated_at: date,
  display_name: text,
  display_description: text,
  provider_location: text,
  provider_auth: text,
  provider_geometry: text,
  volume_type_id: text,
  source_volid: text,
  encryption_key_id: text,
  consistencygroup_id: text,
  bootable: nullableColumn("boolean"),
  replication_status: text,
  replication_extended_status: text,
  replication_driver_data: text,
};

export const snapshotColumns: Columns<SnapshotRow> = {
  uuid: column("text"),
  user_id: text,
  project_id: text,
  volume_id: text,
  cgsnapshot_id: text,
  status: text,
  progress: text,
  volume_size: integer,
  display_name: text,
  display_description: text,
  encryption_key_id: text,
  volume_type_id: text,
  provider_location: text,
};

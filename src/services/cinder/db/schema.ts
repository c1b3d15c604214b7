/**
 * The rows of Cinder's tables, by upstream's column names. What is a string `id` upstream is `uuid`
 * here, because every table of this house has an integer `id` of its own. Upstream:
 * cinder/db/sqlalchemy/models.py at 2014.2.
 */

export interface ServiceRow {
  readonly host: string;
  readonly binary: string;
  readonly topic: string;
  readonly report_count: number;
  readonly disabled: boolean;
  readonly availability_zone: string;
  readonly disabled_reason: string | null;
}

export interface VolumeRow {
  readonly uuid: string;
  /** By which the backend knows it, if that is not its id: it was migrated. */
  readonly _name_id: string | null;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly snapshot_id: string | null;
  /** `controller#LVM_iSCSI`: service and pool. */
  readonly host: string | null;
  /** GB. */
  readonly size: number;
  readonly availability_zone: string | null;
  readonly instance_uuid: string | null;
  readonly attached_host: string | null;
  readonly mountpoint: string | null;
  /** Text, as upstream's column is. */
  readonly attach_time: string | null;
  readonly status: string;
  readonly attach_status: string;
  readonly migration_status: string | null;
  readonly scheduled_at: string | null;
  readonly launched_at: string | null;
  readonly terminated_at: string | null;
  readonly display_name: string | null;
  readonly display_description: string | null;
  /** `10.0.0.11:3260,1 iqn.2010-10.org.openstack:volume-<id> 1`. */
  readonly provider_location: string | null;
  /** `CHAP <user> <password>`. */
  readonly provider_auth: string | null;
  readonly provider_geometry: string | null;
  readonly volume_type_id: string | null;
  readonly source_volid: string | null;
  readonly encryption_key_id: string | null;
  readonly consistencygroup_id: string | null;
  readonly bootable: boolean;
  readonly replication_status: string | null;
  readonly replication_extended_status: string | null;
  readonly replication_driver_data: string | null;
}

/** `volume_metadata` and `volume_admin_metadata`. */
export interface VolumeMetadataRow {
  readonly volume_id: string;
  readonly key: string;
  readonly value: string | null;
}

export interface SnapshotRow {
  readonly uuid: string;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly volume_id: string;
  readonly cgsnapshot_id: string | null;
  readonly status: string;
  readonly progress: string | null;
  /** GB. */
  readonly volume_size: number;
  readonly display_name: string | null;
  readonly display_description: string | null;
  readonly encryption_key_id: string | null;
  readonly volume_type_id: string | null;
  readonly provider_location: string | null;
}

export interface SnapshotMetadataRow {
  readonly snapshot_id: string;
  readonly key: string;
  readonly value: string | null;
}

/** What Glance said of the image that a volume, or the volume of a snapshot, was made from. */
export interface VolumeGlanceMetadataRow {
  readonly volume_id: string | null;
  readonly snapshot_id: string | null;
  readonly key: string;
  readonly value: string;
}

export interface VolumeTypeRow {
  readonly uuid: string;
  readonly name: string;
  readonly qos_specs_id: string | null;
}

export interface VolumeTypeExtraSpecRow {
  readonly volume_type_id: string;
  readonly key: string;
  readonly value: string | null;
}

/** A set of qualities of service, by its name, or one of its keys. */
export interface QosSpecRow {
  readonly uuid: string;
  /** The set; null in its own row. */
  readonly specs_id: string | null;
  readonly key: string;
  readonly value: string | null;
}

/** Whose key is the type. */
export interface EncryptionRow {
  readonly volume_type_id: string;
  readonly cipher: string | null;
  readonly key_size: number | null;
  readonly provider: string | null;
  readonly control_location: string | null;
}

export interface QuotaRow {
  readonly project_id: string;
  readonly resource: string;
  readonly hard_limit: number;
}

export interface QuotaClassRow {
  readonly class_name: string;
  readonly resource: string;
  readonly hard_limit: number;
}

export interface QuotaUsageRow {
  readonly project_id: string;
  readonly resource: string;
  readonly in_use: number;
  readonly reserved: number;
  readonly until_refresh: number | null;
}

export interface ReservationRow {
  readonly uuid: string;
  readonly usage_id: number;
  readonly project_id: string;
  readonly resource: string;
  readonly delta: number;
  readonly expire: string;
}

export interface TransferRow {
  readonly uuid: string;
  readonly volume_id: string;
  readonly display_name: string | null;
  readonly salt: string;
  readonly crypt_hash: string;
}

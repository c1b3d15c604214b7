/**
 * Cinder's database: its tables, and nothing else. Every process of Cinder reads and writes it, and it
 * outlives them. Upstream: MySQL.
 */
import { lastChange, Table, type RowHistory } from "../../../framework/index.js";
import type { Kernel, Micros } from "../../../kernel/index.js";
import { snapshotColumns, volumeColumns } from "./columns.js";
import { Pairs } from "./pairs.js";
import type * as schema from "./schema.js";

const project = "cinder";

export class CinderDatabase {
  readonly kernel: Kernel;
  readonly services: Table<schema.ServiceRow>;
  readonly volumes: Table<schema.VolumeRow>;
  readonly volume_metadata: Table<schema.VolumeMetadataRow>;
  readonly volume_admin_metadata: Table<schema.VolumeMetadataRow>;
  readonly snapshots: Table<schema.SnapshotRow>;
  readonly snapshot_metadata: Table<schema.SnapshotMetadataRow>;
  readonly volume_glance_metadata: Table<schema.VolumeGlanceMetadataRow>;
  readonly volume_types: Table<schema.VolumeTypeRow>;
  readonly volume_type_extra_specs: Table<schema.VolumeTypeExtraSpecRow>;
  readonly quality_of_service_specs: Table<schema.QosSpecRow>;
  readonly encryption: Table<schema.EncryptionRow>;
  readonly quotas: Table<schema.QuotaRow>;
  readonly quota_classes: Table<schema.QuotaClassRow>;
  readonly quota_usages: Table<schema.QuotaUsageRow>;
  readonly reservations: Table<schema.ReservationRow>;
  readonly transfers: Table<schema.TransferRow>;
  /** When volumes and snapshots got the status that they have. */
  readonly volumeStatus: RowHistory<schema.VolumeRow, Micros>;
  readonly snapshotStatus: RowHistory<schema.SnapshotRow, Micros>;
  /** When volumes got the server that they have. */
  readonly volumeServer: RowHistory<schema.VolumeRow, Micros>;
  /** What users say of volumes, what administrators may see of them, what users say of snapshots. */
  readonly userMetadata: Pairs;
  readonly adminMetadata: Pairs;
  readonly snapshotMetadata: Pairs;
  /** What a volume type asks for. */
  readonly extraSpecs: Pairs;

  constructor(kernel: Kernel) {
    const table = <R extends object>(
      name: string,
      key: (keyof R & string) | undefined,
      ...indexes: (keyof R & string)[]
    ): Table<R> =>
      new Table<R>(kernel, { project, name, ...(key !== undefined && { key }), indexes });

    this.kernel = kernel;
    this.services = table("services", undefined, "host");
    this.volumes = new Table(kernel, {
      project,
      name: "volumes",
      key: "uuid",
      indexes: ["project_id", "host"],
      columns: volumeColumns,
    });
    this.volume_metadata = table("volume_metadata", undefined, "volume_id");
    this.volume_admin_metadata = table("volume_admin_metadata", undefined, "volume_id");
    this.snapshots = new Table(kernel, {
      project,
      name: "snapshots",
      key: "uuid",
      indexes: ["volume_id", "project_id"],
      columns: snapshotColumns,
    });
    this.snapshot_metadata = table("snapshot_metadata", undefined, "snapshot_id");
    this.volume_glance_metadata = table(
      "volume_glance_metadata",
      undefined,
      "volume_id",
      "snapshot_id",
    );
    this.volume_types = table("volume_types", "uuid", "name");
    this.volume_type_extra_specs = table("volume_type_extra_specs", undefined, "volume_type_id");
    this.quality_of_service_specs = table("quality_of_service_specs", "uuid", "specs_id", "key");
    this.encryption = table("encryption", "volume_type_id");
    this.quotas = table("quotas", undefined, "project_id");
    this.quota_classes = table("quota_classes", undefined, "class_name");
    this.quota_usages = table("quota_usages", undefined, "project_id");
    this.reservations = table("reservations", "uuid", "project_id");
    this.transfers = table("transfers", "uuid", "volume_id");
    this.volumeStatus = lastChange(kernel, this.volumes, "status");
    this.volumeServer = lastChange(kernel, this.volumes, "instance_uuid");
    this.snapshotStatus = lastChange(kernel, this.snapshots, "status");
    this.userMetadata = ofVolumes(this.volume_metadata);
    this.adminMetadata = ofVolumes(this.volume_admin_metadata);
    const { snapshot_metadata: ofSnapshots } = this;
    this.snapshotMetadata = new Pairs({
      find: (snapshot_id) => ofSnapshots.find({ snapshot_id }),
      insert: (snapshot_id, key, value) => void ofSnapshots.insert({ snapshot_id, key, value }),
      update: (id, value) => void ofSnapshots.update(id, { value }),
      softDelete: (id) => void ofSnapshots.softDelete(id),
    });
    const { volume_type_extra_specs: ofTypes } = this;
    this.extraSpecs = new Pairs({
      find: (volume_type_id) => ofTypes.find({ volume_type_id }),
      insert: (volume_type_id, key, value) => void ofTypes.insert({ volume_type_id, key, value }),
      update: (id, value) => void ofTypes.update(id, { value }),
      softDelete: (id) => void ofTypes.softDelete(id),
    });
  }

  /** The date now, as columns hold it. */
  utcnow(): string {
    return this.kernel.calendar.stamp(this.kernel.now);
  }
}

const ofVolumes = (table: Table<schema.VolumeMetadataRow>): Pairs =>
  new Pairs({
    find: (volume_id) => table.find({ volume_id }),
    insert: (volume_id, key, value) => void table.insert({ volume_id, key, value }),
    update: (id, value) => void table.update(id, { value }),
    softDelete: (id) => void table.softDelete(id),
  });

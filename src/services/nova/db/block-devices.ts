/** Disks of instances. Upstream: nova/db/sqlalchemy/api.py (block_device_mapping_*). */
import type { RequestContext, Row } from "../../../framework/index.js";
import { InvalidVolume, ObjectActionError, VolumeBDMNotFound } from "../exception.js";
import type { ObjectStore } from "../objects/base/versioned-object.js";
import {
  BlockDeviceMapping,
  BlockDeviceMappingList,
  type BlockDeviceMappingFields,
} from "../objects/block-device-mapping.js";
import { stored } from "../objects/base/declare.js";
import type { NovaDatabase } from "./database.js";
import type { BlockDeviceMappingRow } from "./schema.js";

/** @param reading a context may see the rows of devices that are gone */
export function blockDevices(
  db: NovaDatabase,
  store: ObjectStore,
  instanceUuid: string,
  reading: RequestContext["read_deleted"] = "no",
): BlockDeviceMappingList {
  const { block_device_mapping: table } = db;
  const of = { instance_uuid: instanceUuid };
  const rows = reading === "no" ? table.find(of) : table.findAny(of);
  const objects = rows
    .filter(({ deleted }) => reading !== "only" || deleted !== 0)
    .map((row) => new BlockDeviceMapping(store, fields(row)));
  return new BlockDeviceMappingList(store, { objects });
}

/** The first live row of that volume, whatever its server. @throws VolumeBDMNotFound, InvalidVolume */
export function blockDeviceOfVolume(
  db: NovaDatabase,
  store: ObjectStore,
  volume_id: string,
  instanceUuid?: string,
): BlockDeviceMapping {
  const row = db.block_device_mapping.first({ volume_id });
  if (row === undefined) throw new VolumeBDMNotFound({ volume_id });
  if (instanceUuid !== undefined && row.instance_uuid !== instanceUuid) {
    throw new InvalidVolume({ reason: "Volume does not belong to the requested instance." });
  }
  return new BlockDeviceMapping(store, fields(row));
}

/**
 * `block_device_mapping_update_or_create`: a disk of a name that the server has takes its place, and
 * there is one disk to swap on.
 */
export function putBlockDevice(db: NovaDatabase, values: BlockDeviceMappingRow): void {
  const { instance_uuid, device_name, guest_format } = values;
  const table = db.block_device_mapping;
  const named = device_name !== null && device_name !== "";
  const known = named ? table.first({ instance_uuid, device_name }) : undefined;
  const id = known === undefined ? table.insert(values).id : known.id;
  if (known !== undefined) table.update(id, values);
  const local = values.source_type === "blank" && values.destination_type === "local";
  if (!local || guest_format !== "swap") return;
  for (const other of table.find({ instance_uuid, source_type: "blank", guest_format })) {
    if (other.id !== id) table.softDelete(other.id);
  }
}

/** @throws ObjectActionError for one that has a row */
export function createBlockDevice(db: NovaDatabase, device: BlockDeviceMapping): void {
  const { id, ...values } = device.changes();
  if (id !== undefined || device.fields().id !== undefined) {
    throw new ObjectActionError({ action: "create", reason: "already created" });
  }
  const row = db.block_device_mapping.insert({ ...EMPTY, ...device.fields(), ...values });
  device.refreshWith(fields(row));
}

/** What the database puts where nobody says anything. */
const EMPTY = {
  guest_format: null,
  boot_index: null,
  delete_on_termination: false,
  snapshot_id: null,
  volume_size: null,
  image_id: null,
  no_device: null,
  connection_info: null,
} as const;

export function saveBlockDevice(db: NovaDatabase, device: BlockDeviceMapping): void {
  const changes = device.changes();
  if (Object.keys(changes).length === 0) return;
  const row = db.block_device_mapping.update(idOf(device, "save"), changes);
  if (row !== undefined) device.refreshWith(fields(row));
}

export function destroyBlockDevice(db: NovaDatabase, device: BlockDeviceMapping): void {
  db.block_device_mapping.softDelete(idOf(device, "destroy"));
}

/** @throws ObjectActionError for one that has no row */
function idOf(device: BlockDeviceMapping, action: "save" | "destroy"): number {
  const { id } = device.fields();
  if (id !== undefined) return id;
  throw new ObjectActionError({ action, reason: "already destroyed" });
}

const fields = (row: Row<BlockDeviceMappingRow>): BlockDeviceMappingFields => ({
  ...row,
  no_device: row.no_device ?? false,
  ...stored(row),
});

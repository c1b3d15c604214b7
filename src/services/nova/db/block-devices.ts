/** Disks of instances. Upstream: nova/db/sqlalchemy/api.py (block_device_mapping_*). */
import type { Row } from "../../../framework/index.js";
import type { ObjectStore } from "../objects/base.js";
import {
  BlockDeviceMapping,
  BlockDeviceMappingList,
  type BlockDeviceMappingFields,
} from "../objects/block-device-mapping.js";
import { stored } from "../objects/base.js";
import type { NovaDatabase } from "./database.js";
import type { BlockDeviceMappingRow } from "./schema.js";

export function blockDevices(
  db: NovaDatabase,
  store: ObjectStore,
  instanceUuid: string,
): BlockDeviceMappingList {
  const objects = db.block_device_mapping
    .find({ instance_uuid: instanceUuid })
    .map((row) => new BlockDeviceMapping(store, fields(row)));
  return new BlockDeviceMappingList(store, { objects });
}

export function saveBlockDevice(db: NovaDatabase, device: BlockDeviceMapping): void {
  const changes = device.changes();
  if (Object.keys(changes).length === 0) return;
  const row = db.block_device_mapping.update(device.id, changes);
  if (row !== undefined) device.refreshWith(fields(row));
}

export function destroyBlockDevice(db: NovaDatabase, device: BlockDeviceMapping): void {
  db.block_device_mapping.softDelete(device.id);
}

const fields = (row: Row<BlockDeviceMappingRow>): BlockDeviceMappingFields => ({
  ...row,
  no_device: row.no_device ?? false,
  ...stored(row),
});

/**
 * Disks of servers as they are in the database, and as they were before Havana: a `virtual_name` says what has no volume, and a disk that is
 * made of an image here cannot be said. Upstream: nova/block_device.py (legacy_mapping, BlockDeviceDict.legacy) at 2014.2.
 */
import { storedDate, type Row } from "../../../framework/index.js";
import { toJson, type JsonObject } from "../../../python/index.js";
import type { BlockDeviceMappingRow } from "../db/schema.js";

type Disk = Row<BlockDeviceMappingRow>;

/** All its columns. */
export const diskRow = (disk: Disk): JsonObject =>
  toJson({ ...disk, ...dates(disk) }) as JsonObject;

/** Of several, those that can be said; what is ephemeral is counted anew. */
export function legacyDisks(disks: readonly Disk[]): JsonObject[] {
  let ephemeral = 0;
  return disks
    .filter(({ source_type, destination_type, no_device }) => {
      const ofImage = source_type === "image" && no_device !== true;
      return !ofImage || destination_type === "volume";
    })
    .map((disk) => {
      const kept = {
        ...dates(disk),
        id: disk.id,
        instance_uuid: disk.instance_uuid,
        deleted: disk.deleted,
        device_name: disk.device_name,
        delete_on_termination: disk.delete_on_termination,
        snapshot_id: disk.snapshot_id,
        volume_id: disk.volume_id,
        volume_size: disk.volume_size,
        no_device: disk.no_device,
        connection_info: disk.connection_info,
      };
      if (disk.source_type !== "blank") return { ...kept, virtual_name: null };
      if (disk.guest_format === "swap") return { ...kept, virtual_name: "swap" };
      const virtual_name = `ephemeral${String(ephemeral)}`;
      ephemeral += 1;
      return { ...kept, virtual_name };
    });
}

const dates = ({ created_at, updated_at, deleted_at }: Disk) => ({
  created_at: storedDate(created_at),
  updated_at: storedDate(updated_at),
  deleted_at: storedDate(deleted_at),
});

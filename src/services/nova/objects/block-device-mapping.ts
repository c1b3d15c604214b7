/** A disk of an instance. Upstream: nova/objects/block_device.py (BlockDeviceMapping 1.2). */
import type { BaseColumns, RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { BlockDeviceMappingRow } from "../db/schema.js";
import {
  callClass,
  callMethod,
  classMethod,
  objectMethod,
  versioned,
  type ObjectStore,
} from "./base.js";

export type BlockDeviceMappingFields = {
  -readonly [K in keyof BlockDeviceMappingRow]: BlockDeviceMappingRow[K];
} & BaseColumns & { readonly id: number };

export class BlockDeviceMapping extends versioned<BlockDeviceMappingFields>({
  name: "BlockDeviceMapping",
  version: "1.2",
  fields: {
    id: true,
    instance_uuid: true,
    source_type: true,
    destination_type: true,
    guest_format: true,
    device_type: true,
    disk_bus: true,
    boot_index: true,
    device_name: true,
    delete_on_termination: true,
    snapshot_id: true,
    volume_id: true,
    volume_size: true,
    image_id: true,
    no_device: true,
    connection_info: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  *save(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, blockDeviceMethods.save, {});
  }

  *destroy(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, blockDeviceMethods.destroy, {});
  }

  get isVolume(): boolean {
    return this.destination_type === "volume";
  }
}

export const blockDeviceMethods = {
  save: objectMethod()(BlockDeviceMapping, "save"),
  destroy: objectMethod()(BlockDeviceMapping, "destroy"),
  getByInstance: classMethod<{ instance_uuid: string }, BlockDeviceMapping[]>(
    "BlockDeviceMappingList",
    "get_by_instance_uuid",
  ),
};

/** All disks of an instance. */
export const getBlockDevices = (
  store: ObjectStore,
  ctxt: RequestContext,
  instance_uuid: string,
): Op<BlockDeviceMapping[]> =>
  callClass(store, ctxt, blockDeviceMethods.getByInstance, { instance_uuid });

/** A disk of an instance. Upstream: nova/objects/block_device.py (BlockDeviceMapping 1.3). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { BlockDeviceMappingRow } from "../db/schema.js";
import {
  callClass,
  callMethod,
  classMethod,
  objectMethod,
  PERSISTENT,
  versioned,
  type ObjectStore,
  type PersistentFields,
} from "./base.js";

export type BlockDeviceMappingFields = {
  -readonly [K in Exclude<keyof BlockDeviceMappingRow, "no_device">]: BlockDeviceMappingRow[K];
} & PersistentFields & { readonly id: number; no_device: boolean };

export class BlockDeviceMapping extends versioned<BlockDeviceMappingFields>({
  name: "BlockDeviceMapping",
  version: "1.3",
  wire: PERSISTENT,
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

/** The disks of an instance, as messages carry them. */
export class BlockDeviceMappingList extends versioned<{
  readonly objects: readonly BlockDeviceMapping[];
}>({
  name: "BlockDeviceMappingList",
  version: "1.4",
  objects: ["objects"],
  fields: { objects: true },
}) {}

export const blockDeviceMethods = {
  save: objectMethod()(BlockDeviceMapping, "save"),
  destroy: objectMethod()(BlockDeviceMapping, "destroy"),
  getByInstance: classMethod<{ instance_uuid: string; use_slave?: true }, BlockDeviceMappingList>(
    "BlockDeviceMappingList",
    "get_by_instance_uuid",
    { takes: ["instance_uuid"], options: ["use_slave"] },
  ),
};

/** All disks of an instance. */
export const getBlockDevices = (
  store: ObjectStore,
  ctxt: RequestContext,
  instance_uuid: string,
  options: { readonly use_slave?: true } = {},
): Op<BlockDeviceMappingList> =>
  callClass(store, ctxt, blockDeviceMethods.getByInstance, { instance_uuid, ...options });

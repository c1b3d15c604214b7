/** A disk of an instance. Upstream: nova/objects/block_device.py (BlockDeviceMapping 1.3). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { BlockDeviceMappingRow } from "../db/schema.js";
import { PERSISTENT, versioned, type PersistentFields } from "./base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

type Row = {
  -readonly [K in Exclude<keyof BlockDeviceMappingRow, "no_device">]: BlockDeviceMappingRow[K];
};

/** What a disk that is attached to a server is known by before it has a row. */
export type NewBlockDevice = Pick<
  Row,
  | "source_type"
  | "destination_type"
  | "instance_uuid"
  | "volume_id"
  | "device_name"
  | "disk_bus"
  | "device_type"
>;

/** One that is not stored yet has no more than that. */
export type BlockDeviceMappingFields = NewBlockDevice &
  Partial<Row> &
  Partial<PersistentFields> & { id?: number; no_device?: boolean };

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
  /** Insert the row. */
  *create(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, blockDeviceMethods.create, {});
  }

  *save(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, blockDeviceMethods.save, {});
  }

  *destroy(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, blockDeviceMethods.destroy, {});
  }

  /** Whether it is what the server boots from. */
  get isRoot(): boolean {
    return this.boot_index === 0;
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

/** A disk that has no row yet. */
export const newBlockDevice = (store: ObjectStore, fields: NewBlockDevice): BlockDeviceMapping =>
  new BlockDeviceMapping(store, fields, Object.keys(fields));

export const blockDeviceMethods = {
  create: objectMethod()(BlockDeviceMapping, "create"),
  save: objectMethod()(BlockDeviceMapping, "save"),
  destroy: objectMethod()(BlockDeviceMapping, "destroy"),
  getByInstance: classMethod<{ instance_uuid: string; use_slave?: true }, BlockDeviceMappingList>(
    "BlockDeviceMappingList",
    "get_by_instance_uuid",
    { takes: ["instance_uuid"], options: ["use_slave"] },
  ),
  getByVolume: classMethod<{ volume_id: string; instance_uuid?: string }, BlockDeviceMapping>(
    "BlockDeviceMapping",
    "get_by_volume_id",
    { takes: ["volume_id"], options: ["instance_uuid"] },
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

/**
 * The disk that a volume is, of whichever server has it first.
 * @throws VolumeBDMNotFound; InvalidVolume if it is not the server's that was named
 */
export const getBlockDeviceOfVolume = (
  store: ObjectStore,
  ctxt: RequestContext,
  volume_id: string,
  of: { readonly instance_uuid?: string } = {},
): Op<BlockDeviceMapping> =>
  callClass(store, ctxt, blockDeviceMethods.getByVolume, { volume_id, ...of });

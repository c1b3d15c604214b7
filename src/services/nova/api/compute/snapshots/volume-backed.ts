/**
 * The snapshot of a server whose root disk is a volume: Cinder takes snapshots of its volumes, and the image
 * has no data but says of which disks a server like it is made. The host hears nothing of it. Upstream:
 * nova/compute/api.py (snapshot_volume_backed), nova/objects/block_device.py (root_metadata) at 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  dumps,
  item,
  iterate,
  loads,
  str,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { blockDevices } from "../../../db/block-devices.js";
import { InvalidBDMImage, InvalidBDMVolume } from "../../../exception.js";
import type { ImageMeta } from "../../../image/image-meta.js";
import type { BlockDeviceMapping } from "../../../objects/block-device-mapping.js";
import type { Instance } from "../../../objects/instance.js";
import * as vm from "../../../states/vm-states.js";
import type { NovaApp } from "../../app.js";
import { isSwapOrEphemeral } from "../../server-create/block-device-form.js";
import { checkState } from "../checks.js";
import { propertyTexts } from "./image.js";

const SNAPSHOT = { method: "snapshot_volume_backed" };

/** @returns the id of the image. @throws InstanceInvalidState, InvalidBDMVolume, ImageNotFound */
export function* snapshotVolumeBacked(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  name: Json,
  given: JsonObject,
): Op<string> {
  const { objects: devices } = blockDevices(app.db, app.store, instance.uuid);
  const base = yield* baseImage(app, ctxt, instance, devices);
  checkState(instance, SNAPSHOT, [vm.ACTIVE, vm.STOPPED]);
  const { root_device_name } = instance;
  const properties: Record<string, string> = {
    ...base.properties,
    ...(root_device_name !== null && root_device_name !== "" && { root_device_name }),
    ...propertyTexts(given),
  };
  const mapping: JsonObject[] = [];
  for (const device of devices) {
    if (device.no_device === true) continue;
    const source = device.isVolume ? yield* snapshotOf(app, ctxt, device, str(name)) : undefined;
    mapping.push(source ?? imageMapping(device));
  }
  const { mappings } = properties;
  const { status: _status, id: _id, owner: _owner, ...meta } = base;
  const image = yield* app.images.create(ctxt, {
    ...meta,
    name: str(name),
    is_public: false,
    size: 0,
    properties: {
      ...properties,
      ...(mappings !== undefined && { mappings: withoutBlank(mappings) }),
      ...(mapping.length > 0 && { block_device_mapping: dumps(mapping), bdm_v2: "True" }),
    },
  });
  return image.id;
}

type Base = Partial<ImageMeta> & Pick<ImageMeta, "properties">;

/** What it was made of, which its volume may know. */
function* baseImage(
  app: NovaApp,
  ctxt: RequestContext,
  { image_ref }: Instance,
  devices: readonly BlockDeviceMapping[],
): Op<Base> {
  if (image_ref !== "") return yield* app.images.get(ctxt, image_ref);
  const root = devices.find(({ isRoot }) => isRoot);
  if (root === undefined) return { properties: {} };
  const { id } = root;
  if (!root.isVolume) {
    // Glance is asked by a method that there is not.
    if (root.source_type === "image") throw new InvalidBDMImage({ id });
    return { properties: {} };
  }
  try {
    const volume = yield* app.volumes.get(ctxt, root.volume_id ?? "");
    return { properties: propertyTexts(volume.volume_image_metadata ?? {}) };
  } catch {
    throw new InvalidBDMVolume({ id });
  }
}

/** A disk that is made of a snapshot of this one, which is taken though it is in use. */
function* snapshotOf(
  { volumes }: NovaApp,
  ctxt: RequestContext,
  { volume_id, disk_bus, device_type, boot_index }: BlockDeviceMapping,
  image: string,
): Op<JsonObject> {
  const volume = yield* volumes.get(ctxt, volume_id ?? "");
  const [name, description] = [`snapshot for ${image}`, volume.display_description];
  const taken = yield* volumes.create_snapshot(ctxt, volume.id, name, description, true);
  return {
    ...NOTHING,
    source_type: "snapshot",
    destination_type: "volume",
    snapshot_id: taken.id,
    disk_bus: disk_bus ?? null,
    device_type: device_type ?? null,
    boot_index: boot_index ?? null,
  };
}

/** `get_image_mapping`: all but which server has it, where, and under which name. */
function imageMapping(device: BlockDeviceMapping): JsonObject {
  const fields = Object.keys(NOTHING) as (keyof typeof NOTHING)[];
  return Object.fromEntries(fields.map((field) => [field, device[field] ?? null]));
}

const NOTHING = {
  source_type: null,
  destination_type: null,
  guest_format: null,
  device_type: null,
  disk_bus: null,
  boot_index: null,
  delete_on_termination: null,
  snapshot_id: null,
  volume_id: null,
  volume_size: null,
  image_id: null,
  no_device: null,
} as const;

/** Swap and ephemeral disks are among the devices now. */
const withoutBlank = (mappings: string): string =>
  dumps(iterate(loads(mappings)).filter((mapping) => !isSwapOrEphemeral(item(mapping, "virtual"))));

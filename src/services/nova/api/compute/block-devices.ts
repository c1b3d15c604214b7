/**
 * The disks of new servers: which there will be, and whether they make sense. Without Cinder no
 * volume or snapshot can be found. Upstream: nova/compute/api.py (_check_and_transform_bdm,
 * _validate_bdm, _get_bdm_image_metadata) at 2014.2; nova §1.2 rows 16b, 34 and 37.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import type { NovaDatabase } from "../../db/database.js";
import {
  InvalidBDM,
  InvalidBDMBootSequence,
  InvalidBDMEphemeralSize,
  InvalidBDMFormat,
  InvalidBDMImage,
  InvalidBDMLocalsLimit,
  InvalidBDMSnapshot,
  InvalidBDMSwapSize,
  InvalidBDMVolume,
  InvalidRequest,
} from "../../exception.js";
import type { ImageMeta, ImageOnWire } from "../../image/image-meta.js";
import type { FlavorFields } from "../../objects/flavor.js";
import type { NovaApp } from "../app.js";
import { imageDisk, type BlockDeviceRequest } from "./block-device-request.js";

type Devices = readonly BlockDeviceRequest[];

/** What a server without an image boots from says of itself. */
export function* imageOfBlockDevices(
  app: NovaApp,
  ctxt: RequestContext,
  devices: Devices,
): Op<ImageOnWire> {
  const root = devices.find(({ boot_index }) => boot_index === 0);
  if (root === undefined) return {};
  if (root.image_id !== null) return yield* bootImage(app, ctxt, root.image_id);
  if (root.volume_id !== null) throw new InvalidBDMVolume({ id: root.volume_id });
  return {};
}

/** @throws InvalidRequest for volumes that several servers would share */
export function checkAndTransformBlockDevices(
  imageId: string,
  devices: Devices,
  maxCount: number,
): Devices {
  const rooted = devices.some(({ boot_index }) => boot_index === 0);
  const all = imageId === "" || rooted ? devices : [imageDisk(imageId), ...devices];
  if (maxCount > 1 && all.some(({ source_type }) => source_type === "volume")) {
    throw new InvalidRequest({}, "Cannot attach one or more volumes to multiple instances");
  }
  return all;
}

/** @throws InvalidBDM */
export function* validateBlockDevices(
  app: NovaApp,
  ctxt: RequestContext,
  flavor: FlavorFields,
  imageRef: string,
  devices: Devices,
): Op<void> {
  checkBootSequence(devices);
  for (const device of devices) yield* checkSource(app, ctxt, imageRef, device);
  const blank = devices.filter(({ source_type }) => source_type === "blank");
  const swaps = blank.filter(({ guest_format }) => guest_format === "swap");
  const ephemerals = blank.filter(
    (each) => each.destination_type === "local" && !swaps.includes(each),
  );
  const size = (list: Devices): number =>
    list.reduce((sum, { volume_size }) => sum + (volume_size ?? 0), 0);
  if (size(ephemerals) > flavor.ephemeral_gb) throw new InvalidBDMEphemeralSize();
  if (swaps.length > 1) {
    throw new InvalidBDMFormat({ details: "More than one swap drive requested." });
  }
  if (size(swaps) > flavor.swap) throw new InvalidBDMSwapSize();
  const limit = app.flags.max_local_block_devices;
  const local = devices.filter(({ destination_type }) => destination_type === "local").length;
  if (limit >= 0 && local > limit) throw new InvalidBDMLocalsLimit();
}

export function createBlockDevices(db: NovaDatabase, uuid: string, devices: Devices): void {
  for (const device of devices) {
    db.block_device_mapping.insert({ ...device, instance_uuid: uuid, connection_info: null });
  }
}

/** Boot indexes are 0, 1, 2 ..., each once. */
function checkBootSequence(devices: Devices): void {
  const indexes = devices
    .map(({ boot_index }) => boot_index ?? -1)
    .filter((index) => index >= 0)
    .sort((a, b) => a - b);
  const gap = indexes.some((index, i) => index !== i);
  if (indexes.length === 0 || gap) throw new InvalidBDMBootSequence();
}

function* checkSource(
  app: NovaApp,
  ctxt: RequestContext,
  imageRef: string,
  device: BlockDeviceRequest,
): Op<void> {
  const { image_id, volume_id, snapshot_id, source_type, destination_type } = device;
  if (image_id !== null && image_id !== imageRef) yield* bootImage(app, ctxt, image_id);
  const size = device.volume_size ?? 0;
  if (source_type === "image" && destination_type === "volume" && size === 0) {
    throw new InvalidBDM(
      {},
      "Images with destination_type 'volume' need to have a non-zero size specified",
    );
  }
  if (volume_id !== null) throw new InvalidBDMVolume({ id: volume_id });
  if (snapshot_id !== null) throw new InvalidBDMSnapshot({ id: snapshot_id });
}

function* bootImage(app: NovaApp, ctxt: RequestContext, id: string): Op<ImageMeta> {
  try {
    return yield* app.images.get(ctxt, id);
  } catch (error) {
    if (error instanceof Exception) throw new InvalidBDMImage({ id });
    throw error;
  }
}

/**
 * The disks of servers to be: translated, checked against flavor and images, and stored. Without
 * Cinder no volume or snapshot can be found. Disks that an image defines are not simulated. Upstream:
 * nova/compute/api.py (_check_and_transform_bdm, _validate_bdm, _get_bdm_image_metadata,
 * _update_block_device_mapping), nova/block_device.py (from_legacy_mapping) at 2014.2; nova §1.2 rows
 * 16b, 34 and 37.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {} from "../../../../python/index.js";
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
import { shown } from "../input.js";
import {
  fromLegacy,
  stripDev,
  type BlockDeviceRequest,
  type BlockDevices,
  type LegacyDevice,
} from "./block-device-form.js";

/** The disk of every server that boots from an image: a local copy of it. */
const imageDisk = (imageId: string): BlockDeviceRequest => ({
  source_type: "image",
  destination_type: "local",
  guest_format: null,
  device_type: "disk",
  disk_bus: null,
  boot_index: 0,
  device_name: null,
  delete_on_termination: true,
  snapshot_id: null,
  volume_id: null,
  volume_size: null,
  image_id: imageId,
  no_device: null,
});

type Devices = readonly BlockDeviceRequest[];

/** What a server without an image boots from says of itself. */
export function* imageOfBlockDevices(
  app: NovaApp,
  ctxt: RequestContext,
  asked: BlockDevices,
): Op<ImageOnWire> {
  for (const { image_id, volume_id } of rootsOf(asked)) {
    if (image_id !== null) return yield* bootImage(app, ctxt, image_id);
    if (volume_id !== null) throw new InvalidBDMVolume({ id: volume_id });
  }
  return {};
}

interface Root {
  readonly image_id: string | null;
  readonly volume_id: string | null;
}

/** The first form has no boot index: its root is whatever is called vda, xvda or sda. */
function rootsOf(asked: BlockDevices): readonly Root[] {
  if (asked.kind === "v2") return asked.devices.filter(({ boot_index }) => boot_index === 0);
  return asked.devices
    .filter(({ device_name }) => deviceLetter(shown(device_name)) === "a")
    .map(({ volume_id }) => ({
      image_id: null,
      volume_id: volume_id === undefined || volume_id === "" ? null : shown(volume_id),
    }));
}

const deviceLetter = (name: string): string =>
  stripDev(name)
    .replace(/^(x?v|s)d/, "")
    .replace(/\d+/g, "");

export interface Wanted {
  readonly imageRef: string;
  readonly rootDevice: string | null;
  readonly asked: BlockDevices;
  readonly minCount: number;
  readonly maxCount: number;
}

/** @throws InvalidRequest for volumes that several servers would share, InvalidBDMFormat */
export function checkAndTransformBlockDevices(wanted: Wanted): Devices {
  const { asked, minCount, maxCount } = wanted;
  const devices = asked.kind === "v2" ? asked.devices : fromLegacyMapping(wanted, asked.devices);
  const several = minCount > 1 || maxCount > 1;
  if (several && devices.some(({ source_type }) => source_type === "volume")) {
    throw new InvalidRequest({}, "Cannot attach one or more volumes to multiple instances");
  }
  return devices;
}

/** The root is the disk that bears its name, or else a copy of the image. */
function fromLegacyMapping(
  { imageRef, rootDevice }: Wanted,
  given: readonly LegacyDevice[],
): Devices {
  const root = stripDev(rootDevice ?? "vda");
  const devices = given.map(fromLegacy).map((device) => {
    const { source_type, device_name, no_device } = device;
    const stored = source_type === "volume" || source_type === "snapshot";
    const isRoot = stored && stripDev(device_name ?? "") === root;
    return { ...device, boot_index: isRoot ? 0 : no_device === true ? null : -1 };
  });
  const volumeBacked = devices.some(({ boot_index }) => boot_index === 0);
  return volumeBacked || imageRef === "" ? devices : [imageDisk(imageRef), ...devices];
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
  const blank = devices.filter(
    ({ source_type, destination_type }) => source_type === "blank" && destination_type === "local",
  );
  const swaps = blank.filter(({ guest_format }) => guest_format === "swap");
  const ephemerals = blank.filter(({ guest_format }) => guest_format !== "swap");
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

/** A disk of size 0 is no disk; a blank one without a size has the flavor's. */
export function createBlockDevices(
  db: NovaDatabase,
  uuid: string,
  flavor: FlavorFields,
  devices: Devices,
): void {
  for (const device of devices) {
    const usual = device.guest_format === "swap" ? flavor.swap : flavor.ephemeral_gb;
    const volume_size = device.volume_size ?? (device.source_type === "blank" ? usual : null);
    if (volume_size === 0) continue;
    db.block_device_mapping.insert({
      ...device,
      volume_size,
      instance_uuid: uuid,
      connection_info: null,
    });
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

/** The server's own image has been looked at before, and its disk is asked for no size. */
function* checkSource(
  app: NovaApp,
  ctxt: RequestContext,
  imageRef: string,
  device: BlockDeviceRequest,
): Op<void> {
  const { image_id, volume_id, snapshot_id, source_type, destination_type } = device;
  if (image_id !== null && image_id !== imageRef) {
    if (image_id !== "") yield* bootImage(app, ctxt, image_id);
    const sized = device.volume_size !== null && device.volume_size !== 0;
    if (source_type === "image" && destination_type === "volume" && !sized) {
      throw new InvalidBDM(
        {},
        "Images with destination_type 'volume' need to have a non-zero size specified",
      );
    }
  } else if (volume_id !== null) throw new InvalidBDMVolume({ id: volume_id });
  else if (snapshot_id !== null) throw new InvalidBDMSnapshot({ id: snapshot_id });
}

function* bootImage(app: NovaApp, ctxt: RequestContext, id: string): Op<ImageMeta> {
  try {
    return yield* app.images.get(ctxt, id);
  } catch (thrown) {
    yield* caught(thrown);
    throw new InvalidBDMImage({ id });
  }
}

/**
 * The disks of servers to be: translated, checked against flavor, images and Cinder, and stored.
 * Upstream: nova/compute/api.py (_check_and_transform_bdm, _validate_bdm, _get_bdm_image_metadata,
 * _update_block_device_mapping) at 2014.2; nova §1.2 rows 16b, 34 and 37.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { truth, type Json } from "../../../../python/index.js";
import { deviceLetter } from "../../block-device/device-names.js";
import { putBlockDevice } from "../../db/block-devices.js";
import type { NovaDatabase } from "../../db/database.js";
import {
  CinderConnectionFailed,
  InvalidBDM,
  InvalidBDMBootSequence,
  InvalidBDMEphemeralSize,
  InvalidBDMFormat,
  InvalidBDMImage,
  InvalidBDMLocalsLimit,
  InvalidBDMSnapshot,
  InvalidBDMSwapSize,
  InvalidBDMVolume,
  InvalidBDMVolumeNotBootable,
  InvalidRequest,
  InvalidVolume,
} from "../../exception.js";
import type { ImageMeta, ImageOnWire } from "../../image/image-meta.js";
import type { FlavorFields } from "../../objects/flavor.js";
import type { Instance } from "../../objects/instance.js";
import type { Volume } from "../../volume/model.js";
import type { NovaApp } from "../app.js";
import { shown } from "../input.js";
import type { BlockDeviceRequest, BlockDevices } from "./block-device-form.js";
import { fromLegacyMapping, imageDefinedDevices } from "./image-devices.js";

type Devices = readonly BlockDeviceRequest[];

/**
 * What a server without an image boots from says of itself.
 * @throws InvalidBDMImage, InvalidBDMVolume, InvalidBDMVolumeNotBootable, CinderConnectionFailed
 */
export function* imageOfBlockDevices(
  app: NovaApp,
  ctxt: RequestContext,
  asked: BlockDevices,
): Op<ImageOnWire> {
  for (const { image_id, volume_id } of rootsOf(asked)) {
    if (image_id !== null) return yield* bootImage(app, ctxt, image_id);
    if (volume_id !== null) return yield* bootVolume(app, ctxt, volume_id);
  }
  return {};
}

/** Cinder keeps what it was told of the image as text, its size among it. */
function* bootVolume(app: NovaApp, ctxt: RequestContext, id: string): Op<ImageOnWire> {
  const volume = yield* volumeToBoot(app, ctxt, id);
  if (!volume.bootable) throw new InvalidBDMVolumeNotBootable({ id });
  const properties = Object.fromEntries(
    Object.entries(volume.volume_image_metadata ?? {}).map(([key, value]) => [key, shown(value)]),
  );
  const { min_ram = 0, min_disk = 0, size = 0 } = properties;
  return { properties, min_ram, min_disk, size, status: "active" };
}

function* volumeToBoot(app: NovaApp, ctxt: RequestContext, id: string): Op<Volume> {
  try {
    return yield* app.volumes.get(ctxt, id);
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw error instanceof CinderConnectionFailed ? error : new InvalidBDMVolume({ id });
  }
}

interface Root {
  readonly image_id: string | null;
  readonly volume_id: string | null;
}

/** The first form has no boot index: its root is whatever is called vda, xvda or sda. */
function rootsOf(asked: BlockDevices): readonly Root[] {
  const roots =
    asked.kind === "v2"
      ? asked.devices.filter(isRoot)
      : asked.devices.filter(({ device_name }) => deviceLetter(shown(device_name)) === "a");
  return roots.map(({ volume_id, image_id }) => ({
    image_id: idOf(image_id),
    volume_id: idOf(volume_id),
  }));
}

const idOf = (given: Json | undefined): string | null => (truth(given) ? shown(given) : null);

export interface Wanted {
  /** What is booted, which may speak of disks itself. */
  readonly image: ImageOnWire;
  readonly flavor: FlavorFields;
  readonly imageRef: string;
  readonly rootDevice: string | null;
  readonly asked: BlockDevices;
  readonly minCount: number;
  readonly maxCount: number;
}

/** @throws InvalidRequest for volumes that several servers would share, InvalidBDMFormat */
export function checkAndTransformBlockDevices(wanted: Wanted): Devices {
  const { asked, imageRef, minCount, maxCount } = wanted;
  const root = wanted.rootDevice ?? "vda";
  const defined = imageDefinedDevices(wanted.image, wanted.flavor, root);
  const rootDefined = defined.some(isRoot);
  const own =
    asked.kind === "v2"
      ? withoutImage(asked.devices, imageRef !== "" && rootDefined)
      : fromLegacyMapping(
          asked.devices,
          rootDefined ? { kind: "none" } : { kind: "root", root, imageRef },
        );
  const devices = [...own, ...defined];
  const several = minCount > 1 || maxCount > 1;
  if (several && devices.some(({ source_type }) => source_type === "volume")) {
    throw new InvalidRequest({}, "Cannot attach one or more volumes to multiple instances");
  }
  return devices;
}

const isRoot = ({ boot_index }: BlockDeviceRequest): boolean => boot_index === 0;

/** The image that a client puts in front gives way to what the image itself is booted from. */
const withoutImage = (devices: Devices, otherRoot: boolean): Devices =>
  otherRoot
    ? devices.filter((device) => !(isRoot(device) && device.source_type === "image"))
    : devices;

/** @throws InvalidBDM */
export function* validateBlockDevices(
  app: NovaApp,
  ctxt: RequestContext,
  flavor: FlavorFields,
  instance: Instance,
  devices: Devices,
): Op<void> {
  checkBootSequence(devices);
  for (const device of devices) yield* checkSource(app, ctxt, instance, device);
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
    putBlockDevice(db, { ...device, volume_size, instance_uuid: uuid, connection_info: null });
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
  instance: Instance,
  device: BlockDeviceRequest,
): Op<void> {
  const { image_id, volume_id, snapshot_id, source_type, destination_type } = device;
  if (image_id !== null && image_id !== instance.image_ref) {
    if (image_id !== "") yield* bootImage(app, ctxt, image_id);
    const sized = device.volume_size !== null && device.volume_size !== 0;
    if (source_type === "image" && destination_type === "volume" && !sized) {
      throw new InvalidBDM(
        {},
        "Images with destination_type 'volume' need to have a non-zero size specified",
      );
    }
  } else if (volume_id !== null) {
    yield* checkVolume(app, ctxt, instance, volume_id);
  } else if (snapshot_id !== null) {
    yield* checkSnapshot(app, ctxt, snapshot_id);
  }
}

/** @throws CinderConnectionFailed, InvalidVolume, InvalidBDMVolume */
function* checkVolume(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  id: string,
): Op<void> {
  try {
    app.volumes.check_attach(yield* app.volumes.get(ctxt, id), instance);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const told = error instanceof CinderConnectionFailed || error instanceof InvalidVolume;
    throw told ? error : new InvalidBDMVolume({ id });
  }
}

/** @throws CinderConnectionFailed, InvalidBDMSnapshot */
function* checkSnapshot(app: NovaApp, ctxt: RequestContext, id: string): Op<void> {
  try {
    yield* app.volumes.get_snapshot(ctxt, id);
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw error instanceof CinderConnectionFailed ? error : new InvalidBDMSnapshot({ id });
  }
}

function* bootImage(app: NovaApp, ctxt: RequestContext, id: string): Op<ImageMeta> {
  try {
    return yield* app.images.get(ctxt, id);
  } catch (thrown) {
    yield* caught(thrown);
    throw new InvalidBDMImage({ id });
  }
}

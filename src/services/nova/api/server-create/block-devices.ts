/**
 * The disks of a request for servers: read from either form of the API, then checked against flavor
 * and images. Without Cinder no volume or snapshot can be found. Upstream: nova/block_device.py
 * (BlockDeviceDict), nova/compute/api.py (_check_and_transform_bdm, _validate_bdm,
 * _get_bdm_image_metadata) at 2014.2; nova §1.2 rows 11, 16b, 34 and 37.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  strictBoolean,
  isObject,
  Exception,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
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
import { badRequest, isList } from "../input.js";

/** A disk that is asked for: the second form of the API, to which the first is translated. */
export interface BlockDeviceRequest {
  readonly source_type: "image" | "volume" | "snapshot" | "blank";
  readonly destination_type: "local" | "volume";
  readonly guest_format: string | null;
  readonly device_type: string | null;
  readonly disk_bus: string | null;
  readonly boot_index: number | null;
  readonly device_name: string | null;
  readonly delete_on_termination: boolean;
  readonly snapshot_id: string | null;
  readonly volume_id: string | null;
  readonly volume_size: number | null;
  readonly image_id: string | null;
  readonly no_device: boolean | null;
}

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

const FIRST = "block_device_mapping";
const SECOND = "block_device_mapping_v2";
const SOURCES = ["volume", "image", "snapshot", "blank"] as const;

export const hasBlockDevices = (server: JsonObject): boolean =>
  listAt(server, FIRST).length > 0 || listAt(server, SECOND).length > 0;

/** @throws InvalidBDMFormat; HttpFault 400 if both forms are used */
export function blockDevicesOf(server: JsonObject, imageId: string): BlockDeviceRequest[] {
  const [first, second] = [listAt(server, FIRST), listAt(server, SECOND)];
  const legacy = first.map((device) => ofFirstForm(device, imageId));
  if (first.length > 0 && second.length > 0) {
    throw badRequest(
      "Using different block_device_mapping syntaxes is not allowed in the same request.",
    );
  }
  return second.length > 0 ? second.map(ofSecondForm) : legacy;
}

/** `{device_name, volume_id or snapshot_id, volume_size, delete_on_termination}`. */
function ofFirstForm(given: JsonObject, imageId: string): BlockDeviceRequest {
  const device_name = deviceName(given["device_name"]);
  const snapshot_id = text(given["snapshot_id"]);
  const volume_id = snapshot_id === null ? text(given["volume_id"]) : null;
  // Without an image the device that is called vda is the one to boot from.
  const isRoot = imageId === "" && (device_name ?? "").replace(/^\/dev\//, "").endsWith("a");
  return {
    source_type: snapshot_id !== null ? "snapshot" : volume_id !== null ? "volume" : "blank",
    destination_type: snapshot_id !== null || volume_id !== null ? "volume" : "local",
    guest_format: null,
    device_type: null,
    disk_bus: null,
    boot_index: isRoot ? 0 : null,
    device_name,
    delete_on_termination: strictBoolean(given["delete_on_termination"]) ?? false,
    snapshot_id,
    volume_id,
    volume_size: size(given["volume_size"]),
    image_id: null,
    no_device: strictBoolean(given["no_device"]) ?? null,
  };
}

function ofSecondForm(given: JsonObject): BlockDeviceRequest {
  const source_type = SOURCES.find((source) => source === given["source_type"]);
  if (source_type === undefined)
    throw new InvalidBDMFormat({ details: "Invalid source_type field." });
  const uuid = text(given["uuid"]);
  if (source_type === "blank" && uuid !== null) {
    throw new InvalidBDMFormat({ details: "Invalid device UUID." });
  }
  if (source_type !== "blank" && uuid === null) {
    throw new InvalidBDMFormat({ details: "Missing device UUID." });
  }
  const usual = source_type === "image" || source_type === "blank" ? "local" : "volume";
  const destination = given["destination_type"] ?? usual;
  const boot = given["boot_index"];
  return {
    source_type,
    destination_type: destination === "volume" ? "volume" : "local",
    guest_format: text(given["guest_format"]),
    device_type: text(given["device_type"]) ?? (source_type === "image" ? "disk" : null),
    disk_bus: text(given["disk_bus"]),
    boot_index: boot === undefined || boot === null ? null : bootIndex(boot),
    device_name: deviceName(given["device_name"]),
    delete_on_termination: strictBoolean(given["delete_on_termination"]) ?? false,
    snapshot_id: source_type === "snapshot" ? uuid : null,
    volume_id: source_type === "volume" ? uuid : null,
    volume_size: size(given["volume_size"]),
    image_id: source_type === "image" ? uuid : null,
    no_device: strictBoolean(given["no_device"]) ?? null,
  };
}

function bootIndex(given: Json): number {
  const number = Number(given);
  if (Number.isInteger(number)) return number;
  throw new InvalidBDMFormat({ details: "Boot index is invalid." });
}

function deviceName(given: Json | undefined): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given !== "string" || given === "" || given.length > 255) {
    throw new InvalidBDMFormat({ details: "Device name empty or too long." });
  }
  if (given.includes(" ")) {
    throw new InvalidBDMFormat({ details: "Device name contains spaces." });
  }
  return given;
}

function size(given: Json | undefined): number | null {
  if (given === undefined || given === null || given === "") return null;
  const number = Number(given);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidBDMFormat({ details: "Invalid volume_size." });
}

const text = (given: Json | undefined): string | null =>
  typeof given === "string" && given !== "" ? given : null;

function listAt(server: JsonObject, key: string): JsonObject[] {
  const given = server[key];
  return isList(given) ? given.filter(isObject) : [];
}

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
    (disk) => disk.destination_type === "local" && !swaps.includes(disk),
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

/**
 * The disks of a request as it says them, in either form of the API; the first is kept as it came
 * until it is known what else the server boots from. Upstream: nova/block_device.py
 * (BlockDeviceDict.from_api, from_legacy), nova/api/openstack/compute/servers.py (create) at 2014.2;
 * nova §1.2 row 11.
 */
import {
  boolFromString,
  get,
  isObject,
  iterate,
  PythonTypeError,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { prependDev } from "../../block-device/device-names.js";
import type { BlockDeviceMappingRow } from "../../db/schema.js";
import { InvalidBDMFormat, InvalidInput } from "../../exception.js";
import { badRequest, shown, validInteger } from "../input.js";

/** A disk that is asked for: the second form of the API, to which the first is translated. */
export type BlockDeviceRequest = Omit<BlockDeviceMappingRow, "instance_uuid" | "connection_info">;

/** `{device_name, volume_id or snapshot_id, volume_size, delete_on_termination}`. */
export type LegacyDevice = JsonObject;

export type BlockDevices =
  | { readonly kind: "legacy"; readonly devices: readonly LegacyDevice[] }
  | { readonly kind: "v2"; readonly devices: readonly BlockDeviceRequest[] };

const FIRST = "block_device_mapping";
const SECOND = "block_device_mapping_v2";
const SOURCES = ["volume", "image", "snapshot", "blank"] as const;
/** What the second form may say, and what only Nova itself puts into a row. */
const FIELDS: ReadonlySet<string> = new Set([
  ...["source_type", "destination_type", "guest_format", "device_type", "disk_bus", "boot_index"],
  ...["device_name", "delete_on_termination", "snapshot_id", "volume_id", "volume_size"],
  ...["image_id", "no_device", "connection_info"],
  ...["id", "instance_uuid", "created_at", "updated_at", "deleted_at", "deleted"],
]);

export const hasBlockDevices = (server: JsonObject): boolean =>
  truth(server[FIRST]) || truth(server[SECOND]);

/** @throws HttpFault 400, AttributeError, PythonTypeError */
export function blockDevicesOf(server: JsonObject): BlockDevices {
  const first = Object.hasOwn(server, FIRST) ? (server[FIRST] ?? null) : [];
  const second = Object.hasOwn(server, SECOND) ? (server[SECOND] ?? null) : [];
  const legacy = iterate(first).map((device) => checkedFormat(() => ofFirstForm(device)));
  if (truth(first) && truth(second)) {
    throw badRequest(
      "Using different block_device_mapping syntaxes is not allowed in the same request.",
    );
  }
  const devices = iterate(second).map((device) => checkedFormat(() => ofSecondForm(device)));
  return truth(second) ? { kind: "v2", devices } : { kind: "legacy", devices: legacy };
}

function checkedFormat<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof InvalidBDMFormat ? badRequest(error.message) : error;
  }
}

function ofFirstForm(device: Json): LegacyDevice {
  const device_name = deviceName(get(device, "device_name"));
  const volume_size = volumeSize(get(device, "volume_size"));
  const given = device as JsonObject;
  const { delete_on_termination } = given;
  return {
    ...given,
    device_name,
    volume_size,
    ...(delete_on_termination !== undefined && {
      delete_on_termination: boolFromString(delete_on_termination),
    }),
  };
}

function ofSecondForm(device: Json): BlockDeviceRequest {
  const no_device = truth(get(device, "no_device"));
  const uuid = get(device, "uuid");
  const source = SOURCES.find((name) => name === get(device, "source_type"));
  if (!no_device) {
    if (source === undefined) throw badFormat("Invalid source_type field.");
    if (source === "blank" && truth(uuid)) throw badFormat("Invalid device UUID.");
    if (source !== "blank" && !truth(uuid)) throw badFormat("Missing device UUID.");
  }
  const { uuid: _, ...given } = device as JsonObject;
  const id = no_device || source === undefined || source === "blank" ? undefined : `${source}_id`;
  return blockDeviceOf(id === undefined ? given : { ...given, [id]: uuid });
}

/** `BlockDeviceDict`: a disk as rows have it, also one that an image speaks of. @throws InvalidBDMFormat */
export function blockDeviceOf(given: JsonObject): BlockDeviceRequest {
  if (!Object.keys(given).every((key) => FIELDS.has(key))) {
    throw badFormat("Some fields are invalid.");
  }
  const no_device = truth(given["no_device"]);
  if (!no_device && !Object.hasOwn(given, "source_type")) {
    throw badFormat("Some required fields are missing");
  }
  const id = (name: string): string | null => text(given[`${name}_id`]);
  // At what is no device nobody looks closer.
  const { device_name: name = null, volume_size: size = null, boot_index: index = null } = given;
  return {
    source_type: text(given["source_type"]),
    // Without one a disk is nowhere: it is stored, and no driver makes anything of it.
    destination_type: text(given["destination_type"]),
    guest_format: text(given["guest_format"]),
    device_type: text(given["device_type"]),
    disk_bus: text(given["disk_bus"]),
    delete_on_termination: boolFromString(given["delete_on_termination"]),
    device_name: name === null ? null : prependDev(no_device ? shown(name) : deviceName(name)),
    volume_size: numberOf(no_device ? size : volumeSize(size)),
    boot_index: no_device ? numberOf(index) : bootIndex(index),
    snapshot_id: id("snapshot"),
    volume_id: id("volume"),
    image_id: id("image"),
    no_device: no_device ? true : null,
  };
}

/** `BlockDeviceDict.from_legacy`; which disk is booted from is said elsewhere. @throws InvalidBDMFormat */
export function fromLegacy(device: LegacyDevice): BlockDeviceRequest {
  const { virtual_name, snapshot_id, volume_id, no_device } = device;
  const { device_name: name = null, volume_size: size = null } = device;
  const none = truth(no_device);
  const swap = virtual_name === "swap";
  const blank = isSwapOrEphemeral(virtual_name);
  const source = blank
    ? "blank"
    : truth(snapshot_id)
      ? "snapshot"
      : truth(volume_id)
        ? "volume"
        : null;
  if (source === null && !none) throw badFormat("Unrecognized legacy format.");
  return {
    source_type: source,
    destination_type: source === null ? null : blank ? "local" : "volume",
    guest_format: swap ? "swap" : null,
    device_type: null,
    disk_bus: null,
    boot_index: null,
    device_name: name === null ? null : prependDev(none ? shown(name) : deviceName(name)),
    delete_on_termination: blank || boolFromString(device["delete_on_termination"]),
    snapshot_id: text(snapshot_id),
    volume_id: text(volume_id),
    volume_size: numberOf(none ? size : volumeSize(size)),
    image_id: null,
    no_device: none ? true : null,
  };
}

/** @throws PythonTypeError for what is neither text nor nothing */
export function isSwapOrEphemeral(name: Json | undefined): boolean {
  if (!truth(name)) return false;
  if (typeof name !== "string") throw new PythonTypeError("expected string or buffer");
  return name === "swap" || EPHEMERAL.test(name);
}

const EPHEMERAL = /^ephemeral(\d|[1-9]\d+)$/;

function bootIndex(given: Json): number | null {
  if (!truth(given)) return given === 0 || given === false ? 0 : null;
  if (typeof given === "number" || typeof given === "boolean") return Math.trunc(Number(given));
  if (typeof given !== "string") {
    throw new PythonTypeError("int() argument must be a string or a number");
  }
  if (/^\s*[+-]?\d+\s*$/u.test(given)) return Number(given);
  throw badFormat("Boot index is invalid.");
}

/** `validate_device_name`: there must be one. */
function deviceName(given: Json): string {
  if (typeof given !== "string" || given === "" || Array.from(given).length > 255) {
    throw badFormat("Device name empty or too long.");
  }
  if (given.includes(" ")) throw badFormat("Device name contains spaces.");
  return given;
}

/** `validate_and_default_volume_size`: what is nothing stays as it is. */
function volumeSize(given: Json): Json {
  if (!truth(given)) return given;
  try {
    return validInteger(given, "volume_size", 0);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw badFormat("Invalid volume_size.");
  }
}

const numberOf = (size: Json): number | null => (typeof size === "number" ? size : null);

const text = (given: Json | undefined): string | null =>
  given === undefined || given === null ? null : isObject(given) ? str(given) : shown(given);

const badFormat = (details: string): InvalidBDMFormat => new InvalidBDMFormat({ details });

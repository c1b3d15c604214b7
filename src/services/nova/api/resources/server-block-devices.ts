/**
 * The disks of a request for servers, in either form of the API. Upstream: nova/block_device.py
 * (BlockDeviceDict.from_api, from_legacy) at 2014.2; nova §1.2 row 11.
 */
import type { Json, JsonObject } from "../../../../python/index.js";
import { InvalidBDMFormat } from "../../exception.js";
import type { BlockDeviceRequest } from "../compute/block-device-request.js";
import { strictBoolean } from "../compute/strict-boolean.js";
import { badRequest, isList, isObject } from "../input.js";

const FIRST = "block_device_mapping";
const SECOND = "block_device_mapping_v2";
const SOURCES = ["volume", "image", "snapshot", "blank"] as const;

export const hasBlockDevices = (server: JsonObject): boolean =>
  listAt(server, FIRST).length > 0 || listAt(server, SECOND).length > 0;

/** @throws InvalidBDMFormat; HttpFault 400 if both forms are used */
export function blockDevicesOf(server: JsonObject, imageId: string): BlockDeviceRequest[] {
  const [first, second] = [listAt(server, FIRST), listAt(server, SECOND)];
  const legacy = first.map((each) => ofFirstForm(each, imageId));
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
  const source_type = SOURCES.find((each) => each === given["source_type"]);
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

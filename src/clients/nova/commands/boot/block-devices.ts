/**
 * Block devices from the options of `nova boot`, in both forms that the API takes. Upstream:
 * novaclient/v1_1/shell.py (_parse_block_device_mapping_v2), base.py (_parse_block_device_mapping).
 */
import {
  dictOrder,
  KeyError,
  parseInteger,
  repr,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";

const KEYS: ReadonlyMap<string, string> = new Map([
  ["id", "uuid"],
  ["source", "source_type"],
  ["dest", "destination_type"],
  ["bus", "disk_bus"],
  ["device", "device_name"],
  ["size", "volume_size"],
  ["format", "guest_format"],
  ["bootindex", "boot_index"],
  ["type", "device_type"],
  ["shutdown", "delete_on_termination"],
]);

/** `--block-device-mapping vda=<id>:<type>:<size>:<delete>`. @throws ValueError */
export function blockDevicesV1(args: Arguments): JsonObject[] {
  const mappings = new Map<string, string>();
  for (const text of args.texts("block_device_mapping")) {
    const equals = text.indexOf("=");
    if (equals < 0) throw new ValueError("need more than 1 value to unpack");
    mappings.set(text.slice(0, equals), text.slice(equals + 1));
  }
  return dictOrder([...mappings.keys()]).map((device) => fromMapping(device, mappings.get(device)));
}

function fromMapping(device: string, mapping = ""): JsonObject {
  const [id = "", type, size, remove] = mapping.split(":");
  const found: Record<string, Json> = { device_name: device, uuid: id, boot_index: 0 };
  if (type === undefined) Object.assign(found, { volume_id: id, source_type: "volume" });
  else {
    found["source_type"] = type;
    found[type.startsWith("snap") ? "snapshot_id" : "volume_id"] = id;
  }
  if (size !== undefined && size !== "") {
    const whole = parseInteger(size);
    if (whole === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${repr(size)}`);
    }
    found["volume_size"] = String(whole);
  }
  if (remove !== undefined) found["delete_on_termination"] = remove;
  return found;
}

/** All other options that name disks. @throws ValueError, KeyError */
export function blockDevices(args: Arguments): JsonObject[] {
  const found: JsonObject[] = [];
  const boots = { destination_type: "volume", boot_index: 0, delete_on_termination: false };
  const volume = args.text("boot_volume");
  const snapshot = args.text("snapshot");
  if (volume !== undefined) found.push({ uuid: volume, source_type: "volume", ...boots });
  if (snapshot !== undefined) found.push({ uuid: snapshot, source_type: "snapshot", ...boots });
  found.push(...args.texts("block_device").map(fromSpec));
  const blank = {
    source_type: "blank",
    destination_type: "local",
    boot_index: -1,
    delete_on_termination: true,
  };
  for (const text of args.texts("ephemeral")) {
    const spec = new Map(pairs(text));
    const size = spec.get("size");
    const format = spec.get("format");
    found.push({
      ...blank,
      ...(size === undefined ? {} : { volume_size: size }),
      ...(format === undefined ? {} : { guest_format: format }),
    });
  }
  const swap = args.text("swap");
  if (swap !== undefined) found.push({ ...blank, guest_format: "swap", volume_size: swap });
  return found;
}

function fromSpec(text: string): JsonObject {
  const device: Record<string, Json> = {};
  for (const [key, value] of pairs(text)) {
    const wire = KEYS.get(key);
    if (wire === undefined) throw new KeyError(repr(key));
    device[wire] = value;
  }
  const removal = device["delete_on_termination"];
  if (removal !== undefined) device["delete_on_termination"] = removal === "remove";
  else if (device["destination_type"] === "local") device["delete_on_termination"] = true;
  return device;
}

/** `a=1,b=2`, with the complaint of Python's `dict` about what is no pair. */
const pairs = (text: string): [string, string][] =>
  text.split(",").map((part, i) => toPair(part.split("="), i));

/** @throws ValueError unless `parts` are two */
export function toPair(parts: readonly string[], index: number): [string, string] {
  const [key, value] = parts;
  if (key !== undefined && value !== undefined && parts.length === 2) return [key, value];
  throw new ValueError(
    `dictionary update sequence element #${String(index)} has length ${String(parts.length)}; 2 is required`,
  );
}

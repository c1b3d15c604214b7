/**
 * An object in the form that an older release knows: without the fields that came later, and what it holds in the version of that time.
 * Fields that objects do not have here have no rule. Upstream: nova/objects/base.py:340 (obj_make_compatible, obj_to_primitive, ObjectListBase) and the
 * classes beside it, nova/conductor/manager.py:438 (object_backport) at 2014.2.
 */
import {
  isObject,
  parseInteger,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ObjectPrimitive } from "../base/versioned-object.js";

type Version = readonly number[];

/** `{"nova_object.data": ...}` of that version. @throws ValueError for what is no version */
export function backported(primitive: ObjectPrimitive, target: string): ObjectPrimitive {
  const { "nova_object.name": name, "nova_object.data": data } = primitive;
  return {
    ...primitive,
    "nova_object.version": target,
    "nova_object.data": compatible(name, data, target),
  };
}

/** Fields that a version brought: below it they are left out. */
const NEWER: Readonly<Record<string, readonly (readonly [below: string, field: string])[]>> = {
  Instance: [["1.14", "numa_topology"]],
  ComputeNode: [["1.4", "host_ip"]],
};

/** What an object holds, and which version that has below one of its own. */
const HELD: Readonly<
  Record<string, readonly (readonly [below: string, field: string, version: string])[]>
> = {
  Instance: [["1.10", "info_cache", "1.4"]],
  Service: [["1.3", "compute_node", "1.4"]],
  InstancePCIRequests: [["1.1", "requests", "1.0"]],
};

/** `child_versions`: which version the objects of a list have in a version of the list; otherwise 1.0. */
const CHILDREN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  InstanceList: {
    ...{ "1.1": "1.9", "1.2": "1.11", "1.3": "1.11", "1.4": "1.12", "1.5": "1.12" },
    ...{ "1.6": "1.13", "1.7": "1.13", "1.8": "1.14", "1.9": "1.15" },
  },
  BlockDeviceMappingList: { "1.0": "1.0", "1.1": "1.1", "1.2": "1.1", "1.3": "1.2", "1.4": "1.3" },
  MigrationList: { "1.0": "1.1", "1.1": "1.1" },
};

/** Texts of an instance, which were ASCII before 1.7. */
const TEXTS = [
  ...["user_id", "project_id", "image_ref", "kernel_id", "ramdisk_id", "hostname", "key_name"],
  ...["key_data", "host", "node", "user_data", "availability_zone", "display_name"],
  ...["display_description", "launched_on", "locked_by", "os_type", "architecture", "vm_mode"],
  ...["root_device_name", "default_ephemeral_device", "default_swap_device", "config_drive"],
  "cell_name",
];

function compatible(name: string, data: JsonObject, target: string): JsonObject {
  const version = versionIn(target);
  const below = (limit: string): boolean => isBelow(version, versionIn(limit));
  const newer = (NEWER[name] ?? []).filter(([limit]) => below(limit)).map(([, field]) => field);
  const kept: Record<string, Json> = Object.fromEntries(
    Object.entries(data).filter(([field]) => !newer.includes(field)),
  );
  const held = (HELD[name] ?? []).find(([limit, field]) => below(limit) && field in kept);
  if (held !== undefined) kept[held[1]] = within(kept[held[1]] ?? null, held[2]);
  if (Array.isArray(kept["objects"])) {
    kept["objects"] = within(kept["objects"], CHILDREN[name]?.[target] ?? "1.0");
  }
  if (name === "Instance" && below("1.7")) squash(kept);
  if (name === "InstanceGroup" && below("1.7")) kept["metadetails"] = {};
  return kept;
}

/** The same of an object, or of each of several. */
function within(value: Json, target: string): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => within(one, target));
  if (!isObject(value)) return value;
  return { ...backported(value as unknown as ObjectPrimitive, target) };
}

/** `encode("ascii", "replace")`. */
function squash(data: Record<string, Json>): void {
  for (const field of TEXTS) {
    const text = data[field];
    if (typeof text === "string") data[field] = text.replace(/[^\0-\x7f]/gu, "?");
  }
}

/** `convert_version_to_tuple`. @throws ValueError */
function versionIn(text: string): Version {
  return text.split(".").map((part) => {
    const number = parseInteger(part);
    if (number !== undefined) return number;
    throw new ValueError(`invalid literal for int() with base 10: '${part}'`);
  });
}

/** Tuples, compared as Python does. */
function isBelow(one: Version, other: Version): boolean {
  const at = other.findIndex((part, index) => one[index] !== part);
  if (at < 0) return false;
  const part = one[at];
  return part === undefined || part < (other[at] ?? 0);
}

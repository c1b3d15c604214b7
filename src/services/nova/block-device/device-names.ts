/**
 * What the disks of a guest are called: `/dev/vda`, `/dev/vdb` ... The prefix is the root disk's, and a
 * name that is asked for gets it as well. Upstream: nova/compute/utils.py (get_next_device_name,
 * get_device_name_for_instance), nova/block_device.py (match_device, instance_block_mapping) at 2014.2.
 */
import { DevicePathInUse, InvalidDevicePath } from "../exception.js";
import type { BlockDeviceMapping } from "../objects/block-device-mapping.js";
import type { Instance } from "../objects/instance.js";

const DEVICE = /^(\/dev\/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*\n?$/u;

/** `match_device`: prefix and letter; undefined for what is no name of a device. */
export function matchDevice(name: string): readonly [prefix: string, letter: string] | undefined {
  const [, prefix = "", letter = ""] = DEVICE.exec(name) ?? [];
  return letter === "" ? undefined : [prefix, letter];
}

export const stripDev = (name: string): string => name.replace(/^\/dev\//u, "");

export const prependDev = (name: string): string => (name === "" ? "" : `/dev/${stripDev(name)}`);

/** Without `/dev/`, `xvd`, `vd` or `sd` in front, and without digits anywhere. */
export const deviceLetter = (name: string): string =>
  stripDev(name)
    .replace(/^(x?v|s)d/u, "")
    .replace(/\d+/gu, "");

/**
 * The name that was asked for, or the first that is free.
 * @throws InvalidDevicePath, DevicePathInUse
 */
export function nextDeviceName(
  taken: readonly string[],
  rootName: string,
  wanted?: string | null,
): string {
  const asked = wanted === undefined || wanted === null || wanted === "" ? undefined : wanted;
  const match = asked === undefined ? undefined : matchDevice(asked);
  if (asked !== undefined && match === undefined) throw new InvalidDevicePath({ path: asked });
  const [prefix] = matchDevice(prependDev(rootName)) ?? [];
  if (prefix === undefined) throw new InvalidDevicePath({ path: rootName });
  const letters = new Set(taken.map(deviceLetter));
  const letter = match?.[1] ?? unusedLetter(letters);
  if (letters.has(letter)) throw new DevicePathInUse({ path: asked ?? null });
  return prefix + letter;
}

/** A disk that is to be attached to a server with these. @throws InvalidDevicePath, DevicePathInUse */
export function deviceNameForInstance(
  { root_device_name, default_ephemeral_device, default_swap_device }: Instance,
  devices: readonly BlockDeviceMapping[],
  wanted: string | null,
): string {
  if (root_device_name === null) return nextDeviceName(DEFAULT_NAMES, DEFAULT_ROOT, wanted);
  const others = devices
    .filter(({ isVolume, source_type }) => isVolume || source_type === "blank")
    .map(({ device_name }) => device_name);
  const names = [root_device_name, default_ephemeral_device, default_swap_device, ...others];
  const taken = names.filter((name): name is string => name !== null && name !== "");
  return nextDeviceName(taken, root_device_name, wanted);
}

/** `_DEFAULT_MAPPINGS`: what is taken for granted of a server whose root has no name. */
const DEFAULT_ROOT = "/dev/sda1";
const DEFAULT_NAMES = ["sda1", "sda2", DEFAULT_ROOT, "sda3"];

/** `a` to `z`, then `aa`, `ab` ... */
function unusedLetter(letters: ReadonlySet<string>): string {
  for (const first of ["", ...ALPHABET]) {
    for (const second of ALPHABET) {
      if (!letters.has(first + second)) return first + second;
    }
  }
  return "";
}

const ALPHABET = Array.from("abcdefghijklmnopqrstuvwxyz");

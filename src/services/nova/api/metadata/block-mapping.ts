/**
 * What a guest's disks are called, by the names that EC2 has for their uses. Upstream: nova/block_device.py
 * (instance_block_mapping, _DEFAULT_MAPPINGS) at 2014.2.
 */
import { stripDev } from "../../block-device/device-names.js";
import type { BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";

const DEFAULT_MAPPINGS = { ami: "sda1", ephemeral0: "sda2", root: "/dev/sda1", swap: "sda3" };

export function blockMapping(
  instance: Pick<Instance, "root_device_name" | "default_ephemeral_device" | "default_swap_device">,
  devices: readonly BlockDeviceMapping[],
): Record<string, string> {
  const { root_device_name: root } = instance;
  if (root === null) return DEFAULT_MAPPINGS;
  const mappings: Record<string, string> = { ami: stripDev(root), root };
  const name = ({ device_name }: BlockDeviceMapping): string => device_name ?? "None";
  if (instance.default_ephemeral_device) mappings["ephemeral0"] = instance.default_ephemeral_device;
  if (instance.default_swap_device) mappings["swap"] = instance.default_swap_device;
  const volumes = devices.filter(({ isVolume }) => isVolume).map(name);
  for (const [at, volume] of volumes.sort().entries()) mappings[`ebs${at}`] = volume;
  const blanks = devices.filter((device) => !device.isVolume && device.source_type === "blank");
  const swap = blanks.filter(({ guest_format }) => guest_format === "swap").at(-1);
  if (swap !== undefined) mappings["swap"] = name(swap);
  const ephemerals = blanks.filter(({ guest_format }) => guest_format !== "swap");
  for (const [at, device] of ephemerals.entries()) mappings[`ephemeral${at}`] = name(device);
  return mappings;
}

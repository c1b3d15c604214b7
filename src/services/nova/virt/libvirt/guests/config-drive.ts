/**
 * The disk on which a guest finds its metadata, if it has one: that it is made is told of, and what is on it is `guest-contents.ts`'s.
 * Upstream: nova/virt/configdrive.py (required_by), nova/virt/libvirt/driver.py:3069-3083 (_create_image) at 2014.2.
 */
import type { Instance } from "../../../objects/instance.js";
import type { DriverParts } from "../../driver-parts.js";
import { virtFlags } from "../../flags.js";
import { hasConfigDrive } from "../../guest-contents.js";
import { INSTANCES_PATH } from "../instance-files.js";

/** @param suffix `.rescue` for a guest that is rescued */
export function makeConfigDrive({ env }: DriverParts, instance: Instance, suffix = ""): void {
  if (!needsConfigDrive(env, instance)) return;
  env.log("info", "Using config drive");
  const path = `${INSTANCES_PATH}/${instance.uuid}/disk.config${suffix}`;
  env.log("info", `Creating config drive at ${path}`);
}

/** By the image's property that the server has a copy of. */
export const needsConfigDrive = (env: DriverParts["env"], instance: Instance): boolean =>
  hasConfigDrive(env.flags.read(virtFlags), instance, {
    img_config_drive: instance.system_metadata["image_img_config_drive"] ?? "optional",
  });

/** Whether a server's root disk is a volume. Upstream: nova/compute/api.py (is_volume_backed_instance). */
import { blockDevices } from "../../db/block-devices.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";

export function isVolumeBacked(app: NovaApp, instance: Instance): boolean {
  if (instance.image_ref === "") return true;
  const devices = blockDevices(app.db, app.store, instance.uuid);
  const root = devices.find(({ boot_index }) => boot_index === 0);
  return root?.isVolume ?? false;
}

/**
 * Disks in the words of before: which of them is the root, the disk of every server that boots from an
 * image, and those that an image speaks of in its properties. Upstream: nova/block_device.py
 * (from_legacy_mapping, create_image_bdm), nova/compute/api.py (_get_image_defined_bdms,
 * _prepare_image_mapping) at 2014.2.
 */
import {
  isObject,
  iterate,
  item,
  loads,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { prependDev, stripDev } from "../../block-device/device-names.js";
import { hasImage, type ImageOnWire } from "../../image/image-meta.js";
import type { FlavorFields } from "../../objects/flavor.js";
import {
  blockDeviceOf,
  fromLegacy,
  isSwapOrEphemeral,
  type BlockDeviceRequest,
  type LegacyDevice,
} from "./block-device-form.js";

type Devices = readonly BlockDeviceRequest[];

/** Which disk is the root: the one of that name, or else a copy of the image; or one that is known otherwise. */
export type LegacyRoot =
  | { readonly kind: "none" }
  | { readonly kind: "root"; readonly root: string; readonly imageRef: string };

export function fromLegacyMapping(given: readonly LegacyDevice[], legacyRoot: LegacyRoot): Devices {
  const devices = given.map(fromLegacy);
  if (legacyRoot.kind === "none") return devices.map((device) => ({ ...device, boot_index: -1 }));
  const { root, imageRef } = legacyRoot;
  const ranked = devices.map((device) => {
    const { source_type, device_name, no_device } = device;
    const stored = source_type === "volume" || source_type === "snapshot";
    const isRoot = stored && stripDev(device_name ?? "") === stripDev(root);
    return { ...device, boot_index: isRoot ? 0 : no_device === true ? null : -1 };
  });
  const volumeBacked = ranked.some(({ boot_index }) => boot_index === 0);
  return volumeBacked || imageRef === "" ? ranked : [imageDisk(imageRef), ...ranked];
}

/** A local copy of the image. */
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

/** What an image's properties `block_device_mapping` and `mappings` ask for. @throws InvalidBDMFormat */
export function imageDefinedDevices(
  image: ImageOnWire,
  flavor: FlavorFields,
  root: string,
): Devices {
  if (!hasImage(image)) return [];
  const { block_device_mapping, mappings, bdm_v2 } = image.properties;
  const devices = objectsIn(block_device_mapping);
  const defined = truth(bdm_v2)
    ? devices.map(blockDeviceOf)
    : fromLegacyMapping(devices, { kind: "root", root, imageRef: "" });
  return [...defined, ...objectsIn(mappings).flatMap((mapping) => blankDevice(mapping, flavor))];
}

/** `_json_loads`: the property is a list in JSON. */
const objectsIn = (property: string | undefined): readonly JsonObject[] =>
  property === undefined ? [] : iterate(loads(property)).filter(isObject);

/** Only swap and ephemeral disks are made; one of size 0 is none. */
function blankDevice(mapping: JsonObject, flavor: FlavorFields): readonly BlockDeviceRequest[] {
  const virtual: Json = item(mapping, "virtual");
  if (!isSwapOrEphemeral(virtual)) return [];
  const swap = virtual === "swap";
  const volume_size = swap ? flavor.swap : flavor.ephemeral_gb;
  if (volume_size === 0) return [];
  const named = str(item(mapping, "device"));
  const guest_format = swap ? "swap" : (mapping["guest_format"] ?? null);
  const device = blockDeviceOf({
    device_name: named.startsWith("/") ? named : prependDev(named),
    source_type: "blank",
    destination_type: "local",
    device_type: "disk",
    guest_format: truth(guest_format) ? guest_format : null,
    delete_on_termination: true,
    boot_index: -1,
  });
  return [{ ...device, volume_size }];
}

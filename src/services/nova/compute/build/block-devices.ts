/**
 * The disks of a server on this host: names for those that have none, and what has to be attached
 * before the guest starts. Only local disks (from an image, or blank) are known. Upstream:
 * nova/compute/manager.py (_default_block_device_names, _prep_block_device); nova §1.4 rows 16-18, §1.8.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { InvalidBDM } from "../../exception.js";
import type { BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";

const DISK_PREFIX = "/dev/vd";

/** Name the root disk, and every local disk beside it, after the order in which they are listed. */
export function* defaultDeviceNames(
  ctxt: RequestContext,
  instance: Instance,
  devices: readonly BlockDeviceMapping[],
): Op<void> {
  const root = devices.find(({ boot_index }) => boot_index === 0);
  if (root === undefined) return;
  const name = root.device_name ?? instance.root_device_name ?? `${DISK_PREFIX}a`;
  const instanceKnows = root.device_name === null && instance.root_device_name !== null;
  instance.root_device_name = name;
  // A disk that has its name is no reason not to save: a second attempt's call changes nothing.
  if (!instanceKnows) yield* instance.save(ctxt);
  if (root.device_name === null) {
    root.device_name = name;
    yield* root.save(ctxt);
  }
  yield* nameOthers(ctxt, name, devices);
}

function* nameOthers(
  ctxt: RequestContext,
  rootName: string,
  devices: readonly BlockDeviceMapping[],
): Op<void> {
  const used = new Set([rootName, ...devices.map(({ device_name }) => device_name)]);
  let letter = "b".charCodeAt(0);
  for (const device of devices) {
    if (device.device_name !== null) continue;
    let name: string;
    do name = `${DISK_PREFIX}${String.fromCharCode(letter++)}`;
    while (used.has(name));
    device.device_name = name;
    yield* device.save(ctxt);
  }
}

/**
 * `_prep_block_device`: have the disks that are not on this host attached.
 * @throws InvalidBDM for a disk that is a volume, or is to be made into one
 */
export function prepareBlockDevices(
  compute: ComputeHost,
  devices: readonly BlockDeviceMapping[],
): void {
  const volume = firstVolume(compute, devices);
  if (volume === undefined) return;
  const source = `${volume.source_type} ${volume.volume_id ?? volume.snapshot_id ?? volume.image_id ?? ""}`;
  const error = new InvalidBDM(
    { id: volume.id },
    `Block Device Mapping is Invalid: ${source.trim()} is to be attached as a volume, and no block storage service is known to nova-compute on ${compute.host}; boot from an image instead.`,
  );
  compute.log("error", originalMessage(error));
  throw error;
}

/** @throws InvalidBDM also for what is no list of disks: any error there is one */
function firstVolume(
  compute: ComputeHost,
  devices: readonly BlockDeviceMapping[],
): BlockDeviceMapping | undefined {
  try {
    return devices.find(({ isVolume }) => isVolume);
  } catch (thrown) {
    const { message } = compute.env.kernel.unchecked.caught(thrown);
    compute.log("error", `Instance failed block device setup: ${message}`);
    throw new InvalidBDM();
  }
}

/**
 * The disks of a server on this host: names for those that have none, and volumes that are attached
 * before the guest starts. Upstream: nova/compute/manager.py (_default_block_device_names,
 * _prep_block_device, _await_block_device_map_created, _get_instance_block_device_info); nova §1.4 rows
 * 16-18, §1.8.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { InvalidBDM, OverQuota, VolumeNotCreated } from "../../exception.js";
import type { BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import {
  driverVolumes,
  VOLUME_SOURCES,
  type AttachOptions,
  type DriverVolume,
} from "../../virt/block-device.js";
import type { ComputeHost } from "../compute-host.js";

type Devices = readonly BlockDeviceMapping[];

const DEFAULT_ROOT = "/dev/vda";

/** Name the root disk, and have the driver name the others. */
export function* defaultDeviceNames(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: Devices,
): Op<void> {
  const root = devices.find(({ isRoot }) => isRoot);
  if (root === undefined) return;
  const name = root.device_name ?? instance.root_device_name ?? DEFAULT_ROOT;
  const instanceKnows = root.device_name === null && instance.root_device_name !== null;
  instance.root_device_name = name;
  // A disk that has its name is no reason not to save: a second attempt's call changes nothing.
  if (!instanceKnows) yield* instance.save(ctxt);
  if (root.device_name === null) {
    root.device_name = name;
    yield* root.save(ctxt);
  }
  const blank = devices.filter(
    ({ source_type, destination_type }) => source_type === "blank" && destination_type === "local",
  );
  yield* compute.driver.defaultDeviceNames(ctxt, instance, name, {
    ephemerals: blank.filter(({ guest_format }) => guest_format !== "swap"),
    swap: blank.filter(({ guest_format }) => guest_format === "swap"),
    volumes: devices.filter(isBlockDeviceMapping),
  });
}

/** A volume, or what will be made into one. */
const isBlockDeviceMapping = ({ source_type, isVolume, no_device }: BlockDeviceMapping): boolean =>
  isVolume && no_device !== true && VOLUME_SOURCES.some((source) => source === source_type);

/**
 * `_prep_block_device`: volumes first, then what is made of snapshots, of images and of nothing, one
 * after another.
 * @throws InvalidBDM for whatever went wrong
 */
export function* prepareBlockDevices(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: Devices,
  options: AttachOptions = { check: true },
): Op<DriverVolume[]> {
  const attached: DriverVolume[] = [];
  try {
    for (const source of VOLUME_SOURCES) {
      for (const volume of driverVolumes(devices, source)) {
        const { volume_id, device_name } = volume.device;
        const where = `${volume_id ?? "None"} at ${device_name ?? "None"}`;
        compute.log("info", `Booting with volume ${where}`);
        yield* source === "volume"
          ? volume.attach(compute, ctxt, instance, options)
          : volume.attachNew(compute, ctxt, instance, options, awaitVolume(compute));
        attached.push(volume);
      }
    }
    return attached;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof OverQuota) {
      compute.log(
        "warning",
        "Failed to create block device for instance due to being over volume resource quota",
      );
    } else {
      compute.log("error", `Instance failed block device setup: ${originalMessage(error)}`);
    }
    throw new InvalidBDM();
  }
}

/** What Cinder says of a volume that is not there yet. */
const UNDER_WAY = ["creating", "downloading"];

/** `_await_block_device_map_created`. A volume that came to nothing is found out by who attaches it. */
const awaitVolume = (compute: ComputeHost) =>
  function* (ctxt: RequestContext, volume_id: string): Op<void> {
    const { block_device_allocate_retries: retries } = compute.flags;
    const { block_device_allocate_retries_interval: interval } = compute.flags;
    const { kernel } = compute.env;
    const start = kernel.now;
    if (retries < 0) {
      compute.log(
        "warning",
        `Treating negative config value (${String(retries)}) for 'block_device_retries' as 0.`,
      );
    }
    const attempts = retries >= 1 ? retries + 1 : 1;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { status } = yield* compute.volumes.get(ctxt, volume_id);
      if (!UNDER_WAY.includes(status)) {
        if (status !== "available") {
          compute.log(
            "warning",
            `Volume id: ${volume_id} finished being created but was not set as 'available'`,
          );
        }
        return;
      }
      yield* sleep(seconds(interval));
    }
    const waited = Math.floor((kernel.now - start) / seconds(1));
    throw new VolumeNotCreated({ volume_id, seconds: waited, attempts });
  };

/**
 * `_get_instance_block_device_info`: the volumes of a guest that is there. Those that were made of
 * nothing are forgotten, and those without a connection left out.
 */
export const connectedVolumes = (devices: Devices): DriverVolume[] =>
  (["volume", "snapshot", "image"] as const)
    .flatMap((source) => driverVolumes(devices, source))
    .filter(({ connection_info }) => connection_info !== null);

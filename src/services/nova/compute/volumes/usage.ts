/**
 * How much the guests of this host read and write of their volumes, told to the conductor now and then, and
 * before a guest loses one. Off unless there is an interval. Upstream: nova/compute/manager.py (_poll_volume_usage,
 * _get_host_volume_bdms, _update_volume_usage_cache, detach_volume) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, caught, sleep, type Op } from "../../../../kernel/index.js";
import {
  NotImplementedException,
  PythonTypeError,
  type JsonObject,
} from "../../../../python/index.js";
import { getBlockDevices, type BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import { getInstancesByHost, type Instance } from "../../objects/instance.js";
import { payloadOf } from "../../objects/wire/primitive.js";
import type { BlockStats } from "../../../../hardware/guest-disks.js";
import type { VolumeStats } from "../../virt/driver.js";
import type { ComputeHost } from "../compute-host.js";

/** `_poll_volume_usage`: server by server, and then volume by volume. */
export function* pollVolumeUsage(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const instances = yield* getInstancesByHost(compute.store, ctxt, compute.host, {});
  const guests: { instance: Instance; devices: BlockDeviceMapping[] }[] = [];
  for (const instance of instances) {
    const loading = { use_slave: true } as const;
    const { objects } = yield* getBlockDevices(compute.store, ctxt, instance.uuid, loading);
    guests.push({ instance, devices: objects.filter(({ isVolume }) => isVolume) });
  }
  if (guests.length === 0) return;
  compute.log("debug", "Updating volume usage cache");
  let usages: VolumeStats[];
  try {
    usages = yield* compute.driver.allVolumeUsage(guests);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotImplementedException) return;
    throw error;
  }
  for (const { instance, volume_id, stats } of usages) {
    yield* sleep(0);
    yield* aloud(tell(compute, ctxt, instance, volume_id, stats, false));
  }
}

/** Before `device` leaves its guest. */
export function* countBeforeDetach(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  { volume_id, device_name }: BlockDeviceMapping,
): Op<void> {
  if (compute.flags.volume_usage_poll_interval <= 0) return;
  if (device_name === null) {
    throw new PythonTypeError("argument of type 'NoneType' is not iterable");
  }
  const disk = device_name.includes("/dev/") ? device_name.slice("/dev/".length) : device_name;
  const stats = yield* statsOf(compute, instance, disk);
  if (stats === undefined) return;
  compute.log("debug", "Updating volume usage cache with totals");
  yield* tell(compute, ctxt, instance, volume_id ?? null, stats, true);
}

/** Undefined also where the driver cannot tell. */
function* statsOf(
  compute: ComputeHost,
  instance: Instance,
  disk: string,
): Op<BlockStats | undefined> {
  try {
    return yield* compute.driver.blockStats(instance, disk);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotImplementedException) return undefined;
    throw error;
  }
}

function* tell(
  { store }: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  volumeId: string | null,
  { rd_req, rd_bytes, wr_req, wr_bytes }: BlockStats,
  update_totals: boolean,
): Op<void> {
  yield* store.conductor.vol_usage_update(ctxt, {
    vol_id: volumeId ?? "None",
    rd_req,
    rd_bytes,
    wr_req,
    wr_bytes,
    instance: payloadOf(instance) as JsonObject,
    last_refreshed: null,
    update_totals,
  });
}

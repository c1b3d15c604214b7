/**
 * attach_volume, and reserve_block_device_name before it: a volume becomes a disk of a guest that is
 * there. Upstream: nova/compute/manager.py (reserve_block_device_name, attach_volume, _attach_volume) at
 * 2014.2.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { deviceNameForInstance } from "../../block-device/device-names.js";
import {
  getBlockDeviceOfVolume,
  getBlockDevices,
  newBlockDevice,
  type BlockDeviceMapping,
} from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import { DriverVolume } from "../../virt/block-device.js";
import type { ComputeHost } from "../compute-host.js";
import { beforeReraising, eventlessMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Reserve = ArgsIn<typeof computeApi, "reserve_block_device_name">;
type Attach = ArgsIn<typeof computeApi, "attach_volume">;

export const reserveBlockDeviceName = eventlessMethod<Reserve, BlockDeviceMapping | string>(
  "reserve_block_device_name",
  function* (compute, ctxt, args) {
    // The row is made here and now, so that nobody else gets the name.
    return yield* compute.locked(args.instance, reserve(compute, ctxt, args));
  },
);

function* reserve(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, device, volume_id, disk_bus, device_type, return_bdm_object }: Reserve,
): Op<BlockDeviceMapping | string> {
  const { objects } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  const device_name = deviceNameForInstance(instance, objects, device);
  const bdm = newBlockDevice(compute.store, {
    source_type: "volume",
    destination_type: "volume",
    instance_uuid: instance.uuid,
    volume_id: volume_id === "" ? "reserved" : volume_id,
    device_name,
    disk_bus,
    device_type,
  });
  yield* bdm.create(ctxt);
  return return_bdm_object ? bdm : device_name;
}

export const attachVolume = eventlessMethod<Attach>(
  "attach_volume",
  function* (compute, ctxt, { volume_id, instance, bdm }) {
    const { store } = compute;
    const device = bdm ?? (yield* getBlockDeviceOfVolume(store, ctxt, volume_id));
    yield* compute.locked(instance, attachLocked(compute, ctxt, instance, device));
  },
);

/** Its row does not outlive a failure, nor does Cinder's word that it is about to be attached. */
function* attachLocked(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  device: BlockDeviceMapping,
): Op<void> {
  try {
    yield* attach(compute, ctxt.elevated(), instance, new DriverVolume(device));
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* beforeReraising(compute, error, device.destroy(ctxt));
    throw error;
  }
}

function* attach(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  volume: DriverVolume,
): Op<void> {
  const volume_id = volume.device.volume_id ?? "None";
  const where = volume.device_name ?? "None";
  compute.log("info", `Attaching volume ${volume_id} to ${where}`);
  try {
    yield* volume.attach(compute, ctxt, instance, { check: false, toGuest: true });
  } catch (thrown) {
    const error = yield* caught(thrown);
    const said = originalMessage(error);
    compute.log("error", `Failed to attach ${volume_id} at ${where}: ${said}`);
    yield* beforeReraising(compute, error, compute.volumes.unreserve_volume(ctxt, volume_id));
    throw error;
  }
  yield* compute.notify(ctxt, instance, "volume.attach", { extra: { volume_id } });
}

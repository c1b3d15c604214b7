/**
 * Attach a volume to a server and detach it: checked here and with Cinder, done on the server's host.
 * Upstream: nova/compute/api.py (attach_volume, detach_volume, swap_volume) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { parseInteger, PythonTypeError, str, truth, type Json } from "../../../../python/index.js";
import { matchDevice } from "../../block-device/device-names.js";
import { computeHost } from "../../compute/rpcapi.js";
import { InvalidDevicePath, InvalidVolume, VolumeUnattached } from "../../exception.js";
import {
  getBlockDeviceOfVolume,
  type BlockDeviceMapping,
} from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as vm from "../../states/vm-states.js";
import type { Volume } from "../../volume/model.js";
import type { NovaApp } from "../app.js";
import type { NovaCall } from "../route.js";
import { check } from "./checks.js";

const FROM: readonly vm.VmState[] = [vm.ACTIVE, vm.PAUSED, vm.STOPPED, vm.RESIZED, vm.SOFT_DELETED];

/**
 * The host chooses a name, so that two requests do not get the same.
 * @returns the name. @throws InvalidDevicePath, DevicePathInUse, VolumeNotFound, InvalidVolume,
 * PythonTypeError for a name that is no text, and what `check` throws
 */
export function* attachVolume(
  call: NovaCall,
  instance: Instance,
  volumeId: string,
  wanted: Json,
): Op<string | null> {
  check(call, instance, { method: "attach_volume", from: FROM });
  const { app, ctxt } = call;
  if (truth(wanted) && typeof wanted !== "string") {
    throw new PythonTypeError("expected string or buffer");
  }
  const device = typeof wanted === "string" ? wanted : null;
  if (device !== null && device !== "" && matchDevice(device) === undefined) {
    throw new InvalidDevicePath({ path: device });
  }
  const bdm = yield* reserve(app, ctxt, instance, volumeId, device);
  try {
    const volume = yield* app.volumes.get(ctxt, volumeId);
    app.volumes.check_attach(volume, instance);
    yield* app.volumes.reserve_volume(ctxt, volumeId);
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    const cast = { instance, volume_id: volumeId, mountpoint: device, bdm };
    yield* compute.attach_volume(ctxt, cast);
  } catch (thrown) {
    // Cinder is not told: a volume that was reserved stays `attaching`.
    const error = yield* caught(thrown);
    yield* bdm.destroy(ctxt);
    throw error;
  }
  return bdm.device_name;
}

function* reserve(
  { computeRpc, store }: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  volume_id: string,
  device: string | null,
): Op<BlockDeviceMapping> {
  const compute = computeRpc.prepare({ server: computeHost(instance) });
  const bdm = yield* compute.reserve_block_device_name(ctxt, {
    instance,
    device,
    volume_id,
    disk_bus: null,
    device_type: null,
    return_bdm_object: true,
  });
  if (typeof bdm !== "string") return bdm;
  return yield* getBlockDeviceOfVolume(store, ctxt, volume_id);
}

/** @throws VolumeUnattached if it is not the server's; InvalidVolume, and what `check` throws */
export function* detachVolume(call: NovaCall, instance: Instance, volume: Volume): Op<void> {
  check(call, instance, { method: "detach_volume", from: FROM });
  const { app, ctxt } = call;
  if (volume.attach_status === "detached") {
    throw new InvalidVolume({ reason: "Volume must be attached in order to detach." });
  }
  if (volume.instance_uuid !== instance.uuid) throw new VolumeUnattached({ volume_id: volume.id });
  app.volumes.check_detach(volume);
  yield* app.volumes.begin_detaching(ctxt, volume.id);
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.detach_volume(ctxt, { instance, volume_id: volume.id });
}

/** @throws VolumeUnattached if the old one is on no server; InvalidVolume, and what `check` throws */
export function* swapVolume(
  call: NovaCall,
  instance: Instance,
  old: Volume,
  fresh: Volume,
): Op<void> {
  check(call, instance, { method: "swap_volume", from: [...FROM, vm.SUSPENDED] });
  const { app, ctxt } = call;
  if (old.attach_status === "detached") throw new VolumeUnattached({ volume_id: old.id });
  if (old.instance_uuid !== instance.uuid) {
    throw new InvalidVolume({ reason: "Old volume is attached to a different instance." });
  }
  if (fresh.attach_status === "attached") {
    throw new InvalidVolume({ reason: "New volume must be detached in order to swap." });
  }
  if (sizeOf(fresh) < sizeOf(old)) {
    throw new InvalidVolume({ reason: "New volume must be the same size or larger." });
  }
  const { volumes } = app;
  volumes.check_detach(old);
  volumes.check_attach(fresh, instance);
  // If the second is refused the first stays as it is: `detaching`.
  yield* volumes.begin_detaching(ctxt, old.id);
  yield* volumes.reserve_volume(ctxt, fresh.id);
  try {
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    const ids = { old_volume_id: old.id, new_volume_id: fresh.id };
    yield* compute.swap_volume(ctxt, { instance, ...ids });
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* volumes.roll_detaching(ctxt, old.id);
    yield* volumes.unreserve_volume(ctxt, fresh.id);
    throw error;
  }
}

const sizeOf = ({ size }: Volume): number => parseInteger(str(size)) ?? 0;

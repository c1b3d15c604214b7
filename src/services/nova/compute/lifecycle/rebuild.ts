/**
 * rebuild_instance: the guest goes, and another is made in its place, of another image or the same. Its
 * ports stay, and of its volumes Cinder alone is told (LP 1440762). Where its host is gone, this one takes
 * it over first.
 * Upstream: nova/compute/manager.py (rebuild_instance, _rebuild_default_impl) at 2014.2; nova §3.2,
 * nova-actions NOV-236 to NOV-238.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { PreserveEphemeralNotSupported } from "../../exception.js";
import { hasImage, type ImageOnWire } from "../../image/image-meta.js";
import { imageUrl } from "../../notifications.js";
import { getBlockDevices, type BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import { primitive } from "../../objects/wire/primitive.js";
import * as taskStates from "../../states/task-states.js";
import { networkInfoAtHand } from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import { connectedVolumes, prepareBlockDevices } from "../build/block-devices.js";
import { cachedNetworkInfo } from "../build/networks.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod, type Method } from "../decorators.js";
import { errorOutOnException } from "../error-out.js";
import type { computeApi } from "../rpcapi.js";
import { takeOver } from "../migration/take-over.js";
import { stopInline } from "./power.js";

type Rebuild = ArgsIn<typeof computeApi, "rebuild_instance">;

const wrapped = instanceMethod<Rebuild>("rebuild_instance", function* (compute, asked, request) {
  const ctxt = asked.elevated();
  const { instance } = request;
  yield* errorOutOnException(compute, ctxt, instance, rebuild(compute, ctxt, request));
});

export const rebuildInstance: Method<Rebuild> = (compute, ctxt, request) =>
  expectedExceptions([PreserveEphemeralNotSupported], wrapped(compute, ctxt, request));

function* rebuild(compute: ComputeHost, ctxt: RequestContext, request: Rebuild): Op<void> {
  const { instance, bdms, recreate } = request;
  const before = instance.vm_state;
  compute.log("info", "Rebuilding instance");
  const refs = recreate ? yield* takeOver(compute, ctxt, request) : request;
  const { image_ref } = refs;
  const image: ImageOnWire =
    image_ref === null || image_ref === "" ? {} : yield* compute.images.get(ctxt, image_ref);
  yield* notifyUsageExists(compute, ctxt, { ...request, ...refs });
  const extra = { image_name: hasImage(image) ? image.name : "" };
  yield* compute.notify(ctxt, instance, "rebuild.start", { extra });
  instance.power_state = compute.powerState(instance);
  instance.task_state = taskStates.REBUILDING;
  yield* instance.save(ctxt, { expected_task_state: [taskStates.REBUILDING] });
  const networkInfo = cachedNetworkInfo(instance);
  const devices = (bdms ?? (yield* getBlockDevices(compute.store, ctxt, instance.uuid))).objects;
  yield* replaceGuest(compute, ctxt, request, image, devices);
  instance.power_state = compute.powerState(instance);
  instance.vm_state = vmStates.ACTIVE;
  instance.task_state = null;
  instance.launched_at = compute.env.utcnow();
  yield* instance.save(ctxt, { expected_task_state: [taskStates.REBUILD_SPAWNING] });
  if (before === vmStates.STOPPED) {
    compute.log("info", `bringing vm to original state: '${before}'`);
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = taskStates.POWERING_OFF;
    instance.progress = 0;
    yield* instance.save(ctxt);
    yield* stopInline(compute, ctxt, { instance });
  }
  yield* compute.notify(ctxt, instance, "rebuild.end", { networkInfo, extra });
}

/** `_rebuild_default_impl`: neither driver has a way of its own. @throws PreserveEphemeralNotSupported */
function* replaceGuest(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, injected_files, preserve_ephemeral, recreate }: Rebuild,
  image: ImageOnWire,
  devices: readonly BlockDeviceMapping[],
): Op<void> {
  if (preserve_ephemeral) throw new PreserveEphemeralNotSupported();
  const networkInfo = cachedNetworkInfo(instance);
  const connected = connectedVolumes(devices);
  for (const { isVolume, volume_id } of devices) {
    if (isVolume) yield* compute.volumes.detach(ctxt, volume_id ?? "None");
  }
  if (!recreate) yield* compute.driver.destroy(ctxt, instance, networkInfo, connected);
  instance.task_state = taskStates.REBUILD_BLOCK_DEVICE_MAPPING;
  yield* instance.save(ctxt, { expected_task_state: [taskStates.REBUILDING] });
  const volumes = yield* prepareBlockDevices(compute, ctxt, instance, devices);
  instance.task_state = taskStates.REBUILD_SPAWNING;
  yield* instance.save(ctxt, { expected_task_state: [taskStates.REBUILD_BLOCK_DEVICE_MAPPING] });
  yield* compute.driver.spawn(ctxt, {
    instance,
    image,
    networkInfo: networkInfoAtHand(networkInfo),
    volumes,
    injectedFiles: injected_files ?? [],
  });
}

/** Of the image that it was made of until now. */
function* notifyUsageExists(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, orig_image_ref, orig_sys_metadata }: Rebuild,
): Op<void> {
  yield* compute.store.conductor.notify_usage_exists(ctxt, {
    instance: primitive(instance),
    current_period: true,
    ignore_missing_network_data: true,
    system_metadata: orig_sys_metadata,
    extra_usage_info: { image_ref_url: imageUrl(orig_image_ref ?? "None") },
  });
}

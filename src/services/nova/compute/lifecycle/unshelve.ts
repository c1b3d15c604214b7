/**
 * unshelve_instance: a server that had left its host is built again from its image, here. It is
 * never tried elsewhere. Upstream: nova/compute/manager.py (_unshelve_instance) at 2014.2; nova §2.5.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import * as taskStates from "../../states/task-states.js";
import type { DriverVolume } from "../../virt/block-device.js";
import { networkInfoAtHand } from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import { prepareBlockDevices } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type Unshelve = ArgsIn<typeof computeApi, "unshelve_instance">;

export const unshelveInstance = instanceMethod<Unshelve>(
  "unshelve_instance",
  function* (compute, ctxt, args) {
    yield* compute.locked(args.instance, unshelveLocked(compute, ctxt, args));
  },
);

function* unshelveLocked(compute: ComputeHost, ctxt: RequestContext, args: Unshelve): Op<void> {
  const { instance, image } = args;
  yield* compute.notify(ctxt, instance, "unshelve.start");
  instance.task_state = taskStates.SPAWNING;
  yield* instance.save(ctxt);
  const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
  const check = { check: false };
  const volumes = yield* prepareBlockDevices(compute, ctxt, instance, devices, check);
  // The image holds what was put into the guest at its first build. Only in memory.
  const { key_data, auto_disk_config, image_ref } = instance;
  instance.key_data = null;
  instance.auto_disk_config = false;
  if (image !== null) instance.image_ref = image.id;
  yield* spawn(compute, ctxt, args, volumes);
  if (image !== null) {
    instance.image_ref = image_ref;
    yield* compute.images.delete(ctxt, image.id);
  }
  instance.key_data = key_data;
  instance.auto_disk_config = auto_disk_config;
  instance.power_state = compute.powerState(instance);
  instance.vm_state = vmStates.ACTIVE;
  instance.task_state = null;
  instance.launched_at = compute.env.utcnow();
  yield* instance.save(ctxt, { expected_task_state: taskStates.SPAWNING });
  yield* compute.notify(ctxt, instance, "unshelve.end");
}

function* spawn(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, image, filter_properties }: Unshelve,
  volumes: readonly DriverVolume[],
): Op<void> {
  const { network, tracker, driver, host } = compute;
  const migration = { source_compute: "", dest_compute: host };
  yield* network.migrate_instance_finish(ctxt, instance, migration);
  const networkInfo = networkInfoAtHand(yield* network.get_instance_nw_info(ctxt, instance));
  const request = { instance, image, networkInfo, volumes };
  const limits = filter_properties.limits ?? {};
  try {
    yield* tracker.instanceClaim(ctxt, instance, limits, driver.spawn(ctxt, request));
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `Instance failed to spawn: ${originalMessage(error)}`);
    throw error;
  }
}

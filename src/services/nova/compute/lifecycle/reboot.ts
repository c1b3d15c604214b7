/**
 * reboot_instance. A reboot that fails while the guest still runs is told of and counts as done. Nothing
 * is expected of the last save: a delete that came meanwhile loses its task. Upstream:
 * nova/compute/manager.py (reboot_instance) at 2014.2; nova §3.2, nova-actions NOV-228 to NOV-231.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import type { Exception } from "../../../../python/index.js";
import { InstanceNotFound } from "../../exception.js";
import { addInstanceFault } from "../../faults.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { Reboot } from "../../virt/guest-driver.js";
import { connectedVolumes } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import { beforeReraising, instanceMethod } from "../decorators.js";
import { setInstanceObjErrorState } from "../error-out.js";
import { inReboot } from "../frames.js";
import type { computeApi } from "../rpcapi.js";

type Args = ArgsIn<typeof computeApi, "reboot_instance">;

const SOFT = {
  pending: taskStates.REBOOT_PENDING,
  started: taskStates.REBOOT_STARTED,
  from: [taskStates.REBOOTING, taskStates.REBOOT_PENDING, taskStates.REBOOT_STARTED],
} as const;

const HARD = {
  pending: taskStates.REBOOT_PENDING_HARD,
  started: taskStates.REBOOT_STARTED_HARD,
  from: [taskStates.REBOOTING_HARD, taskStates.REBOOT_PENDING_HARD, taskStates.REBOOT_STARTED_HARD],
} as const;

export const rebootInstance = instanceMethod<Args>(
  "reboot_instance",
  function* (compute, asked, { instance, reboot_type }) {
    const { pending, started, from } = reboot_type === "SOFT" ? SOFT : HARD;
    instance.task_state = pending;
    const ctxt = asked.elevated();
    compute.log("info", "Rebooting instance");
    const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
    const volumes = connectedVolumes(devices);
    const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
    yield* compute.notify(ctxt, instance, "reboot.start");
    instance.power_state = compute.powerState(instance);
    yield* instance.save(ctxt, { expected_task_state: from });
    if (instance.power_state !== powerStates.RUNNING) warn(compute, instance.power_state);
    // No API leads here from rescue.
    const vmState = instance.vm_state === vmStates.RESCUED ? vmStates.RESCUED : vmStates.ACTIVE;
    let powerState: powerStates.PowerState | undefined;
    try {
      instance.task_state = started;
      yield* instance.save(ctxt, { expected_task_state: pending });
      const request: Reboot = { instance, networkInfo, volumes, type: reboot_type };
      yield* compute.driver.reboot(ctxt, request);
    } catch (thrown) {
      const error = yield* caught(thrown);
      powerState = compute.powerState(instance);
      yield* beforeReraising(compute, error, failed(compute, ctxt, instance, error, powerState));
      if (powerState !== powerStates.RUNNING) throw error;
    }
    instance.power_state = powerState ?? compute.powerState(instance);
    instance.vm_state = vmState;
    instance.task_state = null;
    yield* saveIfThere(compute, ctxt, instance);
    yield* compute.notify(ctxt, instance, "reboot.end");
  },
);

function* failed(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  error: Exception,
  powerState: powerStates.PowerState,
): Op<void> {
  if (powerState !== powerStates.RUNNING) {
    compute.log("error", `Cannot reboot instance: ${originalMessage(error)}`);
    yield* setInstanceObjErrorState(compute, ctxt, instance);
    return;
  }
  compute.log("warning", "Reboot failed but instance is running");
  const where = { uuid: instance.uuid, host: compute.host };
  yield* addInstanceFault(compute.store, ctxt, where, error, inReboot);
  yield* compute.notify(ctxt, instance, "reboot.error", { fault: error });
}

function* saveIfThere(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  try {
    yield* instance.save(ctxt);
  } catch (error) {
    if (!(error instanceof InstanceNotFound)) throw error;
    compute.log("warning", "Instance disappeared during reboot");
  }
}

function warn(compute: ComputeHost, state: number): void {
  const states = `(state: ${String(state)} expected: ${String(powerStates.RUNNING)})`;
  compute.log("warning", `trying to reboot a non-running instance: ${states}`);
}

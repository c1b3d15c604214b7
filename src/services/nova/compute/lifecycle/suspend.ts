/**
 * suspend_instance and resume_instance: a guest is written to disk, and read from it again. Each is told
 * of once, when it is done. Upstream: nova/compute/manager.py at 2014.2; nova §3.2, nova-actions NOV-224
 * and NOV-225.
 */
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { connectedVolumes } from "../build/block-devices.js";
import { instanceMethod } from "../decorators.js";
import { errorOutOnException } from "../error-out.js";

interface OfInstance {
  readonly instance: Instance;
}

export const suspendInstance = instanceMethod<OfInstance>(
  "suspend_instance",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    const before = instance.vm_state;
    instance.system_metadata = { ...instance.system_metadata, old_vm_state: before };
    const suspending = compute.driver.suspend(instance);
    yield* errorOutOnException(compute, ctxt, instance, suspending, { instance_state: before });
    instance.power_state = compute.powerState(instance);
    instance.vm_state = vmStates.SUSPENDED;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.SUSPENDING });
    yield* compute.notify(ctxt, instance, "suspend");
  },
);

export const resumeInstance = instanceMethod<OfInstance>(
  "resume_instance",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    compute.log("info", "Resuming");
    const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
    const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
    yield* compute.driver.resume(ctxt, instance, networkInfo, connectedVolumes(devices));
    instance.power_state = compute.powerState(instance);
    const { old_vm_state, ...metadata } = instance.system_metadata;
    if (old_vm_state !== undefined) instance.system_metadata = metadata;
    instance.vm_state = (old_vm_state as vmStates.VmState | undefined) ?? vmStates.ACTIVE;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.RESUMING });
    yield* compute.notify(ctxt, instance, "resume");
  },
);

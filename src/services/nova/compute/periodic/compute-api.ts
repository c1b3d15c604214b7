/**
 * The compute API that nova-compute has in its own process (`self.compute_api`), where a task that it repeats asks it
 * for something, as an administrator. Upstream: nova/compute/api.py (check_instance_state, force_stop, stop, unrescue)
 * at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { InstanceInvalidState } from "../../exception.js";
import { actionStart } from "../../objects/instance-action.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";

/** What was read of it, before anything is asked. @throws InstanceInvalidState */
export function checkState(instance: Instance, method: string, from: vmStates.VmState): void {
  const { uuid: instance_uuid, vm_state, task_state, launched_at } = instance;
  const what = { instance_uuid, method };
  if (vm_state !== from) {
    throw new InstanceInvalidState({ ...what, attr: "vm_state", state: vm_state });
  }
  if (task_state !== null) {
    throw new InstanceInvalidState({ ...what, attr: "task_state", state: task_state });
  }
  if (launched_at === null) {
    throw new InstanceInvalidState({ ...what, attr: null, not_launched: true, state: vm_state });
  }
}

/** Of one that is active. @throws InstanceInvalidState, UnexpectedTaskStateError, InstanceNotFound */
export function* stop(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  checkState(instance, "stop", vmStates.ACTIVE);
  yield* forceStop(compute, ctxt, instance);
}

/** Whatever its state: one that is stopped could not be. */
export function* forceStop(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  instance.task_state = taskStates.POWERING_OFF;
  instance.progress = 0;
  yield* instance.save(ctxt, { expected_task_state: [null] });
  yield* actionStart(compute.store, ctxt, instance.uuid, "stop");
  const rpc = compute.computeRpc.prepare({ server: compute.host });
  yield* rpc.stop_instance(ctxt, { instance });
}

/** @throws InstanceInvalidState, UnexpectedTaskStateError, InstanceNotFound */
export function* unrescue(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  checkState(instance, "unrescue", vmStates.RESCUED);
  instance.task_state = taskStates.UNRESCUING;
  yield* instance.save(ctxt, { expected_task_state: [null] });
  yield* actionStart(compute.store, ctxt, instance.uuid, "unrescue");
  const rpc = compute.computeRpc.prepare({ server: compute.host });
  yield* rpc.unrescue_instance(ctxt, { instance });
}

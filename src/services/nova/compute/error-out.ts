/**
 * What becomes of a server when what is being done to it fails: it is in error, or back in its state
 * where the driver cannot do such a thing. Upstream: nova/compute/manager.py
 * (_error_out_instance_on_exception, _set_instance_obj_error_state) at 2014.2; nova-actions NOV-213.
 */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { NotImplementedException } from "../../../python/index.js";
import { InstanceNotFound } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import * as vmStates from "../states/vm-states.js";
import type { ComputeHost } from "./compute-host.js";

/**
 * Do `op`. Only vm_state is written for most errors: whoever asked clears the task.
 * @param back the state for what the driver has no way to do
 * @throws what `op` throws
 */
export function* errorOutOnException<T>(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  op: Op<T>,
  back: vmStates.VmState = vmStates.ACTIVE,
): Op<T> {
  try {
    return yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotImplementedException) {
      compute.log("info", `Setting instance back to ${back} after: ${error.message}`);
      const updates = { vm_state: back, task_state: null };
      yield* compute.instanceUpdate(ctxt, instance.uuid, updates);
    } else {
      compute.log("error", `Setting instance vm_state to ERROR: ${originalMessage(error)}`);
      yield* compute.setInstanceErrorState(ctxt, instance);
    }
    throw error;
  }
}

/** The same of an instance at hand, with whatever else has changed in it. */
export function* setInstanceObjErrorState(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  try {
    instance.vm_state = vmStates.ERROR;
    yield* instance.save(ctxt);
  } catch (error) {
    if (!(error instanceof InstanceNotFound)) throw error;
    const { uuid } = instance;
    compute.log(
      "debug",
      `Instance ${uuid} has been destroyed from under us while trying to set it to ERROR`,
    );
  }
}

/**
 * What becomes of a server, and of reserved quota, when what is being done to it fails: it is in error, or back
 * in its state where the driver cannot do such a thing, or where all was undone. Upstream: nova/compute/manager.py
 * (_error_out_instance_on_exception, _set_instance_obj_error_state) at 2014.2; nova-actions NOV-213.
 */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { NotImplementedException, type Exception } from "../../../python/index.js";
import { InstanceFaultRollback, InstanceNotFound } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import type { Quotas } from "../objects/quotas.js";
import * as vmStates from "../states/vm-states.js";
import type { ComputeHost } from "./compute-host.js";
import { beforeReraising } from "./decorators.js";

/** What else is known of what is being done. */
export interface Undo {
  /** What is given back, whatever has failed. */
  readonly quotas?: Quotas;
  /** The state for what the driver has no way to do. */
  readonly instance_state?: vmStates.VmState;
}

/**
 * Do `op`. Only vm_state is written for most errors: whoever asked clears the task. Where all was undone, the
 * server is active, and what had failed is what the caller hears of.
 * @throws what `op` throws
 */
export function* errorOutOnException<T>(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  op: Op<T>,
  { quotas, instance_state = vmStates.ACTIVE }: Undo = {},
): Op<T> {
  const backTo = (vm_state: vmStates.VmState): Op<void> =>
    compute.instanceUpdate(ctxt, instance.uuid, { vm_state, task_state: null });
  function* undo(error: Exception): Op<void> {
    if (quotas !== undefined) yield* quotas.rollback(ctxt);
    if (error instanceof NotImplementedException) {
      compute.log("info", `Setting instance back to ${instance_state} after: ${error.message}`);
      yield* backTo(instance_state);
    } else {
      yield* compute.setInstanceErrorState(ctxt, instance);
    }
  }
  try {
    return yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof InstanceFaultRollback) {
      if (quotas !== undefined) yield* quotas.rollback(ctxt);
      compute.log("info", `Setting instance back to ACTIVE after: ${originalMessage(error)}`);
      yield* backTo(vmStates.ACTIVE);
      throw error.inner;
    }
    if (!(error instanceof NotImplementedException)) {
      compute.log("error", `Setting instance vm_state to ERROR: ${originalMessage(error)}`);
    }
    yield* beforeReraising(compute, error, undo(error));
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

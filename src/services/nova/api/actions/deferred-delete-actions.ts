/**
 * `restore` and `forceDelete`, of servers that were deleted and are kept for a while; the latter of any.
 * Upstream: nova/api/openstack/compute/contrib/deferred_delete.py, nova/compute/api.py (restore,
 * force_delete) at 2014.2; nova §3.1, nova-actions NOV-279, NOV-280.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import { commitReservations, rollbackReservations } from "../../db/quota/reservations.js";
import { InstanceIsLocked, QuotaError } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import type { NovaApp } from "../app.js";
import { forceDelete } from "../compute/delete.js";
import { stateConflict } from "../faults.js";
import { reserveInstances } from "../server-create/provision.js";
import type { ServerAction } from "./action.js";

export const deferredDeleteActions = {
  restore: {
    policy: "compute_extension:deferred_delete",
    missing: undefined,
    needs: { method: "restore", from: [vm.SOFT_DELETED] },
    task: null,
    run: restore,
    fault: restoreFault,
  },
  forceDelete: {
    policy: "compute_extension:deferred_delete",
    missing: undefined,
    needs: { method: "force_delete", whileDoing: [null] },
    task: null,
    *answers(call, instance) {
      yield* forceDelete(call, instance);
      return respond(202);
    },
    // The wrong task is a bad request, which nobody makes a conflict.
    fault: (error) =>
      error instanceof InstanceIsLocked ? new HttpFault(409, error.message) : error,
  },
} satisfies Record<string, ServerAction>;

/** What the owner had given back is taken again, from whoever asks. @throws TooManyInstances */
function* restore(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const { reservations } = reserveInstances(app.quotas, ctxt, instance.flavor(), 1, 1);
  actionStart(app.db, ctxt, instance.uuid, "restore");
  try {
    instance.deleted_at = null;
    if (instance.host === null) instance.vm_state = vm.ACTIVE;
    instance.task_state = instance.host === null ? null : task.RESTORING;
    yield* instance.save(ctxt, { expected_task_state: [null] });
    if (instance.host !== null) {
      const compute = app.computeRpc.prepare({ server: computeHost(instance) });
      yield* compute.restore_instance(ctxt, { instance });
    }
    commitReservations(app.db, reservations);
  } catch (thrown) {
    const error = yield* caught(thrown);
    rollbackReservations(app.db, reservations);
    throw error;
  }
}

function restoreFault(error: unknown, action: string): unknown {
  if (error instanceof QuotaError) return new HttpFault(403, error.message);
  // Of a lock nobody thinks here, which is a wrong state as well.
  if (error instanceof InstanceIsLocked) {
    return new HttpFault(409, `Instance is in an invalid state for '${action}'`);
  }
  return stateConflict(error, action);
}

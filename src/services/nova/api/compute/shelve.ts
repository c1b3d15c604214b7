/**
 * The API's part of shelving: note the task, then hand over to a host or to the conductor. Quota is
 * not touched. Upstream: nova/compute/api.py (shelve, shelve_offload, unshelve) at 2014.2; nova §2.1.
 */
import { actionStart } from "../../db/instance-actions.js";
import * as task from "../../task-states.js";
import * as vm from "../../vm-states.js";
import type { NovaApp } from "../app.js";
import { checkInstanceLock, checkInstanceState, checkPolicy, type Deed } from "./checks.js";
import { createImage } from "./snapshot-image.js";
import { isVolumeBacked } from "./volume-backed.js";

const SHELVABLE: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED, vm.PAUSED, vm.SUSPENDED];
const IDLE = { expected_task_state: [null] };

export function shelve(app: NovaApp): Deed {
  return guarded("shelve", SHELVABLE, function* (ctxt, instance) {
    instance.task_state = task.SHELVING;
    yield* instance.save(ctxt, IDLE);
    actionStart(app.db, ctxt, instance.uuid, "shelve");
    const compute = app.computeRpc.prepare({ server: instance.host ?? undefined });
    if (isVolumeBacked(app, instance)) {
      yield* compute.shelve_offload_instance(ctxt, { instance });
      return;
    }
    // If Glance fails here the task stays as it is; upstream has nothing that would undo it.
    const name = `${instance.display_name}-shelved`;
    const image = yield* createImage(app, ctxt, instance, name, "snapshot");
    yield* compute.shelve_instance(ctxt, { instance, image_id: image.id });
  });
}

/** Without an action of its own: the offload leaves no trace in the history of a server. */
export function shelveOffload(app: NovaApp): Deed {
  return guarded("shelve_offload", [vm.SHELVED], function* (ctxt, instance) {
    instance.task_state = task.SHELVING_OFFLOADING;
    yield* instance.save(ctxt, IDLE);
    const compute = app.computeRpc.prepare({ server: instance.host ?? undefined });
    yield* compute.shelve_offload_instance(ctxt, { instance });
  });
}

export function unshelve(app: NovaApp): Deed {
  return guarded("unshelve", [vm.SHELVED, vm.SHELVED_OFFLOADED], function* (ctxt, instance) {
    instance.task_state = task.UNSHELVING;
    yield* instance.save(ctxt, IDLE);
    actionStart(app.db, ctxt, instance.uuid, "unshelve");
    yield* app.computeTask.unshelve_instance(ctxt, { instance });
  });
}

function guarded(method: string, vmStates: readonly vm.VmState[], deed: Deed): Deed {
  return checkPolicy(method, checkInstanceLock(checkInstanceState({ method, vmStates }, deed)));
}

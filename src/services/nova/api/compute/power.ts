/** Turning guests on and off. Upstream: nova/compute/api.py (start, stop) at 2014.2; nova §3.1. */
import { actionStart } from "../../db/instance-actions.js";
import * as task from "../../task-states.js";
import * as vm from "../../vm-states.js";
import type { NovaApp } from "../app.js";
import {
  checkInstanceHost,
  checkInstanceLock,
  checkInstanceState,
  checkPolicy,
  type Deed,
} from "./checks.js";

const IDLE = { expected_task_state: [null] };

export function stop(app: NovaApp): Deed {
  return guarded("stop", [vm.ACTIVE, vm.ERROR], function* (ctxt, instance) {
    instance.task_state = task.POWERING_OFF;
    instance.progress = 0;
    yield* instance.save(ctxt, IDLE);
    actionStart(app.db, ctxt, instance.uuid, "stop");
    const compute = app.computeRpc.prepare({ server: instance.host ?? undefined });
    yield* compute.stop_instance(ctxt, { instance });
  });
}

export function start(app: NovaApp): Deed {
  return guarded("start", [vm.STOPPED], function* (ctxt, instance) {
    instance.task_state = task.POWERING_ON;
    yield* instance.save(ctxt, IDLE);
    actionStart(app.db, ctxt, instance.uuid, "start");
    const compute = app.computeRpc.prepare({ server: instance.host ?? undefined });
    yield* compute.start_instance(ctxt, { instance });
  });
}

function guarded(method: string, vmStates: readonly vm.VmState[], deed: Deed): Deed {
  const checked = checkInstanceState({ method, vmStates }, deed);
  return checkPolicy(method, checkInstanceLock(checkInstanceHost(checked)));
}

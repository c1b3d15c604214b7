/**
 * pause_instance and unpause_instance: a guest stands still in memory, and goes on. Upstream:
 * nova/compute/manager.py at 2014.2; nova §3.2, nova-actions NOV-223.
 */
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { instanceMethod } from "../decorators.js";

interface OfInstance {
  readonly instance: Instance;
}

export const pauseInstance = instanceMethod<OfInstance>(
  "pause_instance",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    compute.log("info", "Pausing");
    yield* compute.notify(ctxt, instance, "pause.start");
    yield* compute.driver.pause(instance);
    instance.power_state = compute.powerState(instance);
    instance.vm_state = vmStates.PAUSED;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.PAUSING });
    yield* compute.notify(ctxt, instance, "pause.end");
  },
);

export const unpauseInstance = instanceMethod<OfInstance>(
  "unpause_instance",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    compute.log("info", "Unpausing");
    yield* compute.notify(ctxt, instance, "unpause.start");
    yield* compute.driver.unpause(instance);
    instance.power_state = compute.powerState(instance);
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.UNPAUSING });
    yield* compute.notify(ctxt, instance, "unpause.end");
  },
);

/**
 * soft_delete_instance and restore_instance: a server is set aside for a while, switched off, and comes
 * back. Upstream: nova/compute/manager.py at 2014.2; nova-actions NOV-278, NOV-279.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import { caught } from "../../../../kernel/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { instanceMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";
import { powerOn } from "./power.js";
import { quotasOf } from "./terminate.js";

type SoftDelete = ArgsIn<typeof computeApi, "soft_delete_instance">;

export const softDeleteInstance = instanceMethod<SoftDelete>(
  "soft_delete_instance",
  function* (compute, ctxt, { instance, reservations }) {
    const quotas = quotasOf(compute, ctxt, instance, reservations);
    try {
      yield* compute.notify(ctxt, instance, "soft_delete.start");
      // Neither driver has a way of its own that does more.
      yield* compute.driver.powerOff(instance, 0);
      instance.power_state = compute.powerState(instance);
      instance.vm_state = vmStates.SOFT_DELETED;
      instance.task_state = null;
      yield* instance.save(ctxt, { expected_task_state: [taskStates.SOFT_DELETING] });
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* quotas.rollback(ctxt);
      throw error;
    }
    yield* quotas.commit(ctxt);
    yield* compute.notify(ctxt, instance, "soft_delete.end");
  },
);

export const restoreInstance = instanceMethod<{ readonly instance: Instance }>(
  "restore_instance",
  function* (compute, ctxt, { instance }) {
    yield* compute.notify(ctxt, instance, "restore.start");
    try {
      yield* compute.driver.restore(instance);
    } catch (error) {
      if (!(error instanceof NotImplementedException)) throw error;
      yield* powerOn(compute, ctxt, instance);
    }
    instance.power_state = compute.powerState(instance);
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: taskStates.RESTORING });
    yield* compute.notify(ctxt, instance, "restore.end");
  },
);

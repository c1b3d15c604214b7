/**
 * set_admin_password, for which nova-api waits. Libvirt has no way to do it. Upstream:
 * nova/compute/manager.py (set_admin_password) at 2014.2; nova-actions NOV-269.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { NotImplementedException } from "../../../../python/index.js";
import { InstancePasswordSetFailed, UnexpectedTaskStateError } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { setInstanceObjErrorState } from "../error-out.js";
import type { computeApi } from "../rpcapi.js";

type SetPassword = ArgsIn<typeof computeApi, "set_admin_password">;

const NOT_IMPLEMENTED = "set_admin_password is not implemented by this driver or guest instance.";

export const setAdminPassword = instanceMethod<SetPassword, null>(
  "set_admin_password",
  function* (compute, asked, { instance }) {
    const ctxt = asked.elevated();
    const { uuid } = instance;
    if (compute.powerState(instance) !== powerStates.RUNNING) {
      yield* done(ctxt, instance);
      const reason = `Failed to set admin password. Instance ${uuid} is not running`;
      throw new InstancePasswordSetFailed({ instance: uuid, reason });
    }
    try {
      yield* compute.driver.setAdminPassword(instance);
      compute.log("info", "Root password set");
      yield* done(ctxt, instance);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof NotImplementedException) {
        compute.log("warning", NOT_IMPLEMENTED);
        yield* done(ctxt, instance);
        throw new NotImplementedException(NOT_IMPLEMENTED);
      }
      if (error instanceof UnexpectedTaskStateError) throw error;
      yield* failed(compute, ctxt, instance, originalMessage(error));
    }
    return null;
  },
);

function* done(ctxt: RequestContext, instance: Instance): Op<void> {
  instance.task_state = null;
  yield* instance.save(ctxt, { expected_task_state: taskStates.UPDATING_PASSWORD });
}

/** What went wrong is not told, for there may be a password in it. */
function* failed(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  why: string,
): Op<void> {
  compute.log("error", `set_admin_password failed: ${why}`);
  yield* setInstanceObjErrorState(compute, ctxt, instance);
  const reason = "error setting admin password";
  throw new InstancePasswordSetFailed({ instance: instance.uuid, reason });
}

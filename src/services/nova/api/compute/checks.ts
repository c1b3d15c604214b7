/**
 * What must hold before something is done to a server, each wrapped around the deed, outermost
 * checked first. Upstream: the decorators of nova/compute/api.py (wrap_check_policy,
 * check_instance_lock, check_instance_state, check_instance_host); nova §2.1, §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { InstanceInvalidState, InstanceIsLocked, InstanceNotReady } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { enforce } from "../../policy.js";
import type { TaskState } from "../../task-states.js";
import type { VmState } from "../../vm-states.js";

/** Something done to a server. */
export type Deed = (ctxt: RequestContext, instance: Instance) => Op<void>;

/** Rule `compute:<action>`, with the server's owner as its target. */
export function checkPolicy(action: string, deed: Deed): Deed {
  return function* (ctxt, instance) {
    enforce(ctxt, `compute:${action}`, instance);
    yield* deed(ctxt, instance);
  };
}

/** A lock binds everybody but administrators. */
export function checkInstanceLock(deed: Deed): Deed {
  return function* (ctxt, instance) {
    if (instance.locked && !ctxt.is_admin) {
      throw new InstanceIsLocked({ instance_uuid: instance.uuid });
    }
    yield* deed(ctxt, instance);
  };
}

export interface StatesWanted {
  /** As exceptions tell it: `shelve`. */
  readonly method: string;
  /** Without them any will do. */
  readonly vmStates?: readonly VmState[];
  /** Default: idle. "any": whatever is being done to it. */
  readonly taskStates?: readonly TaskState[] | "any";
  /** Default: it must have been active once. */
  readonly mustHaveLaunched?: boolean;
}

const IDLE: readonly TaskState[] = [null];

/** The state as it was read; the deed's own save guards against what changed since. */
export function checkInstanceState(wanted: StatesWanted, deed: Deed): Deed {
  const { method, vmStates, taskStates = IDLE, mustHaveLaunched = true } = wanted;
  return function* (ctxt, instance) {
    const { uuid: instance_uuid, vm_state, task_state } = instance;
    if (vmStates !== undefined && !vmStates.includes(vm_state)) {
      throw new InstanceInvalidState({ instance_uuid, attr: "vm_state", state: vm_state, method });
    }
    if (taskStates !== "any" && !taskStates.includes(task_state)) {
      throw new InstanceInvalidState({
        instance_uuid,
        attr: "task_state",
        state: task_state ?? "None",
        method,
      });
    }
    if (mustHaveLaunched && instance.launched_at === null) {
      throw new InstanceInvalidState({
        instance_uuid,
        attr: "None",
        state: vm_state,
        method,
        not_launched: true,
      });
    }
    yield* deed(ctxt, instance);
  };
}

/** It must be on a host already. */
export function checkInstanceHost(deed: Deed): Deed {
  return function* (ctxt, instance) {
    if (instance.host === null) throw new InstanceNotReady({ instance_id: instance.uuid });
    yield* deed(ctxt, instance);
  };
}

/**
 * What must hold before something is done to a server, in the order in which upstream's decorators
 * stand: policy, lock, host, state. Upstream: nova/compute/api.py (wrap_check_policy,
 * check_instance_lock, check_instance_host, check_instance_state) at 2014.2; nova §2.1, §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { InstanceInvalidState, InstanceIsLocked, InstanceNotReady } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { TaskState } from "../../states/task-states.js";
import type { VmState } from "../../states/vm-states.js";
import type { NovaRule } from "../policy.js";
import type { NovaCall } from "../route.js";

/** A method of the compute API, as its rule is named: `compute:shelve`. */
type ComputeMethod = NovaRule extends infer R
  ? R extends `compute:${infer Method}`
    ? Method
    : never
  : never;

export interface Needs {
  /** As rules and exceptions name it. */
  readonly method: ComputeMethod;
  /** Done to locked servers as well. A lock binds everybody but administrators. */
  readonly evenLocked?: true;
  /** It must be on a host. */
  readonly onHost?: true;
  /** The states that it must be in, idle and once active; without them any will do. */
  readonly from?: readonly VmState[];
  /** Instead of idle: what may be being done to it. Without `from` it is all that matters. */
  readonly whileDoing?: readonly TaskState[];
  /** It must have been active once, and nothing else. */
  readonly launched?: true;
}

export const ruleOf = ({ method }: Needs): NovaRule => `compute:${method}`;

/** @throws PolicyNotAuthorized, InstanceIsLocked, InstanceNotReady, InstanceInvalidState */
export function check({ ctxt, enforce }: NovaCall, instance: Instance, needs: Needs): void {
  enforce(instance, ruleOf(needs));
  if (needs.evenLocked !== true) checkLock(ctxt, instance);
  if (needs.onHost === true && instance.host === null) {
    throw new InstanceNotReady({ instance_id: instance.uuid });
  }
  if (needs.from !== undefined) checkVmState(instance, needs.method, needs.from);
  if (needs.from !== undefined || needs.whileDoing !== undefined) {
    checkTask(instance, needs.method, needs.whileDoing ?? [null]);
  }
  if (needs.from !== undefined || needs.launched === true) checkLaunched(instance, needs.method);
}

/** @throws InstanceIsLocked, unless an administrator asks */
export function checkLock({ is_admin }: RequestContext, { locked, uuid }: Instance): void {
  if (locked && !is_admin) throw new InstanceIsLocked({ instance_uuid: uuid });
}

/** The state as it was read; the save that follows guards against what changed since. */
export function checkState(
  instance: Instance,
  { method }: { readonly method: string },
  from: readonly VmState[],
): void {
  checkVmState(instance, method, from);
  checkTask(instance, method, [null]);
  checkLaunched(instance, method);
}

function checkVmState(instance: Instance, method: string, from: readonly VmState[]): void {
  const { uuid: instance_uuid, vm_state: state } = instance;
  if (from.includes(state)) return;
  throw new InstanceInvalidState({ instance_uuid, attr: "vm_state", state, method });
}

function checkTask(
  { uuid: instance_uuid, task_state: state }: Instance,
  method: string,
  tasks: readonly TaskState[],
): void {
  if (tasks.includes(state)) return;
  throw new InstanceInvalidState({ instance_uuid, attr: "task_state", state, method });
}

function checkLaunched(
  { uuid: instance_uuid, vm_state: state, launched_at }: Instance,
  method: string,
): void {
  if (launched_at !== null) return;
  const attr = null;
  throw new InstanceInvalidState({ instance_uuid, attr, state, method, not_launched: true });
}

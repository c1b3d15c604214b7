/**
 * The API's part of a reboot: soft or hard, and what each may follow. A hard one may take the place of a
 * soft one; where the guest is just being put by or woken it is let through here, and refused where the
 * task is stored, which nobody turns into a 409. Upstream: nova/api/openstack/compute/servers.py
 * (_action_reboot), nova/compute/api.py (reboot) at 2014.2; nova §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { contains, item, type Json } from "../../../../python/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { InstanceInvalidState } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { ALLOW_SOFT_REBOOT } from "../../states/rebootable.js";
import * as task from "../../states/task-states.js";
import { noteTask } from "../actions/action.js";
import type { NovaApp } from "../app.js";
import { badRequest } from "../input.js";

export type RebootType = "SOFT" | "HARD";

export const REBOOTABLE_WHILE: readonly task.TaskState[] = [
  null,
  task.REBOOTING,
  task.REBOOT_PENDING,
  task.REBOOT_STARTED,
  task.REBOOTING_HARD,
  task.RESUMING,
  task.UNPAUSING,
  task.PAUSING,
  task.SUSPENDING,
];

/** Tasks that a reboot may take the place of. */
const BEFORE = [task.REBOOTING, task.REBOOT_PENDING, task.REBOOT_STARTED] as const;

/** @throws HttpFault 400; PythonTypeError for what has no members */
export function checkReboot(argument: Json): RebootType {
  if (!contains(argument, "type")) throw badRequest("Missing argument 'type' for reboot");
  const type = item(argument, "type");
  if (typeof type !== "string") throw badRequest("Argument 'type' for reboot must be a string");
  const wanted = type.toUpperCase();
  if (wanted === "SOFT" || wanted === "HARD") return wanted;
  throw badRequest("Argument 'type' for reboot is not HARD or SOFT");
}

/** @throws InstanceInvalidState, UnexpectedTaskStateError */
export function* reboot(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  argument: Json,
): Op<void> {
  const reboot_type = checkReboot(argument);
  const { uuid: instance_uuid, vm_state, task_state } = instance;
  const soft = reboot_type === "SOFT";
  if (soft && !ALLOW_SOFT_REBOOT.includes(vm_state)) {
    const method = "soft reboot";
    throw new InstanceInvalidState({ instance_uuid, attr: "vm_state", state: vm_state, method });
  }
  const refused: readonly task.TaskState[] = soft
    ? [...BEFORE, task.REBOOTING_HARD]
    : [task.REBOOTING_HARD];
  if (refused.includes(task_state)) {
    const state = task_state;
    throw new InstanceInvalidState({ instance_uuid, attr: "task_state", state, method: "reboot" });
  }
  const state = soft ? task.REBOOTING : task.REBOOTING_HARD;
  yield* noteTask(app, ctxt, instance, { state, record: "reboot", after: BEFORE });
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.reboot_instance(ctxt, { instance, block_device_info: null, reboot_type });
}

/**
 * What can be done to a server, a row for each action (`actions/action.ts` says what is in a row), and
 * how it is done. Upstream: nova/compute/api.py, nova/api/openstack/compute/contrib/shelve.py,
 * server_start_stop.py, admin_actions.py at 2014.2; nova §2.1, §3.1.
 */
import { respond, type HttpResponse } from "../../../http/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import type { Instance } from "../objects/instance.js";
import * as task from "../states/task-states.js";
import * as vm from "../states/vm-states.js";
import { addressActions } from "./actions/address-actions.js";
import { castToHost, noteTask, type ServerAction } from "./actions/action.js";
import { consoleActions } from "./actions/console-actions.js";
import { deferredDeleteActions } from "./actions/deferred-delete-actions.js";
import { guestActions } from "./actions/guest-actions.js";
import { imageActions } from "./actions/image-actions.js";
import { moveActions } from "./actions/move-actions.js";
import { powerActions } from "./actions/power-actions.js";
import { rebuildActions } from "./actions/rebuild-action.js";
import { rescueActions } from "./actions/rescue-actions.js";
import { desiredState, lock, resetState, unlock } from "./compute/admin-actions.js";
import { check, ruleOf } from "./compute/checks.js";
import { addFloatingIp, addressGiven, removeFloatingIp } from "./compute/floating-ips.js";
import { shelve, unshelve } from "./compute/shelve.js";
import { stateConflict, stateConflictAsRaised, adminActionFault } from "./faults.js";
import type { NovaRule } from "./policy.js";
import type { NovaCall } from "./route.js";

const SHELVABLE: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED, vm.PAUSED, vm.SUSPENDED];

/** By the one key of the body of `POST /servers/{id}/action`. */
export const serverActions: ReadonlyMap<string, ServerAction> = new Map<string, ServerAction>(
  Object.entries({
    ...powerActions,
    ...moveActions,
    ...rebuildActions,
    ...imageActions,
    ...rescueActions,
    ...guestActions,
    ...consoleActions,
    ...deferredDeleteActions,
    ...addressActions,
    shelve: {
      policy: "compute_extension:shelve",
      missing: "Server not found",
      needs: { method: "shelve", from: SHELVABLE },
      task: { state: task.SHELVING, record: "shelve" },
      run: shelve,
      fault: stateConflict,
    },
    shelveOffload: {
      policy: "compute_extension:shelveOffload",
      missing: "Server not found",
      needs: { method: "shelve_offload", from: [vm.SHELVED] },
      task: { state: task.SHELVING_OFFLOADING, record: null },
      run: castToHost("shelve_offload_instance"),
      fault: stateConflict,
    },
    unshelve: {
      policy: "compute_extension:unshelve",
      missing: "Server not found",
      needs: { method: "unshelve", from: [vm.SHELVED, vm.SHELVED_OFFLOADED] },
      task: { state: task.UNSHELVING, record: "unshelve" },
      run: unshelve,
      fault: stateConflict,
    },
    "os-start": {
      policy: null,
      missing: "Instance not found",
      needs: { method: "start", onHost: true, from: [vm.STOPPED] },
      task: { state: task.POWERING_ON, record: "start" },
      run: castToHost("start_instance"),
      fault: stateConflictAsRaised,
    },
    "os-stop": {
      policy: null,
      missing: "Instance not found",
      needs: { method: "stop", onHost: true, from: [vm.ACTIVE, vm.ERROR] },
      task: { state: task.POWERING_OFF, record: "stop", progress: 0 },
      run: castToHost("stop_instance"),
      fault: stateConflictAsRaised,
    },
    lock: {
      policy: "compute_extension:admin_actions:lock",
      missing: undefined,
      needs: { method: "lock", evenLocked: true },
      task: null,
      run: lock,
      fault: adminActionFault,
    },
    unlock: {
      policy: "compute_extension:admin_actions:unlock",
      missing: undefined,
      needs: { method: "unlock", evenLocked: true },
      task: null,
      run: unlock,
      fault: adminActionFault,
    },
    "os-resetState": {
      policy: "compute_extension:admin_actions:resetState",
      check: desiredState,
      missing: undefined,
      needs: null,
      task: null,
      run: resetState,
      fault: adminActionFault,
    },
    addFloatingIp: {
      policy: "compute_extension:floating_ips",
      check: addressGiven,
      missing: undefined,
      needs: null,
      task: null,
      run: addFloatingIp,
      fault: (error) => error,
    },
    removeFloatingIp: {
      policy: "compute_extension:floating_ips",
      check: addressGiven,
      missing: undefined,
      needs: null,
      task: null,
      run: () => done(undefined),
      fault: (error) => error,
      unseen: removeFloatingIp,
    },
  } satisfies Record<string, ServerAction>),
);

/** Every rule that an action may be under. */
export const actionRules: readonly NovaRule[] = [...serverActions.values()].flatMap(
  ({ policy, needs, asks = [] }) => [
    ...(policy === null ? [] : [policy]),
    ...asks,
    ...(needs === null ? [] : [ruleOf(needs)]),
  ],
);

/**
 * Do `action` to a server that the caller may see. @returns what is answered
 * @throws what the action's `fault` answers
 */
export function* act(
  call: NovaCall,
  instance: Instance,
  { needs, task, run, answers }: ServerAction,
  argument: Json,
): Op<HttpResponse> {
  const { app, ctxt } = call;
  if (needs !== null) check(call, instance, needs);
  if (task !== null) yield* noteTask(app, ctxt, instance, task);
  if (answers !== undefined) return yield* answers(call, instance, argument);
  if (run !== undefined) yield* run(app, ctxt, instance, argument);
  return respond(202);
}

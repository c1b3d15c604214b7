/**
 * What can be done to a server, a row for each action: who may, in which states, the task that is
 * noted, what is sent, and how errors are answered. Upstream says the same with decorators and a
 * controller each: nova/compute/api.py, contrib/shelve.py, server_start_stop.py, admin_actions.py at
 * 2014.2; nova §2.1, §3.1.
 */
import type { ArgsOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { computeHost, type computeApi } from "../compute/rpcapi.js";
import { actionStart } from "../db/instances/instance-actions.js";
import type { Instance } from "../objects/instance.js";
import * as task from "../states/task-states.js";
import * as vm from "../states/vm-states.js";
import type { NovaApp } from "./app.js";
import { desiredState, lock, resetState, unlock } from "./compute/admin-actions.js";
import { check, ruleOf, type Needs } from "./compute/checks.js";
import { addFloatingIp, addressGiven, removeFloatingIp } from "./compute/floating-ips.js";
import {
  confirmFault,
  migrateFault,
  resizeFault,
  revertFault,
  wantedResize,
} from "./compute/resize-body.js";
import { confirmResize, migrate, resize, revertResize } from "./compute/resize.js";
import { shelve, unshelve } from "./compute/shelve.js";
import { stateConflict, stateConflictAsRaised, adminActionFault } from "./faults.js";
import type { NovaRule } from "./policy.js";
import type { NovaCall } from "./route.js";

interface Task {
  readonly state: task.TaskState;
  /** How the history of the server calls it; null leaves no trace. */
  readonly record: string | null;
  readonly progress?: number;
}

export interface ServerAction {
  /** The extension's rule, asked before anything is looked up; null: it has none. */
  readonly policy: NovaRule | null;
  /** What must be said with it, checked before the server is looked up. @throws HttpFault 400 */
  readonly check?: (argument: Json) => unknown;
  /** What is answered where there is no such server; undefined: the exception's words. */
  readonly missing: string | undefined;
  /** What the compute API asks for; null: the extension does it by itself. */
  readonly needs: Needs | null;
  /** Noted first, unless something else is being done to the server. */
  readonly task: Task | null;
  readonly run: (
    app: NovaApp,
    ctxt: RequestContext,
    instance: Instance,
    argument: Json,
  ) => Op<void>;
  readonly fault: (error: unknown, action: string) => unknown;
  /** What is answered where all went well; default: 202. */
  readonly status?: 204;
  /** Instead of all that: what is done without a look at the server that the URL names. */
  readonly unseen?: (app: NovaApp, ctxt: RequestContext, id: string, argument: Json) => Op<void>;
}

const SHELVABLE: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED, vm.PAUSED, vm.SUSPENDED];

const MOVABLE: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED];

/** By the one key of the body of `POST /servers/{id}/action`. */
export const serverActions: ReadonlyMap<string, ServerAction> = new Map<string, ServerAction>(
  Object.entries({
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
    resize: {
      policy: null,
      check: wantedResize,
      missing: "Instance could not be found",
      needs: { method: "resize", from: MOVABLE },
      task: null,
      run: resize,
      fault: resizeFault,
    },
    confirmResize: {
      policy: null,
      missing: "Instance could not be found",
      needs: { method: "confirm_resize", from: [vm.RESIZED] },
      task: null,
      run: confirmResize,
      fault: confirmFault,
      status: 204,
    },
    revertResize: {
      policy: null,
      missing: "Instance could not be found",
      needs: { method: "revert_resize", from: [vm.RESIZED] },
      task: null,
      run: revertResize,
      fault: revertFault,
    },
    migrate: {
      policy: "compute_extension:admin_actions:migrate",
      missing: undefined,
      needs: { method: "resize", from: MOVABLE },
      task: null,
      run: migrate,
      fault: migrateFault,
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
  ({ policy, needs }) => [
    ...(policy === null ? [] : [policy]),
    ...(needs === null ? [] : [ruleOf(needs)]),
  ],
);

/** Do `action` to a server that the caller may see. @throws what the action's `fault` answers */
export function* act(
  call: NovaCall,
  instance: Instance,
  { needs, task, run }: ServerAction,
  argument: Json,
): Op<void> {
  const { app, ctxt } = call;
  if (needs !== null) check(call, instance, needs);
  if (task !== null) yield* note(app, ctxt, instance, task);
  yield* run(app, ctxt, instance, argument);
}

/** @throws UnexpectedTaskStateError if something else began meanwhile */
function* note(app: NovaApp, ctxt: RequestContext, instance: Instance, task: Task): Op<void> {
  instance.task_state = task.state;
  if (task.progress !== undefined) instance.progress = task.progress;
  yield* instance.save(ctxt, { expected_task_state: [null] });
  if (task.record !== null) actionStart(app.db, ctxt, instance.uuid, task.record);
}

type Messages = (typeof computeApi)["methods"];
/** The messages that say no more than which server. */
type AboutInstance = {
  [M in keyof Messages]: { instance: Instance } extends ArgsOf<Messages[M]> ? M : never;
}[keyof Messages];

function castToHost(message: AboutInstance): ServerAction["run"] {
  return function* ({ computeRpc }, ctxt, instance) {
    yield* computeRpc.prepare({ server: computeHost(instance) })[message](ctxt, { instance });
  };
}

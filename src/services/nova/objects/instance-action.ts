/**
 * What users did to an instance, and what the services made of it. An event needs the action of the
 * same request. Upstream: nova/objects/instance_action.py (InstanceActionEvent 1.1).
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { ObjectStore } from "./base.js";

/** Begin the action of this request. */
export function* actionStart(
  store: ObjectStore,
  ctxt: RequestContext,
  instanceUuid: string,
  action: string,
): Op<void> {
  yield* store.classAction(ctxt, "InstanceAction", "action_start", {
    instance_uuid: instanceUuid,
    action_name: action,
    want_result: false,
  });
}

/** @throws InstanceActionNotFound if this request began no action on that instance */
export function* eventStart(
  store: ObjectStore,
  ctxt: RequestContext,
  instanceUuid: string,
  event: string,
): Op<void> {
  yield* store.classAction(ctxt, "InstanceActionEvent", "event_start", {
    instance_uuid: instanceUuid,
    event_name: event,
    want_result: false,
  });
}

/** Finish the event: `Success`, or `Error` with what was raised. */
export function* eventFinish(
  store: ObjectStore,
  ctxt: RequestContext,
  instanceUuid: string,
  event: string,
  failure: { readonly exc_val: string; readonly exc_tb: string } | null,
): Op<void> {
  yield* store.classAction(ctxt, "InstanceActionEvent", "event_finish_with_failure", {
    instance_uuid: instanceUuid,
    event_name: event,
    exc_val: failure?.exc_val ?? null,
    exc_tb: failure?.exc_tb ?? null,
    want_result: false,
  });
}

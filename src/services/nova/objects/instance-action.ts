/**
 * What users did to an instance, and what the services made of it. An event needs the action of the
 * same request. Upstream: nova/objects/instance_action.py (InstanceActionEvent 1.1).
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { callClass, classMethod } from "./base/remotable.js";
import type { ObjectStore } from "./base/versioned-object.js";

interface EventArgs {
  readonly instance_uuid: string;
  readonly event_name: string;
  readonly want_result?: boolean;
}

interface Failure {
  readonly exc_val?: string | null;
  readonly exc_tb?: string | null;
}

export const actionMethods = {
  actionStart: classMethod<{ instance_uuid: string; action_name: string; want_result?: boolean }>(
    "InstanceAction",
    "action_start",
    { takes: ["instance_uuid", "action_name"], options: ["want_result"] },
  ),
  eventStart: classMethod<EventArgs>("InstanceActionEvent", "event_start", {
    takes: ["instance_uuid", "event_name"],
    options: ["want_result"],
  }),
  eventFinish: classMethod<EventArgs & Failure>(
    "InstanceActionEvent",
    "event_finish_with_failure",
    {
      takes: ["instance_uuid", "event_name"],
      options: ["exc_val", "exc_tb", "want_result"],
    },
  ),
};

/** Begin the action of this request. */
export function* actionStart(
  store: ObjectStore,
  ctxt: RequestContext,
  instanceUuid: string,
  action: string,
): Op<void> {
  yield* callClass(store, ctxt, actionMethods.actionStart, {
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
  yield* callClass(store, ctxt, actionMethods.eventStart, {
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
  yield* callClass(store, ctxt, actionMethods.eventFinish, {
    instance_uuid: instanceUuid,
    event_name: event,
    exc_val: failure?.exc_val ?? null,
    exc_tb: failure?.exc_tb ?? null,
    want_result: false,
  });
}

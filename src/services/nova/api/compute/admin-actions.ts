/**
 * What is done to a server in the database alone: locks, against slips of the hand, and an
 * administrator's word on its state. Upstream: nova/compute/api.py (lock, unlock),
 * nova/api/openstack/compute/contrib/admin_actions.py (_reset_state) at 2014.2; nova §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import { ACTIVE, ERROR } from "../../states/vm-states.js";
import type { NovaApp } from "../app.js";
import { badRequest } from "../input.js";
import { enforce } from "../policy.js";

/** An owner does not take over the lock of an administrator. */
export function* lock(_app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const isOwner = instance.project_id === ctxt.project_id;
  if (instance.locked && isOwner) return;
  instance.locked = true;
  instance.locked_by = isOwner ? "owner" : "admin";
  yield* instance.save(ctxt);
}

/** @throws PolicyNotAuthorized: an owner may not open what an administrator locked */
export function* unlock(_app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const own = instance.project_id === ctxt.project_id ? "owner" : "admin";
  if (instance.locked_by !== null && instance.locked_by !== own) {
    enforce(ctxt, "compute:unlock_override", instance);
  }
  instance.locked = false;
  instance.locked_by = null;
  yield* instance.save(ctxt);
}

/** `{state: "active" | "error"}`. @throws HttpFault 400 */
export function desiredState(argument: Json): typeof ACTIVE | typeof ERROR {
  const state = isObject(argument) ? argument["state"] : undefined;
  if (state === ACTIVE || state === ERROR) return state;
  throw badRequest(
    `Desired state must be specified.  Valid states are: ${[ACTIVE, ERROR].join(", ")}`,
  );
}

export function* resetState(
  _app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  argument: Json,
): Op<void> {
  instance.vm_state = desiredState(argument);
  instance.task_state = null;
  yield* instance.save(ctxt);
}

/**
 * `os-resetState`: an administrator says what state a server is in. Upstream:
 * nova/api/openstack/compute/contrib/admin_actions.py (_reset_state) at 2014.2; nova §3.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import { ACTIVE, ERROR } from "../../vm-states.js";
import { badRequest, isObject } from "../input.js";

/** @throws HttpFault 400 */
export function* resetState(ctxt: RequestContext, instance: Instance, argument: Json): Op<void> {
  const state = isObject(argument) ? argument["state"] : undefined;
  if (state !== ACTIVE && state !== ERROR) {
    throw badRequest(
      `Desired state must be specified.  Valid states are: ${[ACTIVE, ERROR].join(", ")}`,
    );
  }
  instance.vm_state = state;
  instance.task_state = null;
  yield* instance.save(ctxt);
}

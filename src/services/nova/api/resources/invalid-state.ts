/**
 * What is answered when a server is locked or in the wrong state. Upstream:
 * nova/api/openstack/common.py (raise_http_conflict_for_instance_invalid_state) at 2014.2; nova §2.1.
 */
import { HttpFault } from "../../../../http/index.js";
import { InstanceInvalidState, InstanceIsLocked } from "../../exception.js";

/** The 409 for `error`; itself if it is about something else. */
export function stateFault(error: unknown, action: string): unknown {
  if (error instanceof InstanceIsLocked) return new HttpFault(409, error.message);
  if (!(error instanceof InstanceInvalidState)) return error;
  const { attr, state, not_launched } = error.kwargs;
  const message =
    not_launched === true
      ? `Cannot '${action}' an instance which has never been active`
      : `Cannot '${action}' while instance is in ${String(attr)} ${String(state)}`;
  return new HttpFault(409, message);
}

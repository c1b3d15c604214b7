/**
 * What an error looks like to a client of Nova: one key that names the kind, with code and message.
 * Upstream: nova/api/openstack/wsgi.py (Fault, ResourceExceptionHandler), nova/api/openstack/__init__.py
 * (FaultWrapper), nova/api/openstack/common.py; nova §1.2, §2.1.
 */
import type { Env } from "../../../framework/index.js";
import { HttpFault, respond, type Headers, type HttpResponse } from "../../../http/index.js";
import { Exception } from "../../../python/index.js";
import {
  Forbidden,
  InstanceInvalidState,
  InstanceIsLocked,
  InstanceNotReady,
  Invalid,
  NovaException,
  QuotaError,
} from "../exception.js";
import { unprocessable } from "./input.js";

const FAULT_NAMES: ReadonlyMap<number, string> = new Map([
  [400, "badRequest"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "itemNotFound"],
  [405, "badMethod"],
  [409, "conflictingRequest"],
  [413, "overLimit"],
  [415, "badMediaType"],
  [429, "overLimit"],
  [501, "notImplemented"],
  [503, "serviceUnavailable"],
]);

/** What webob says where nobody says anything; an error that nobody foresaw is told to nobody. */
const EXPLANATIONS: ReadonlyMap<number, string> = new Map([
  [
    400,
    "The server could not comply with the request since it is either malformed or otherwise incorrect.",
  ],
  [403, "Access was denied to this resource."],
  [404, "The resource could not be found."],
  [409, "There was a conflict when trying to complete your request."],
  [500, "The server has either erred or is incapable of performing the requested operation."],
]);

/** The response for `status`: `{badRequest: {code, message}}`. */
function faultResponse(status: number, message: string, headers: Headers = {}): HttpResponse {
  const name = FAULT_NAMES.get(status) ?? "computeFault";
  const retryAfter = headers["Retry-After"];
  const overLimit = (status === 413 || status === 429) && retryAfter !== undefined;
  const fault = { code: status, message, ...(overLimit && { retryAfter }) };
  return respond(
    status,
    { [name]: fault },
    { "content-type": "application/json; charset=UTF-8", ...headers },
  );
}

/** What is answered to whatever was raised: a controller's own word, or an error that it let pass. */
export function faultOf(error: Exception, env: Env): HttpResponse {
  if (error instanceof HttpFault) return faultResponse(error.status, error.message, error.headers);
  const code = error instanceof NovaException ? error.code : 500;
  if (error instanceof Forbidden || error instanceof Invalid) {
    return faultResponse(code, error.message);
  }
  env.log("error", `Caught error: ${error.name}: ${error.message}`);
  // Of all others only the class that says it is safe is shown, with its name.
  if (error instanceof QuotaError) return faultResponse(code, `${error.name}: ${error.message}`);
  return faultResponse(code, EXPLANATIONS.get(code) ?? "");
}

/**
 * `raise_http_conflict_for_instance_invalid_state`: the 409 for a server that is locked or in the
 * wrong state; other errors as they are.
 */
export function stateConflict(error: unknown, action: string): unknown {
  if (error instanceof InstanceIsLocked) return new HttpFault(409, error.message);
  if (!(error instanceof InstanceInvalidState)) return error;
  const { attr, state, not_launched } = error.kwargs;
  const message =
    not_launched === true
      ? `Cannot '${action}' an instance which has never been active`
      : `Cannot '${action}' while instance is in ${String(attr)} ${String(state)}`;
  return new HttpFault(409, message);
}

/** The same in the exception's own words, as start and stop have it. */
export function stateConflictAsRaised(error: unknown): unknown {
  const known =
    error instanceof InstanceNotReady ||
    error instanceof InstanceIsLocked ||
    error instanceof InstanceInvalidState;
  return known ? new HttpFault(409, error.message) : error;
}

/** The same, and whatever else goes wrong is the client's doing: admin_actions.py. */
export function stateConflictOr422(error: unknown, action: string): unknown {
  const fault = stateConflict(error, action);
  if (fault instanceof HttpFault || fault instanceof Forbidden) return fault;
  return fault instanceof Exception ? unprocessable() : fault;
}

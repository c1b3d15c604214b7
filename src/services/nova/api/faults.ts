/**
 * What an error looks like to a client of Nova: one key that names the kind, with code and message.
 * Upstream: nova/api/openstack/wsgi.py (Fault, ResourceExceptionHandler), nova/api/openstack/__init__.py
 * (FaultWrapper), nova/api/openstack/common.py; nova §1.2, §2.1.
 */
import { originalMessage } from "../../../bus/index.js";
import { ClientException } from "../../../framework/apiclient/index.js";
import { namedFault, type Env } from "../../../framework/index.js";
import { explanation, HttpFault, type HttpResponse } from "../../../http/index.js";
import { AttributeError, Exception, PythonTypeError } from "../../../python/index.js";
import { GlanceHttpError } from "../../glance/client/index.js";
import {
  Forbidden,
  InstanceInvalidState,
  InstanceIsLocked,
  InstanceNotFound,
  InstanceNotReady,
  Invalid,
  NovaException,
  PolicyNotAuthorized,
} from "../exception.js";
import { notificationFlags } from "../notification-flags.js";
import { unprocessable } from "./input.js";

const CLIENT_ERROR =
  "The server could not comply with the request since it is either malformed or otherwise incorrect.";
const SERVER_ERROR =
  "The server has either erred or is incapable of performing the requested operation.";

/** What webob says where nobody says anything; an error that nobody foresaw is told to nobody. */
const EXPLANATIONS: ReadonlyMap<number, string> = new Map([
  [400, CLIENT_ERROR],
  [403, "Access was denied to this resource."],
  [404, "The resource could not be found."],
  // Its template is never filled in, as that of 501 is not.
  [405, CLIENT_ERROR],
  [409, "There was a conflict when trying to complete your request."],
  [412, "Request precondition failed."],
  [413, "The body of your request was too large for this server."],
  [500, SERVER_ERROR],
  [501, SERVER_ERROR],
  [503, "The server is currently unavailable. Please try again at a later time."],
  // What Cinder may answer as well, whose status is handed on.
  ...[401, 410, 422, 502, 504].map((status) => [status, explanation(status)] as const),
]);

/** An answer without words of its own. */
export const plainFault = (status: number): HttpFault =>
  new HttpFault(status, EXPLANATIONS.get(status) ?? "");

/** What is answered to whatever was raised: a controller's own word, or an error that it let pass. */
export function faultOf(error: Exception, env: Env): HttpResponse {
  const fault = controllerFault(error) ?? foreseenByNobody(error, env);
  return namedFault(fault, fault.headers["Retry-After"]);
}

/** `ResourceExceptionHandler`: what each resource answers by itself. */
function controllerFault(error: Exception): HttpFault | undefined {
  if (error instanceof HttpFault) return error;
  if (error instanceof Forbidden) return new HttpFault(403, originalMessage(error));
  if (error instanceof Invalid) return new HttpFault(error.code, originalMessage(error));
  return error instanceof PythonTypeError ? plainFault(400) : undefined;
}

/** `FaultWrapper`: the status is the class's; its words are shown if it says that it is safe. */
function foreseenByNobody(error: Exception, env: Env): HttpFault {
  env.log("error", `Caught error: ${error.name}: ${error.message}`);
  if (env.flags.read(notificationFlags).notify_api_faults) {
    // send_api_fault has no context, which the serializer asks for its to_dict: the fault wrapper
    // fails itself, nothing is told, and what is answered is the WSGI server's (bug 1360911).
    throw new AttributeError("'NoneType' object has no attribute 'to_dict'");
  }
  // Errors of Glance's and Cinder's clients have a code as well, those of Neutron's do not.
  if (error instanceof GlanceHttpError) return plainFault(known(error.status));
  if (error instanceof ClientException) return plainFault(known(error.code));
  if (!(error instanceof NovaException)) return plainFault(500);
  const status = known(error.code);
  const { message } = error.safe
    ? { message: `${error.name}: ${error.message}` }
    : plainFault(status);
  return new HttpFault(status, message, error.headers);
}

/** A status that webob has no class for is a 500. */
const known = (status: number): number => (EXPLANATIONS.has(status) ? status : 500);

/**
 * `raise_http_conflict_for_instance_invalid_state`: the 409 for a server that is locked or in the
 * wrong state; other errors as they are.
 */
export function stateConflict(error: unknown, action: string): unknown {
  if (error instanceof InstanceIsLocked) return new HttpFault(409, error.message);
  if (!(error instanceof InstanceInvalidState)) return error;
  const { attr, state, not_launched } = error.kwargs;
  if (typeof attr === "string" && attr !== "" && typeof state === "string" && state !== "") {
    return new HttpFault(409, `Cannot '${action}' while instance is in ${attr} ${state}`);
  }
  return new HttpFault(
    409,
    not_launched === true
      ? `Cannot '${action}' an instance which has never been active`
      : `Instance is in an invalid state for '${action}'`,
  );
}

/** The same in the exception's own words, as start and stop have it. */
export function stateConflictAsRaised(error: unknown): unknown {
  const known =
    error instanceof InstanceNotReady ||
    error instanceof InstanceIsLocked ||
    error instanceof InstanceInvalidState;
  return known ? new HttpFault(409, error.message) : error;
}

/**
 * What pause, suspend and their like catch, which is everything: what is no conflict is the client's
 * doing. Upstream: contrib/admin_actions.py.
 */
export function conflictOrUnprocessable(error: unknown, action: string): unknown {
  const conflict = stateConflict(error, action);
  if (conflict !== error || !(error instanceof Exception)) return conflict;
  if (error instanceof InstanceNotFound) return new HttpFault(404, "Server not found");
  return unprocessable();
}

/**
 * What lock, unlock and resetState catch, which is everything: what is no refusal is the client's
 * doing. Upstream: contrib/admin_actions.py.
 */
export function adminActionFault(error: unknown): unknown {
  if (!(error instanceof Exception) || error instanceof PolicyNotAuthorized) return error;
  if (error instanceof InstanceNotFound) return new HttpFault(404, "Server not found");
  return unprocessable();
}

/**
 * What an error looks like to a client of Heat: its status by the name of its class, its own words, and webob's
 * beside them. Tracebacks that debug adds are left out. Upstream: heat/api/middleware/fault.py,
 * heat/common/wsgi.py (Resource, translate_exception) at 2014.2.
 */
import { originalMessage } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { HttpFault, explanation, reason, respond, type HttpResponse } from "../../../http/index.js";
import {
  AttributeError,
  PythonTypeError,
  ValueError,
  type Exception,
} from "../../../python/index.js";

/** `error_map`. */
const STATUSES: ReadonlyMap<string, number> = new Map([
  ["ActionInProgress", 409],
  ["StackNotFound", 404],
  ["NotFound", 404],
  ["ResourceActionNotSupported", 400],
  ["ResourceNotFound", 404],
  ["ResourceTypeNotFound", 404],
  ["ResourceNotAvailable", 404],
  ["PhysicalResourceNotFound", 404],
  ["InvalidTenant", 403],
  ["Forbidden", 403],
  ["StackExists", 409],
  ["StackValidationFailed", 400],
  ["InvalidSchemaError", 400],
  ["InvalidTemplateReference", 400],
  ["InvalidTemplateVersion", 400],
  ["InvalidTemplateSection", 400],
  ["UnknownUserParameter", 400],
  ["RevertFailed", 500],
  ["StopActionFailed", 500],
  ["EventSendFailed", 500],
  ["ServerBuildFailed", 500],
  ["NotSupported", 400],
  ["MissingCredentialError", 400],
  ["UserParameterMissing", 400],
  ["RequestLimitExceeded", 400],
  ["InvalidTemplateParameter", 400],
  ["Invalid", 400],
]);

/** What webob calls the classes of its errors. */
const HTTP_ERRORS: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
  [500, "HTTPInternalServerError"],
]);

const REMOTE = /_Remote$/u;

export const faultOf =
  (env: Env) =>
  (error: Exception): HttpResponse => {
    // What cannot be called so, here or in the engine, is the client's mistake.
    if (error instanceof PythonTypeError) {
      env.log("error", `Exception handling resource: ${error.message}`);
      return fault(400, explanation(400), "HTTPBadRequest", explanation(400));
    }
    if (error instanceof HttpFault) {
      const { status, message } = error;
      return fault(status, message, HTTP_ERRORS.get(status) ?? "HTTPError", message);
    }
    const remote = REMOTE.test(error.name);
    const name = error.name.replace(REMOTE, "");
    const status = STATUSES.get(name) ?? (isClients(error) ? 400 : 500);
    if (!STATUSES.has(name)) {
      env.log("error", `Unexpected error occurred serving API: ${originalMessage(error)}`);
    }
    // Only of what is Heat's own the traceback is taken away that came along.
    return fault(status, remote ? originalMessage(error) : error.message, name);
  };

const isClients = (error: Exception): boolean =>
  error instanceof ValueError || error instanceof AttributeError;

const fault = (
  code: number,
  message: string,
  type: string,
  words = explanation(code),
): HttpResponse =>
  respond(
    code,
    {
      code,
      title: reason(code),
      explanation: words,
      error: { message, type, traceback: null },
    },
    { "content-type": "application/json" },
  );

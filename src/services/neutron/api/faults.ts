/**
 * An error as Neutron's clients see it: `{NeutronError: {...}}`, whatever was raised; and the answers
 * that webob writes itself, for what never came as far. Upstream: neutron/api/v2/resource.py,
 * neutron/wsgi.py (Router).
 */
import { HttpFault, reason, respond, type HttpResponse } from "../../../http/index.js";
import { NotImplementedException, type Exception } from "../../../python/index.js";
import { NeutronException } from "../errors.js";

/** Classes of webob.exc. */
const HTTP_NAMES: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
  [501, "HTTPNotImplemented"],
]);

const INTERNAL = "Request Failed: internal server error while processing your request.";

/** The body of an error. What is neither Neutron's nor webob's is told to nobody. */
export function faultBody(error: Exception): HttpResponse {
  if (error instanceof NeutronException) return body(error.code, error.name, error.message);
  if (error instanceof HttpFault) {
    return body(error.status, HTTP_NAMES.get(error.status) ?? "HTTPError", error.message);
  }
  if (error instanceof NotImplementedException) {
    return respond(501, { NotImplementedError: data(error.name, error.message) });
  }
  return body(500, "HTTPInternalServerError", INTERNAL);
}

/** Upstream's router knows no 405: a method that a path does not take is a path not found. */
export const noRoute = (): HttpResponse => plain(404, "The resource could not be found.");

/** An answer of webob's own, as those get it who do not ask for HTML. */
export const plain = (status: number, explanation: string, detail = ""): HttpResponse =>
  respond(status, `${String(status)} ${reason(status)}\n\n${explanation}\n\n ${detail}  `, {
    "content-type": "text/plain; charset=UTF-8",
  });

const data = (type: string, message: string) => ({ message, type, detail: "" });

const body = (status: number, type: string, message: string): HttpResponse =>
  respond(status, { NeutronError: data(type, message) });

/** An error as Neutron's clients see it: `{NeutronError: {...}}`. Upstream: neutron/api/v2/resource.py. */
import { HttpFault, respond, type HttpResponse } from "../../../http/index.js";
import type { Exception } from "../../../python/index.js";
import { NeutronException } from "../errors.js";

const HTTP_NAMES: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
]);

/** The body of an error; others are not Neutron's to tell. */
export function faultBody(error: Exception): HttpResponse | undefined {
  if (error instanceof NeutronException) return body(error.code, error.name, error.message);
  if (!(error instanceof HttpFault)) return undefined;
  return body(error.status, HTTP_NAMES.get(error.status) ?? "HTTPError", error.message);
}

/** Upstream's router knows no 405: a method that a path does not take is a path not found. */
export const noRoute = (): HttpResponse =>
  body(404, "HTTPNotFound", "The resource could not be found.");

const body = (status: number, type: string, message: string): HttpResponse =>
  respond(status, { NeutronError: { message, type, detail: "" } });

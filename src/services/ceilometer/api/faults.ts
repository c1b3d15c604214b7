/**
 * What an error looks like to a client of Ceilometer: in `error_message`, WSME's description of it, or pecan's plain
 * text where there was no method to call. Upstream: ceilometer/api/middleware.py at 2014.2; WSME 0.6
 * `wsme/api.py` (format_exception), `wsmeext/pecan.py`.
 */
import type { Env } from "../../../framework/index.js";
import { plainFault, respond, type HttpResponse } from "../../../http/index.js";
import { HttpFault, reason } from "../../../http/index.js";
import type { Exception } from "../../../python/index.js";
import { NotImplementedError, StorageBadAggregate } from "../storage/errors.js";
import { ClientSideError } from "./wsme/errors.js";

export function faultOf(error: Exception, env: Env): HttpResponse {
  if (error instanceof HttpFault) return pecanFault(error.status, error.message);
  const status = statusOf(error);
  const { message: faultstring } = error;
  const client = status < 500;
  if (client) env.log("warning", `Client-side error: ${faultstring}`);
  else env.log("error", `Server-side error: "${faultstring}". Detail: ${error.name}`);
  const faultcode = client ? "Client" : "Server";
  return respond(status, { error_message: { debuginfo: null, faultcode, faultstring } });
}

function statusOf(error: Exception): number {
  if (error instanceof ClientSideError || error instanceof StorageBadAggregate) return error.code;
  return error instanceof NotImplementedError ? error.code : 500;
}

/** `pecan.abort`: webob's own page, which is no JSON. @param detail what is said beside it */
export function pecanFault(status: number, detail = ""): HttpResponse {
  const { body } = plainFault(status);
  const page = typeof body === "string" ? body : reason(status);
  const text = detail === "" ? page : page.replace(/\n\n {3}$/, `\n\n${detail}\n\n`);
  return respond(status, { error_message: text });
}

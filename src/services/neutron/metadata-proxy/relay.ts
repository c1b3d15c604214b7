/**
 * What becomes of an answer on its way back to a guest: each proxy passes on the statuses that it knows, as
 * webob words them, and takes any other for an error of its own. Upstream: neutron/agent/metadata/agent.py and
 * namespace_proxy.py (_proxy_request) at 2014.2.
 */
import { plainFault, respond, type HttpResponse } from "../../../http/index.js";
import { Exception, type Json } from "../../../python/index.js";

/** @param known the errors that are passed on; 500 is, in words of its own @throws Exception for others */
export function relayed(
  { status, headers, body }: HttpResponse,
  known: readonly number[],
): HttpResponse {
  if (status === 200) return respond(200, body, { "content-type": headers["content-type"] ?? "" });
  if (status === 500) {
    return plainFault(500, "Remote metadata server experienced an internal server error.");
  }
  if (known.includes(status)) return plainFault(status);
  throw new Exception(`Unexpected response code: ${status}`);
}

export const UNKNOWN = plainFault(
  500,
  "An unknown error has occurred. Please try your request again.",
);

/** A request's body, as it is sent on. */
export const sentOn = (body: Json): { readonly body?: Json } => (body === null ? {} : { body });

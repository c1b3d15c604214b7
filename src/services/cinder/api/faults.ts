/**
 * What an error looks like to a client of Cinder. Upstream: cinder/api/openstack/wsgi.py
 * (ResourceExceptionHandler, Fault), cinder/api/middleware/fault.py (FaultWrapper) at 2014.2.
 */
import { originalMessage } from "../../../bus/index.js";
import { namedFault, type Env } from "../../../framework/index.js";
import { HttpFault, explanation, type HttpResponse } from "../../../http/index.js";
import { type Exception, PythonTypeError } from "../../../python/index.js";
import { CinderException, Invalid, NotAuthorized, QuotaError } from "../exception.js";

/** webob's own words. */
export const plainFault = (status: number): HttpFault => new HttpFault(status, explanation(status));

export const badRequest = (text: string): HttpFault => new HttpFault(400, text);
export const notFound = (text: string): HttpFault => new HttpFault(404, text);

/**
 * What is answered to whatever was raised: a controller's own word, or an error that it let pass. An
 * error that came over the bus shows its own words, without the traceback that came along.
 */
export const faultOf = (error: Exception, env: Env): HttpResponse =>
  namedFault(controllerFault(error) ?? foreseenByNobody(error, env));

function controllerFault(error: Exception): HttpFault | undefined {
  if (error instanceof HttpFault) return error;
  if (error instanceof NotAuthorized) return new HttpFault(403, originalMessage(error));
  if (error instanceof Invalid) return new HttpFault(error.code, originalMessage(error));
  return error instanceof PythonTypeError ? plainFault(400) : undefined;
}

/** The status is the class's; its words are shown if it says that they are safe. */
function foreseenByNobody(error: Exception, env: Env): HttpFault {
  const text = originalMessage(error);
  if (!(error instanceof QuotaError)) env.log("error", `Caught error: ${text}`);
  if (!(error instanceof CinderException)) return plainFault(statusOf(error));
  const { code, safe, headers } = error;
  const name = error.name.replace(/_Remote$/, "");
  const said = safe ? `${name}: ${text}` : explanation(code);
  return new HttpFault(code, said, headers);
}

/** Glance's errors have a code as well. */
const statusOf = (error: Exception): number => {
  const { status } = error as Exception & { readonly status?: unknown };
  return typeof status === "number" ? status : 500;
};

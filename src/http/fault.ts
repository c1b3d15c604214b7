/**
 * An answer that is an error: raised anywhere in a web service and turned into a response by the
 * service's own fault body. Upstream: webob.exc, nova/api/openstack/wsgi.py (Fault).
 */
import { Exception } from "../python/index.js";
import type { Headers } from "./message.js";

const TITLES: ReadonlyMap<number, string> = new Map([
  [200, "OK"],
  [201, "Created"],
  [202, "Accepted"],
  [203, "Non-Authoritative Information"],
  [204, "No Content"],
  [207, "Multi-Status"],
  [300, "Multiple Choices"],
  [400, "Bad Request"],
  [401, "Unauthorized"],
  [402, "Payment Required"],
  [403, "Forbidden"],
  [404, "Not Found"],
  [405, "Method Not Allowed"],
  [406, "Not Acceptable"],
  [408, "Request Timeout"],
  [409, "Conflict"],
  [410, "Gone"],
  [413, "Request Entity Too Large"],
  [415, "Unsupported Media Type"],
  [422, "Unprocessable Entity"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
  [502, "Bad Gateway"],
  [503, "Service Unavailable"],
  [504, "Gateway Timeout"],
]);

/** The usual words for a status code. */
export const reason = (status: number): string => TITLES.get(status) ?? String(status);

/** What webob explains a status with, where nobody says more. Upstream: webob/exc.py. */
const EXPLANATIONS: ReadonlyMap<number, string> = new Map([
  [
    400,
    "The server could not comply with the request since it is either malformed or otherwise incorrect.",
  ],
  [
    401,
    "This server could not verify that you are authorized to access the document you requested.  " +
      "Either you supplied the wrong credentials (e.g., bad password), or your browser does not " +
      "understand how to supply the credentials required.",
  ],
  [403, "Access was denied to this resource."],
  [404, "The resource could not be found."],
  [409, "There was a conflict when trying to complete your request."],
  [410, "This resource is no longer available.  No forwarding address is given."],
  [413, "The body of your request was too large for this server."],
  [422, "Unable to process the contained instructions"],
  [500, "The server has either erred or is incapable of performing the requested operation."],
  [502, "Bad gateway."],
  [503, "The server is currently unavailable. Please try again at a later time."],
  [504, "The gateway has timed out."],
]);

export const explanation = (status: number): string => EXPLANATIONS.get(status) ?? reason(status);

/**
 * Ends a request with `status`.
 *
 * @example
 * ```ts
 * import { HttpFault } from "novasim";
 *
 * const fault = new HttpFault(409, "That note is on the board already.");
 * console.log(fault.status, fault.name); // 409 HTTPException
 * ```
 */
export class HttpFault extends Exception {
  static override readonly module: string = "webob.exc";
  override readonly name: string = "HTTPException";
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, explanation: string, headers: Headers = {}) {
    super(explanation, { status });
    this.status = status;
    this.headers = headers;
  }
}

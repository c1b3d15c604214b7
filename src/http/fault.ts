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
  [403, "Forbidden"],
  [404, "Not Found"],
  [405, "Method Not Allowed"],
  [406, "Not Acceptable"],
  [409, "Conflict"],
  [410, "Gone"],
  [413, "Request Entity Too Large"],
  [415, "Unsupported Media Type"],
  [422, "Unprocessable Entity"],
  [500, "Internal Server Error"],
  [501, "Not Implemented"],
  [503, "Service Unavailable"],
]);

/** The usual words for a status code. */
export const reason = (status: number): string => TITLES.get(status) ?? String(status);

/** Ends a request with `status`. */
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

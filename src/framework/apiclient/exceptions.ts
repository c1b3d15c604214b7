/**
 * What a client raises: an error by HTTP status, or a mistake of the user. A program catches these
 * by class; a command line prints class name and message. Upstream: oslo-incubator's
 * openstack/common/apiclient/exceptions.py; novaclient/exceptions.py has the same names.
 */
import { Exception, isObject } from "../../python/index.js";
import type { HttpResponse } from "../../http/index.js";

/** Base of all that the clients raise themselves. */
class ClientError extends Exception {
  static override readonly module: string = "openstack.common.apiclient.exceptions";
}

/** The command cannot be carried out as it was given. */
export class CommandError extends ClientError {
  override readonly name: string = "CommandError";
}
/** The answer to a login is not one. */
export class AuthorizationFailure extends ClientError {
  override readonly name: string = "AuthorizationFailure";
}
/** More than one thing has that name. */
export class NoUniqueMatch extends ClientError {
  override readonly name: string = "NoUniqueMatch";
}
/** The catalog has no such service or region. */
export class EndpointNotFound extends ClientError {
  override readonly name: string = "EndpointNotFound";
}
export class AmbiguousEndpoints extends ClientError {
  override readonly name: string = "AmbiguousEndpoints";
}
/** Waiting for a server that has become ERROR. */
export class InstanceInErrorState extends ClientError {
  override readonly name: string = "InstanceInErrorState";
}

export interface ErrorDetails {
  readonly code: number;
  /** As the service put it; each class has one of its own. */
  readonly message?: string | undefined;
  readonly requestId?: string | undefined;
  readonly method?: string;
  readonly url?: string;
  /** Seconds, of OverLimit and RateLimit. */
  readonly retryAfter?: number;
}

/** An answer of 400 or more. `message` is the whole line: `... (HTTP 404) (Request-ID: req-...)`. */
export class ClientException extends ClientError {
  override readonly name: string = "ClientException";
  /** The HTTP status. */
  readonly code: number;
  /** What the service said, without status and request. */
  readonly explanation: string;
  readonly requestId: string | undefined;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly retryAfter: number;

  constructor(details: ErrorDetails, otherwise = "Unknown Error") {
    const { code, requestId } = details;
    const explanation = details.message === "" ? otherwise : (details.message ?? otherwise);
    const request = requestId === undefined ? "" : ` (Request-ID: ${requestId})`;
    super(`${explanation} (HTTP ${String(code)})${request}`, { code });
    this.code = code;
    this.explanation = explanation;
    this.requestId = requestId;
    this.method = details.method;
    this.url = details.url;
    this.retryAfter = details.retryAfter ?? 0;
  }
}

export class BadRequest extends ClientException {
  override readonly name: string = "BadRequest";
  constructor(details: ErrorDetails) {
    super(details, "Bad request");
  }
}
export class Unauthorized extends ClientException {
  override readonly name: string = "Unauthorized";
  constructor(details: ErrorDetails) {
    super(details, "Unauthorized");
  }
}
export class Forbidden extends ClientException {
  override readonly name: string = "Forbidden";
  constructor(details: ErrorDetails) {
    super(details, "Forbidden");
  }
}
export class NotFound extends ClientException {
  override readonly name: string = "NotFound";
  constructor(details: ErrorDetails) {
    super(details, "Not found");
  }
}
export class MethodNotAllowed extends ClientException {
  override readonly name: string = "MethodNotAllowed";
  constructor(details: ErrorDetails) {
    super(details, "Method Not Allowed");
  }
}
export class Conflict extends ClientException {
  override readonly name: string = "Conflict";
  constructor(details: ErrorDetails) {
    super(details, "Conflict");
  }
}
export class OverLimit extends ClientException {
  override readonly name: string = "OverLimit";
  constructor(details: ErrorDetails) {
    super(details, "Over limit");
  }
}
export class RateLimit extends ClientException {
  override readonly name: string = "RateLimit";
  constructor(details: ErrorDetails) {
    super(details, "Rate limit");
  }
}
export class HTTPNotImplemented extends ClientException {
  override readonly name: string = "HTTPNotImplemented";
  constructor(details: ErrorDetails) {
    super(details, "Not Implemented");
  }
}

const BY_STATUS: ReadonlyMap<number, new (details: ErrorDetails) => ClientException> = new Map([
  [400, BadRequest],
  [401, Unauthorized],
  [403, Forbidden],
  [404, NotFound],
  [405, MethodNotAllowed],
  [409, Conflict],
  [413, OverLimit],
  [429, RateLimit],
  [501, HTTPNotImplemented],
]);

/** The error that `response` stands for. Its body has one member, whose name does not matter. */
export function fromResponse(response: HttpResponse, method: string, url: string): ClientException {
  const { status, headers, body } = response;
  const [error] = isObject(body) ? Object.values(body) : [];
  const said = isObject(error) ? error["message"] : undefined;
  const retry = Number(headers["retry-after"] ?? NaN);
  return new (BY_STATUS.get(status) ?? ClientException)({
    code: status,
    message: typeof said === "string" ? said : undefined,
    requestId: headers["x-compute-request-id"],
    method,
    url,
    retryAfter: Number.isSafeInteger(retry) ? retry : 0,
  });
}

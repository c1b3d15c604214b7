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

/**
 * The command cannot be carried out as it was given.
 *
 * @example
 * ```ts
 * import { Cloud, CommandError } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * try {
 *   cloud.run(demo.nova.show("nobody"));
 * } catch (error) {
 *   console.log(error instanceof CommandError); // true
 * }
 * ```
 */
export class CommandError extends ClientError {
  override readonly name: string = "CommandError";
}
/**
 * The answer to a login is not one.
 *
 * @example
 * ```ts
 * import { Cloud, AuthorizationFailure } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.inject({ answer: { path: "/v2.0/tokens", status: 200, body: {}, times: 9 } });
 * try {
 *   cloud.run(demo.nova.list());
 * } catch (error) {
 *   console.log(error instanceof AuthorizationFailure); // true
 * }
 * ```
 */
export class AuthorizationFailure extends ClientError {
  override readonly name: string = "AuthorizationFailure";
}
/**
 * More than one thing has that name.
 *
 * @example
 * ```ts
 * import { Cloud, NoUniqueMatch } from "novasim";
 *
 * const cloud = new Cloud();
 * console.log(cloud.user("demo").command("nova show t1").exit); // 1
 * console.log(new NoUniqueMatch("Multiple server matches found for 't1'").name); // NoUniqueMatch
 * ```
 */
export class NoUniqueMatch extends ClientError {
  override readonly name: string = "NoUniqueMatch";
}
/**
 * The catalog has no such service or region.
 *
 * @example
 * ```ts
 * import { Cloud, EndpointNotFound } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * try {
 *   cloud.run(demo.request("dns", "GET", "/zones"));
 * } catch (error) {
 *   console.log(error instanceof EndpointNotFound); // true
 * }
 * ```
 */
export class EndpointNotFound extends ClientError {
  override readonly name: string = "EndpointNotFound";
}
/**
 * The catalog has more than one such service, and the client cannot choose.
 *
 * @example
 * ```ts
 * import { AmbiguousEndpoints, Exception } from "novasim";
 *
 * const error = new AmbiguousEndpoints("AmbiguousEndpoints: two of type volume");
 * console.log(error instanceof Exception); // true
 * ```
 */
export class AmbiguousEndpoints extends ClientError {
  override readonly name: string = "AmbiguousEndpoints";
}
/**
 * Waiting for a server that has become ERROR.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.inject({ driver: "spawn", host: "compute-1", times: 3, error: "no disk" });
 * const boot = "nova boot t1 --flavor m1.nano --image cirros --poll";
 * console.log(cloud.user("demo").command(boot).stderr.includes("InstanceInErrorState")); // true
 * ```
 */
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

/**
 * An answer of 400 or more. `message` is the whole line: `... (HTTP 404) (Request-ID: req-...)`.
 *
 * @example
 * ```ts
 * import { ClientException, Cloud } from "novasim";
 *
 * const cloud = new Cloud();
 * try {
 *   cloud.run(cloud.user("demo").request("compute", "GET", "/servers/none"));
 * } catch (error) {
 *   if (error instanceof ClientException) console.log(error.code, error.explanation); // 404 Instance could not be found
 * }
 * ```
 */
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

/**
 * 400: the service cannot read the request, or it makes no sense.
 *
 * @example
 * ```ts
 * import { Cloud, BadRequest } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * try {
 *   cloud.run(demo.request("compute", "POST", "/servers", { server: {} }));
 * } catch (error) {
 *   console.log(error instanceof BadRequest); // true
 * }
 * ```
 */
export class BadRequest extends ClientException {
  override readonly name: string = "BadRequest";
  constructor(details: ErrorDetails) {
    super(details, "Bad request");
  }
}
/**
 * 401: no token, or none that is good.
 *
 * @example
 * ```ts
 * import { Cloud, Unauthorized } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.inject({ answer: { path: "/v2.0/tokens", status: 401, times: 9 } });
 * try {
 *   cloud.run(cloud.user("demo").nova.list());
 * } catch (error) {
 *   console.log(error instanceof Unauthorized); // true
 * }
 * ```
 */
export class Unauthorized extends ClientException {
  override readonly name: string = "Unauthorized";
  constructor(details: ErrorDetails) {
    super(details, "Unauthorized");
  }
}
/**
 * 403: known, and not allowed to; or over quota.
 *
 * @example
 * ```ts
 * import { Cloud, Forbidden } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * try {
 *   cloud.run(demo.nova.services());
 * } catch (error) {
 *   console.log(error instanceof Forbidden); // true
 * }
 * ```
 */
export class Forbidden extends ClientException {
  override readonly name: string = "Forbidden";
  constructor(details: ErrorDetails) {
    super(details, "Forbidden");
  }
}
/**
 * 404: there is no such thing, or none for who asks.
 *
 * @example
 * ```ts
 * import { Cloud, NotFound } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * try {
 *   cloud.run(demo.request("compute", "GET", "/servers/none"));
 * } catch (error) {
 *   console.log(error instanceof NotFound); // true
 * }
 * ```
 */
export class NotFound extends ClientException {
  override readonly name: string = "NotFound";
  constructor(details: ErrorDetails) {
    super(details, "Not found");
  }
}
/**
 * 405: there is the path, and not for that method.
 *
 * @example
 * ```ts
 * import { Cloud, MethodNotAllowed } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.inject({ answer: { method: "GET", status: 405 } });
 * try {
 *   cloud.run(demo.nova.list());
 * } catch (error) {
 *   console.log(error instanceof MethodNotAllowed); // true
 * }
 * ```
 */
export class MethodNotAllowed extends ClientException {
  override readonly name: string = "MethodNotAllowed";
  constructor(details: ErrorDetails) {
    super(details, "Method Not Allowed");
  }
}
/**
 * 409: not in the state that the thing is in.
 *
 * @example
 * ```ts
 * import { Cloud, Conflict } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.run(demo.nova.boot({ name: "web", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * try {
 *   cloud.run(demo.nova.action("web", "os-start"));
 * } catch (error) {
 *   console.log(error instanceof Conflict); // true
 * }
 * ```
 */
export class Conflict extends ClientException {
  override readonly name: string = "Conflict";
  constructor(details: ErrorDetails) {
    super(details, "Conflict");
  }
}
/**
 * 413: over a limit of rate, or too large; `retryAfter` says when to come back.
 *
 * @example
 * ```ts
 * import { Cloud, OverLimit } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.inject({ answer: { method: "GET", status: 413 } });
 * try {
 *   cloud.run(demo.nova.list());
 * } catch (error) {
 *   console.log(error instanceof OverLimit); // true
 * }
 * ```
 */
export class OverLimit extends ClientException {
  override readonly name: string = "OverLimit";
  constructor(details: ErrorDetails) {
    super(details, "Over limit");
  }
}
/**
 * 429: too many requests; `retryAfter` says when to come back.
 *
 * @example
 * ```ts
 * import { Cloud, RateLimit } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.inject({ answer: { method: "GET", status: 429 } });
 * try {
 *   cloud.run(demo.nova.list());
 * } catch (error) {
 *   console.log(error instanceof RateLimit); // true
 * }
 * ```
 */
export class RateLimit extends ClientException {
  override readonly name: string = "RateLimit";
  constructor(details: ErrorDetails) {
    super(details, "Rate limit");
  }
}
/**
 * 501: the service, or its driver, cannot do that.
 *
 * @example
 * ```ts
 * import { Cloud, HTTPNotImplemented } from "novasim";
 *
 * const cloud = new Cloud();
 * const demo = cloud.user("demo");
 * cloud.inject({ answer: { method: "GET", status: 501 } });
 * try {
 *   cloud.run(demo.nova.list());
 * } catch (error) {
 *   console.log(error instanceof HTTPNotImplemented); // true
 * }
 * ```
 */
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

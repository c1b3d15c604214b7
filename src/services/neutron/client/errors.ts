/**
 * What a client of Neutron meets: Neutron's own error by its name, else one by the status. Upstream:
 * neutronclient/common/exceptions.py, neutronclient/v2_0/client.py (exception_handler_v20), 2.3.9.
 */
import { reason, type HttpResponse } from "../../../http/index.js";
import { Exception, isObject, str, type Json } from "../../../python/index.js";

/** Neutron said no, or said nothing. */
export class NeutronClientException extends Exception {
  static override readonly module: string = "neutronclient.common.exceptions";
  override readonly name: string;
  /** 0 if there was no answer. */
  readonly status: number;
  /** Neutron's name for the error: `OverQuota`, `IpAddressGenerationFailure` ... */
  readonly type: string;

  constructor(status: number, type: string, message: string, name = nameOf(status, type)) {
    super(message, { status_code: status });
    this.name = name;
    this.status = status;
    this.type = type;
  }
}

export class ConnectionFailed extends NeutronClientException {
  constructor(why: string) {
    super(0, "", `Connection to neutron failed: ${why}`, "ConnectionFailed");
  }
}

/** The token is missing or no longer good. */
export class Unauthorized extends NeutronClientException {
  constructor(message = "Unauthorized: bad credentials.", name = "Unauthorized") {
    super(401, "", message, name);
  }
}

/** Several things have the name that one was looked for by. It is no error of the client's as others are. */
export class NeutronClientNoUniqueMatch extends Exception {
  static override readonly module: string = "neutronclient.common.exceptions";
  override readonly name: string = "NeutronClientNoUniqueMatch";

  constructor(resource: string, name: string) {
    const which = `Multiple ${resource} matches found for name '${name}'`;
    super(`${which}, use an ID to be more specific.`);
  }
}

/** A token is no longer good, and there is nothing to log in with. */
export const noAuthUrl = (): Unauthorized =>
  new Unauthorized("auth_url was not provided to the Neutron client", "NoAuthURLProvided");

/** Errors that have a class of their own, called `...Client`. */
const NAMED: ReadonlySet<string> = new Set([
  "NetworkNotFound",
  "PortNotFound",
  "StateInvalid",
  "NetworkInUse",
  "PortInUse",
  "IpAddressInUse",
  "OverQuota",
  "AlreadyAttached",
  "IpAddressGenerationFailure",
  "MacAddressInUse",
  "ExternalIpAddressExhausted",
]);

/** `HTTP_EXCEPTION_MAP`. */
const BY_STATUS: ReadonlyMap<number, string> = new Map([
  [400, "BadRequest"],
  [401, "Unauthorized"],
  [403, "Forbidden"],
  [404, "NotFound"],
  [409, "Conflict"],
  [500, "InternalServerError"],
  [503, "ServiceUnavailable"],
]);

const PLAIN = "NeutronClientException";

const nameOf = (status: number, type: string): string =>
  NAMED.has(type) ? `${type}Client` : (BY_STATUS.get(status) ?? PLAIN);

/** What an answer that is no success says. */
export function errorOf({ status, body }: HttpResponse): NeutronClientException {
  const content = isObject(body) ? body : { message: textOrReason(status, body) };
  const error = content["NeutronError"] ?? null;
  if (error !== null) {
    if (isObject(error) && "type" in error && "message" in error && "detail" in error) {
      const detail = str(error["detail"] ?? null);
      const message = str(error["message"] ?? null) + (detail === "" ? "" : `\n${detail}`);
      return new NeutronClientException(status, str(error["type"] ?? null), message);
    }
    return new NeutronClientException(status, "", str(error), PLAIN);
  }
  const message = content["message"] ?? null;
  const text =
    message === null || message === "" ? `${String(status)}-${str(content)}` : str(message);
  return new NeutronClientException(status, "", text, PLAIN);
}

const textOrReason = (status: number, body: Json): string =>
  body === null || body === "" ? reason(status) : str(body);

/**
 * What becomes of what a service answers: the one place where errors of the clients turn into words for the person. What
 * is none of theirs goes on and ends in a page of status 500. That a refused token logs nobody out is upstream's.
 * Upstream: horizon/exceptions.py (handle), openstack_dashboard/exceptions.py at 2014.2.
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import { ConnectionError as NoConnection } from "../../../http/index.js";
import { Exception } from "../../../python/index.js";
import { ConnectionError as CinderConnectionError } from "../../cinder/client/index.js";
import { GlanceHttpError } from "../../glance/client/index.js";
import { HeatHttpException } from "../../heat/client/index.js";
import { KeystoneError } from "../../keystone/client.js";
import { NeutronClientException } from "../../neutron/client/index.js";
import { SwiftClientException } from "../../swift/client/connection.js";
import type { HorizonRequest } from "./request.js";

/** Of Horizon itself: its text is shown as it is. */
export class HorizonException extends Exception {
  static override readonly module: string = "horizon.exceptions";
  override readonly name: string = "HorizonException";
}

export class NotAuthenticated extends HorizonException {
  override readonly name: string = "NotAuthenticated";
}

export class NotAuthorized extends HorizonException {
  override readonly name: string = "NotAuthorized";
}

export class AlreadyExists extends HorizonException {
  override readonly name: string = "AlreadyExists";
}

export class ServiceCatalogException extends HorizonException {
  override readonly name: string = "ServiceCatalogException";

  constructor(service: string) {
    super(`Invalid service catalog service: ${service}`);
  }
}

/** The person is sent elsewhere, whatever the view was about to do. */
export class Http302 extends HorizonException {
  override readonly name: string = "Http302";
  readonly location: string;

  constructor(location: string) {
    super("");
    this.location = location;
  }
}

/** An error with other words for the person than its own. Upstream: `_safe_message`. */
export class WithSafeMessage extends Exception {
  override readonly name: string = "ClientException";
  readonly wrapped: Exception;
  readonly safe: string;

  constructor(wrapped: Exception, safe: string) {
    super(wrapped.message);
    this.wrapped = wrapped;
    this.safe = safe;
  }
}

export type Failure = "unauthorized" | "not found" | "recoverable";

/** Undefined: none that Horizon knows what to do with. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof WithSafeMessage) return failureOf(error.wrapped);
  const status = statusOf(error);
  if (status === 401) return "unauthorized";
  if (status === 404) return "not found";
  const recoverable =
    status !== undefined ||
    error instanceof NoConnection ||
    error instanceof CinderConnectionError ||
    // Of Swift's errors none is told apart.
    error instanceof SwiftClientException ||
    error instanceof ServiceCatalogException ||
    error instanceof AlreadyExists;
  return recoverable ? "recoverable" : undefined;
}

/** The status of what a service answered; 0 where none did and the client says so in an error of its own. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof ClientException) return error.code;
  if (error instanceof NeutronClientException) return error.status;
  if (error instanceof HeatHttpException) return error.status;
  if (error instanceof GlanceHttpError || error instanceof KeystoneError) return error.status;
  return undefined;
}

export interface HandleOptions {
  /** Where the person is sent then. */
  readonly redirect?: string;
  /** Nobody is told. */
  readonly ignore?: boolean;
}

/**
 * Tell the person in `message`, or in the error's words, and go on.
 * @throws Http302 to `redirect`, but not for a refused token; `error` if it is nothing that Horizon knows
 */
export function handle(
  request: HorizonRequest,
  error: unknown,
  message?: string,
  { redirect, ignore = false }: HandleOptions = {},
): void {
  const failure = failureOf(error);
  if (failure === undefined || !(error instanceof Exception)) throw error;
  const entry = error.message;
  const said = wordsOf(error, message);
  if (failure === "unauthorized") {
    if (ignore) return;
    request.env.log("error", `Unauthorized: ${entry}`);
    request.message(
      "error",
      said === undefined ? "Unauthorized. Please try logging in again." : `Unauthorized: ${said}`,
    );
    return;
  }
  if (!ignore) {
    if (failure === "not found") request.env.log("error", `Not Found: ${entry}`);
    else request.env.log("warning", `Recoverable error: ${entry}`);
    request.message("error", said ?? entry);
  }
  if (redirect !== undefined) throw new Http302(redirect);
}

function wordsOf(error: Exception, message: string | undefined): string | undefined {
  if (error instanceof HorizonException) return error.message;
  if (error instanceof WithSafeMessage) return error.safe;
  return message?.replace("%(exc)s", error.message);
}

/** What the client library of Glance raises. Upstream: python-glanceclient 0.14 `glanceclient/exc.py`. */
import { reason, type HttpResponse } from "../../../http/index.js";
import { Exception } from "../../../python/index.js";

/** Glance answered with an error. */
export class GlanceHttpError extends Exception {
  static override readonly module: string = "glanceclient.exc";
  override readonly name: string = "HTTPException";
  readonly status: number;

  constructor(status: number, details: string) {
    super(`${status} ${reason(status)}${details === "" ? "" : ` ${details}`} (HTTP ${status})`);
    this.status = status;
  }
}

export class HTTPBadRequest extends GlanceHttpError {
  override readonly name: string = "HTTPBadRequest";
}

export class HTTPUnauthorized extends GlanceHttpError {
  override readonly name: string = "HTTPUnauthorized";
}

export class HTTPForbidden extends GlanceHttpError {
  override readonly name: string = "HTTPForbidden";
}

export class HTTPNotFound extends GlanceHttpError {
  override readonly name: string = "HTTPNotFound";
}

export class HTTPConflict extends GlanceHttpError {
  override readonly name: string = "HTTPConflict";
}

export class HTTPInternalServerError extends GlanceHttpError {
  override readonly name: string = "HTTPInternalServerError";
}

export class HTTPServiceUnavailable extends GlanceHttpError {
  override readonly name: string = "HTTPServiceUnavailable";
}

/** Glance did not answer: refused, reset or timed out. */
export class CommunicationError extends Exception {
  static override readonly module: string = "glanceclient.exc";
  override readonly name: string = "CommunicationError";
}

const CLASSES: ReadonlyMap<number, new (status: number, details: string) => GlanceHttpError> =
  new Map([
    [400, HTTPBadRequest],
    [401, HTTPUnauthorized],
    [403, HTTPForbidden],
    [404, HTTPNotFound],
    [409, HTTPConflict],
    [500, HTTPInternalServerError],
    [503, HTTPServiceUnavailable],
  ]);

/** The error for a response. Its text is the sentence in the middle of Glance's page. */
export function errorOf({ status, body }: HttpResponse): GlanceHttpError {
  const details = typeof body === "string" ? (body.split("\n\n")[1] ?? body) : "";
  return new (CLASSES.get(status) ?? GlanceHttpError)(status, details);
}

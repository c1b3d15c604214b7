/** An answer of Glance that is an error, as `glance` prints it. Upstream: glanceclient/exc.py, 0.14.1. */
import type { HttpResponse } from "../../http/index.js";
import { dumps, Exception } from "../../python/index.js";

/** `message` is what came, and the status if it is one that the client knows. */
export class ImagesHttpError extends Exception {
  static override readonly module: string = "glanceclient.exc";
  override readonly name: string = "HTTPException";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The error that `response` is. */
export function errorOf({ status, body }: HttpResponse): ImagesHttpError {
  const known = CLASSES.get(status);
  if (status === 300) return new ImagesHttpError(status, MULTIPLE_CHOICES);
  const text = typeof body === "string" ? body : body === null ? "" : dumps(body);
  const details = text === "" ? (known ?? "HTTPException") : text.replaceAll("\n\n", "\n");
  const code = known === undefined ? "N/A" : String(status);
  return new ImagesHttpError(status, `${details} (HTTP ${code})`);
}

const MULTIPLE_CHOICES =
  "HTTPMultipleChoices (HTTP 300) Requested version of OpenStack Images API is notavailable.";

const CLASSES: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [401, "HTTPUnauthorized"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
  [405, "HTTPMethodNotAllowed"],
  [409, "HTTPConflict"],
  [413, "HTTPOverLimit"],
  [500, "HTTPInternalServerError"],
  [501, "HTTPNotImplemented"],
  [502, "HTTPBadGateway"],
  [503, "HTTPServiceUnavailable"],
]);

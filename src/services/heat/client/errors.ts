/**
 * What python-heatclient raises for an answer that is a refusal: the words are the server's, if it has Heat's
 * form. Upstream: heatclient/exc.py, 0.2.12.
 */
import type { HttpResponse } from "../../../http/index.js";
import { Exception, isObject, repr, str } from "../../../python/index.js";

export class HeatHttpException extends Exception {
  static override readonly module: string = "heatclient.exc";
  override readonly name: string = "HTTPException";
  readonly status: number;

  constructor(status: number, message: string) {
    super(`ERROR: ${message}`, { status });
    this.status = status;
  }
}

/** Nothing was found; most commands say what themselves. */
export const isMissing = (error: unknown): boolean =>
  error instanceof HeatHttpException && error.status === 404;

/** The documentation of the classes that have some, which is shown where nothing is said. */
const DOCS = "DEPRECATED.";

/** `from_response`. */
export function exceptionOf({ status, body }: HttpResponse): Exception {
  if (status === 300) {
    const details = "Requested version of Heat API is notavailable.";
    return new HeatHttpException(status, `HTTPMultipleChoices (HTTP 300) ${details}`);
  }
  return new HeatHttpException(status, wordsOf(body));
}

function wordsOf(body: HttpResponse["body"]): string {
  if (!isObject(body)) return typeof body === "string" && body !== "" ? body : DOCS;
  const { error } = body;
  if (error === undefined) return DOCS;
  if (!isObject(error)) return repr(error);
  const { message = "Internal Error" } = error;
  return str(message);
}

/**
 * Keystone's one body of an error, `{error: {message, code, title}}`, and what Python's own errors
 * become: a TypeError is taken for a mistake of whoever asks. Upstream: keystone/common/wsgi.py
 * (Application.__call__, render_exception) at 2014.2.
 */
import {
  HttpFault,
  reason,
  respond,
  type Headers,
  type HttpResponse,
} from "../../../http/index.js";
import { type Exception, PythonTypeError } from "../../../python/index.js";
import {
  AuthMethodNotSupported,
  KeystoneException,
  NoRoute,
  Unauthorized,
  UnexpectedError,
} from "../exception.js";

/** @param base `http://controller:5000`, which a challenge names */
export const faultBody =
  (base: () => string) =>
  (error: Exception): HttpResponse => {
    const { code, message, title } = shown(error);
    if (error instanceof AuthMethodNotSupported) {
      return errorBody(code, message, title, {}, { identity: error.authentication });
    }
    const challenge: Headers =
      error instanceof Unauthorized ? { "www-authenticate": `Keystone uri="${base()}"` } : {};
    return errorBody(code, message, title, challenge);
  };

export const noRoute = (): HttpResponse => {
  const { code, message } = new NoRoute();
  return errorBody(code, message);
};

interface Shown {
  readonly code: number;
  readonly message: string;
  readonly title?: string | undefined;
}

function shown(error: Exception): Shown {
  if (error instanceof KeystoneException) return error;
  if (error instanceof PythonTypeError) return { code: 400, message: error.message };
  // A status that it was told to answer; what it did not expect itself says no more than a 500.
  if (error instanceof HttpFault && error.status !== 500) {
    return { code: error.status, message: error.message };
  }
  return new UnexpectedError();
}

function errorBody(
  code: number,
  message: string,
  title: string = reason(code),
  headers: Headers = {},
  more: object = {},
): HttpResponse {
  const body = { error: { message, code, title, ...more } };
  return respond(code, body, { vary: "X-Auth-Token", ...headers });
}

/**
 * Keystone's one body of an error, `{error: {message, code, title}}`. Upstream:
 * keystone/common/wsgi.py (render_exception).
 */
import { HttpFault, reason, respond, type Headers } from "../../http/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Exception } from "../../python/index.js";
import { KeystoneException } from "./exception.js";

/** The body of a fault; other errors are not Keystone's to tell. */
export function faultBody(error: Exception): HttpResponse | undefined {
  if (error instanceof KeystoneException) return errorBody(error.code, error.message);
  // What it did not expect itself says no more than this: keystone/exception.py:332.
  if (error instanceof HttpFault) {
    return errorBody(error.status, error.status === 500 ? UNEXPECTED : error.message);
  }
  return undefined;
}

const UNEXPECTED = "An unexpected error prevented the server from fulfilling your request.";

/** Upstream's router knows no 405: a method that a path does not take is a path not found. */
export const noRoute = (): HttpResponse => errorBody(404, "The resource could not be found.");

function errorBody(code: number, message: string): HttpResponse {
  const challenge: Headers = code === 401 ? { vary: "X-Auth-Token" } : {};
  const body = { error: { message, code, title: reason(code) } };
  return respond(code, body, challenge);
}

/**
 * Keystone's errors and their one body, `{error: {message, code, title}}`. Where a message would tell
 * a stranger whether a user or a password exists, it says nothing. Upstream: keystone/exception.py.
 */
import { HttpFault, reason, respond, type Headers } from "../../http/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Exception } from "../../python/index.js";

/** Whatever is wrong with who asks: always the same words. */
export const unauthorized = (): HttpFault =>
  new HttpFault(401, "The request you have made requires authentication.");

export const forbidden = (action: string): HttpFault =>
  new HttpFault(403, `You are not authorized to perform the requested action: ${action}`);

/** `Could not find user: demo`. */
export const notFound = (what: string, id: string): HttpFault =>
  new HttpFault(404, `Could not find ${what}: ${id}`);

export const conflict = (what: string): HttpFault =>
  new HttpFault(409, `Conflict occurred attempting to store ${what} - Duplicate Entry`);

/** A body lacks something. */
export const missing = (attribute: string, target: string): HttpFault =>
  new HttpFault(
    400,
    `Expecting to find ${attribute} in ${target} - the server could not comply with the request ` +
      "since it is either malformed or otherwise incorrect. The client is assumed to be in error.",
  );

export const tooLong = (attribute: string, size: number): HttpFault =>
  new HttpFault(
    400,
    `Request attribute ${attribute} must be less than or equal to ${size}. The server could not ` +
      "comply with the request because the attribute size is invalid (too large). " +
      "The client is assumed to be in error.",
  );

/** The body of a fault; other errors are not Keystone's to tell. */
export const faultBody = (error: Exception): HttpResponse | undefined =>
  error instanceof HttpFault ? errorBody(error.status, error.message, error.headers) : undefined;

/** Upstream's router knows no 405: a method that a path does not take is a path not found. */
export const noRoute = (): HttpResponse => errorBody(404, "The resource could not be found.");

function errorBody(code: number, message: string, headers: Headers = {}): HttpResponse {
  const challenge: Headers = code === 401 ? { vary: "X-Auth-Token" } : {};
  const body = { error: { message, code, title: reason(code) } };
  return respond(code, body, { ...challenge, ...headers });
}

/**
 * Keystone's errors and their one body, `{error: {message, code, title}}`. Where a message would tell
 * a stranger whether a user or a password exists, it says nothing. Upstream: keystone/exception.py.
 */
import { HttpFault, reason, respond, type Application, type Headers } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import type { HttpRequest, HttpResponse } from "../../http/index.js";

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

/** Turns faults, and paths that lead nowhere, into Keystone's error body. */
export function withFaults(application: Application): Application {
  return function* (request: HttpRequest): Op<HttpResponse> {
    try {
      const response = yield* application(request);
      if (response.status !== 404 && response.status !== 405) return response;
      // Upstream's router knows no 405: a method that a path does not take is a path not found.
      return response.body === null ? errorBody(404, "The resource could not be found.") : response;
    } catch (error) {
      if (!(error instanceof HttpFault)) throw error;
      return errorBody(error.status, error.message, error.headers);
    }
  };
}

function errorBody(code: number, message: string, headers: Headers = {}): HttpResponse {
  const challenge: Headers = code === 401 ? { vary: "X-Auth-Token" } : {};
  const body = { error: { message, code, title: reason(code) } };
  return respond(code, body, { ...challenge, ...headers });
}

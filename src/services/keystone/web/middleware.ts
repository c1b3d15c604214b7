/**
 * The filters in front of Keystone's controllers, in the order of their pipelines: how large a body
 * may be, the slash at the end, the token of whoever asks (a dead one ends every request, to log in
 * too), the body. XML is not simulated: a body that calls itself so is never well-formed. Upstream:
 * etc/keystone-paste.ini, keystone/middleware/core.py at 2014.2.
 */
import { shortcut, type Layer } from "../../../framework/index.js";
import type { HttpRequest } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { RequestTooLarge, Unauthorized, ValidationError } from "../exception.js";

/** RequestBodySizeLimiter. It stands outside of what makes bodies of errors: a bare 500. */
export const sizeLimit = ({ flags }: KeystoneApp): Layer =>
  shortcut(({ body }) => {
    const { max_request_body_size } = flags;
    if (body === null || JSON.stringify(body).length <= max_request_body_size) return undefined;
    throw new RequestTooLarge();
  });

/** NormalizingFilter: one slash at the end does not count. */
export const normalizedUrl: Layer = (next) => (request) =>
  next({ ...request, path: request.path.length > 1 ? request.path.replace(/\/$/, "") : "/" });

/** AuthContextMiddleware: no request with a token that is no token gets further. */
export const authContext = (app: KeystoneApp): Layer =>
  shortcut((request) => {
    const token = request.headers["x-auth-token"];
    if (token === undefined || !isVersioned(request)) return undefined;
    const id = token.trim();
    if (id === app.flags.admin_token) return undefined;
    if (app.tokens.get(id) !== undefined) return undefined;
    app.env.log("warning", "RBAC: Invalid token");
    throw new Unauthorized();
  });

/** JsonBodyMiddleware, behind XmlBodyMiddleware: what is left is an object or nothing. */
export const jsonBody: Layer = (next) => (request) => {
  if (request.body === null || request.body === "" || !isVersioned(request)) return next(request);
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  if (type.includes("application/xml")) {
    throw new ValidationError({ attribute: "valid XML", target: "request body" });
  }
  if (type !== "application/json" && type !== "") {
    throw new ValidationError({ attribute: "application/json", target: "Content-Type header" });
  }
  return next({ ...request, body: parametersIn(parsed(request.body)) });
};

/** The list of versions is a pipeline of its own, with neither token nor body. */
const isVersioned = ({ path }: HttpRequest): boolean => /^\/(?:v2\.0|v3)(?:\/|$)/.test(path);

/** A body that came as text may still be JSON. */
function parsed(body: Json): Json {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw new ValidationError({ attribute: "valid JSON", target: "request body" });
  }
}

/** What is false in Python counts as nothing; some names no request may set. */
function parametersIn(body: Json): JsonObject {
  if (isObject(body)) {
    const names = Object.keys(body).filter(
      (name) => name !== "self" && name !== "context" && !name.startsWith("_"),
    );
    return Object.fromEntries(names.map((name) => [name, body[name] ?? null]));
  }
  if (!body || (Array.isArray(body) && body.length === 0)) return {};
  throw new ValidationError({ attribute: "valid JSON object", target: "request body" });
}

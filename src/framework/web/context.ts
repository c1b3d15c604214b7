/**
 * Who asks, out of what the token middleware put in front: what most projects make of it. Upstream:
 * neutron/auth.py, cinder/api/middleware/auth.py and their like.
 */
import { respond } from "../../http/index.js";
import type { HttpRequest } from "../../http/index.js";
import { RequestContext } from "../request-context.js";
import type { Env } from "../process/env.js";
import { shortcut } from "./layers.js";

/** The layer that refuses whom the middleware did not name. */
export const identified = shortcut(({ headers }) =>
  headers["x-user-id"] === undefined ? respond(401, "Authentication required") : undefined,
);

/** Makes the context of a request, which bears the id that it has by then. */
export const identityContext =
  (env: Env) =>
  ({ headers }: HttpRequest): RequestContext =>
    new RequestContext({
      request_id: env.currentRequest(),
      user_id: headers["x-user-id"] ?? null,
      project_id: headers["x-project-id"] ?? headers["x-tenant-id"] ?? null,
      user_name: headers["x-user-name"] ?? null,
      project_name: headers["x-project-name"] ?? null,
      roles: (headers["x-roles"] ?? "").split(",").filter((role) => role !== ""),
      auth_token: headers["x-auth-token"] ?? null,
      timestamp: env.utcnow(),
    });

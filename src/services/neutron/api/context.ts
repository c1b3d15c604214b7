/** Who asks, out of what the authentication middleware put in front. Upstream: neutron/auth.py. */
import { RequestContext, type Env } from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";

/** Who has no name is refused. */
export const strangers = ({ headers }: HttpRequest): HttpResponse | undefined =>
  headers["x-user-id"] === undefined ? respond(401, "Authentication required") : undefined;

export const contextMaker =
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

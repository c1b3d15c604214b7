/**
 * trove-api as a web service: the layers before its routes, and what is answered where no route leads.
 * Upstream: etc/trove/api-paste.ini (troveapi), trove/common/wsgi.py (FaultWrapper, ContextMiddleware),
 * trove/common/auth.py (TenantBasedAuth) at 2014.2.
 */
import {
  authToken,
  CatalogReader,
  faults,
  shortcut,
  type WebApplication,
} from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { CATALOG_TYPES, TroveContext } from "../context.js";
import { troveAuthFlags } from "../flags.js";
import type { TroveApp } from "./app.js";
import { faultOf, plainFault } from "./faults.js";
import { trovePolicy } from "./route.js";
import { troveRoutes } from "./routes.js";

export function troveWeb(app: TroveApp): WebApplication<TroveApp, TroveContext, never> {
  const { env } = app;
  const catalog = new CatalogReader(CATALOG_TYPES);
  const adminRoles = app.flags.trove_admin_roles;
  return {
    port: app.flags.trove_bind_port,
    app,
    layers: [
      shortcut((request) => versions(app, request)),
      faults((error) => faultOf(error, env)),
      authToken(env, troveAuthFlags),
      shortcut(foreignTenant),
      shortcut(({ headers, method }) => app.rates.refusal(headers["x-tenant-id"] ?? "", method)),
      shortcut(unreadable),
    ],
    context: ({ headers, query }) =>
      new TroveContext({
        request_id: env.requestId(),
        user_id: headers["x-user-id"] ?? null,
        project_id: headers["x-tenant-id"] ?? null,
        is_admin: (headers["x-role"] ?? headers["x-roles"] ?? "")
          .split(",")
          .some((role) => adminRoles.includes(role.toLowerCase())),
        auth_token: headers["x-auth-token"] ?? null,
        limit: query.get("limit") ?? null,
        marker: query.get("marker") ?? null,
        service_catalog: catalog.read(headers["x-service-catalog"]),
      }),
    policy: trovePolicy,
    routes: troveRoutes,
    lost: () => plainFault(404),
  };
}

const BELOW = /^\/v1\.0(?=\/|$)/u;

/** Outside of the version, everybody is told that there is one. */
function versions({ host }: TroveApp, { path }: HttpRequest): HttpResponse | undefined {
  if (BELOW.test(path)) return undefined;
  if (path !== "/") return plainFault(404);
  const links = [{ rel: "self", href: `http://${host}/v1.0/` }];
  const version = { id: "v1.0", status: "CURRENT", updated: "2012-08-01T00:00:00Z", links };
  return respond(200, { versions: [version] });
}

/** The tenant of the path is the token's, or the request is refused as if there were no token. */
function foreignTenant({ path, headers }: HttpRequest): HttpResponse | undefined {
  const [, tenant] = /^\/(.*?)\/.*/u.exec(path.replace(BELOW, "")) ?? [];
  const own = tenant !== undefined && tenant === headers["x-tenant-id"];
  return own ? undefined : plainFault(401);
}

/** A body that is none: it says nothing of what is wrong with it. */
function unreadable({ headers, body }: HttpRequest): HttpResponse | undefined {
  if (body === null || body === "") return undefined;
  const [type = ""] = (headers["content-type"] ?? "application/json").split(";");
  if (!JSON_TYPES.includes(type.trim())) {
    return respond(415, "Unsupported Content-Type", { "content-type": "text/plain" });
  }
  return typeof body === "string" ? plainFault(400) : undefined;
}

const JSON_TYPES = ["application/json", "application/vnd.openstack.trove+json"];

/**
 * Tenants in v2. On the main port a user sees its own; on the admin port an admin sees and changes
 * all. Upstream: keystone/assignment/controllers.py (TenantAssignment, Tenant), routers.py.
 */
import type { Row } from "../../../framework/index.js";
import { respond, type HttpRequest } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { createProject, projectChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type Project } from "../database.js";
import { NotFound, ValidationError } from "../exception.js";
import { objectAt } from "../input.js";
import { route } from "../policy.js";
import { changeProject, removeProject } from "../removal.js";
import { tenantBody, userBody } from "./bodies.js";

/** `GET /v2.0/tenants` on port 5000. */
export const v2OwnTenantRoutes = [
  route("GET", "/v2.0/tenants", null, function* ({ app, ctxt: caller, request }) {
    const { assignments, projects } = app.database;
    const grants = assignments.find({ actor_id: caller.token().user_id, type: "UserProject" });
    const ids = new Set(grants.map(({ target_id }) => target_id));
    const own = [...ids].flatMap((id) => projects.get(id) ?? []);
    return respond(200, listBody(own, request));
  }),
];

/** Tenants on port 35357. */
export const v2TenantRoutes = [
  route("GET", "/v2.0/tenants", "admin_required", function* ({ app, request }) {
    const { projects } = app.database;
    const name = request.query.get("name");
    if (name === undefined) {
      return respond(200, listBody(projects.find({ domain_id: DEFAULT_DOMAIN }), request));
    }
    const named = projects.first({ name, domain_id: DEFAULT_DOMAIN });
    if (named === undefined) throw new NotFound({ what: "project", id: name });
    return respond(200, { tenant: tenantBody(named) });
  }),
  route("POST", "/v2.0/tenants", "admin_required", function* ({ app, request }) {
    const asked = objectAt(request.body, "tenant");
    const made = yield* createProject(app, asked, DEFAULT_DOMAIN);
    return respond(200, { tenant: tenantBody(made) });
  }),
  route("GET", "/v2.0/tenants/{id}", "admin_required", function* ({ app, params: { id } }) {
    return respond(200, { tenant: tenantBody(tenantOf(app, id)) });
  }),
  ...(["POST", "PUT"] as const).map((method) =>
    route(
      method,
      "/v2.0/tenants/{id}",
      "admin_required",
      function* ({ app, request, params: { id } }) {
        const asked = objectAt(request.body, "tenant");
        yield* changeProject(app, id, projectChanges(asked));
        return respond(200, { tenant: tenantBody(tenantOf(app, id)) });
      },
    ),
  ),
  route("DELETE", "/v2.0/tenants/{id}", "admin_required", function* ({ app, params: { id } }) {
    yield* removeProject(app, id);
    return respond(204);
  }),
  route("GET", "/v2.0/tenants/{id}/users", "admin_required", function* ({ app, params: { id } }) {
    const { assignments, users } = app.database;
    const grants = assignments.find({ target_id: tenantOf(app, id).uuid });
    const ids = new Set(grants.map(({ actor_id }) => actor_id));
    const members = [...ids].flatMap((user) => users.get(user) ?? []);
    return respond(200, { users: members.map(userBody), users_links: [] });
  }),
];

function tenantOf(app: KeystoneApp, id: string): Row<Project> {
  const project = app.database.projects.get(id);
  if (project === undefined) throw new NotFound({ what: "project", id });
  return project;
}

/** A page of tenants: those after `marker`, at most `limit`. @throws HttpFault 400 */
function listBody(all: readonly Row<Project>[], request: HttpRequest) {
  const { query } = request;
  const marker = query.get("marker");
  const start = marker === undefined ? 0 : all.findIndex(({ uuid }) => uuid === marker) + 1;
  if (marker !== undefined && start === 0)
    throw new ValidationError({}, "Marker could not be found");
  const limit = query.get("limit");
  if (limit !== undefined && !/^\d+$/.test(limit)) {
    throw new ValidationError({}, "Invalid limit value");
  }
  const page = all.slice(start, limit === undefined ? undefined : start + Number(limit));
  return { tenants_links: [], tenants: page.map(tenantBody) };
}

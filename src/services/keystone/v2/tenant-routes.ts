/**
 * Tenants in v2. On the main port a user sees its own; on the admin port an admin sees and changes
 * all. Upstream: keystone/assignment/controllers.py (TenantAssignment, Tenant), routers.py.
 */
import type { Row } from "../../../framework/index.js";
import { HttpFault, respond, type HttpRequest, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import { createProject, projectChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type Project } from "../database.js";
import { notFound } from "../faults.js";
import { objectAt } from "../input.js";
import { changeProject, removeProject } from "../removal.js";
import { tenantBody, userBody } from "./bodies.js";

/** `GET /v2.0/tenants` on port 5000. */
export function v2OwnTenantRoutes(app: KeystoneApp): Route<Caller>[] {
  return [
    {
      method: "GET",
      path: "/v2.0/tenants",
      *handler(caller, request) {
        const { assignments, projects } = app.database;
        const grants = assignments.find({ actor_id: caller.token().user_id, type: "UserProject" });
        const ids = new Set(grants.map(({ target_id }) => target_id));
        const own = [...ids].flatMap((id) => projects.get(id) ?? []);
        return respond(200, listBody(own, request));
      },
    },
  ];
}

/** Tenants on port 35357. */
export function v2TenantRoutes(app: KeystoneApp): Route<Caller>[] {
  const { projects } = app.database;

  function tenant(id: string): Row<Project> {
    const project = projects.get(id);
    if (project === undefined) throw notFound("project", id);
    return project;
  }

  return [
    {
      method: "GET",
      path: "/v2.0/tenants",
      *handler(caller, request) {
        caller.requireAdmin();
        const name = request.query.get("name");
        if (name === undefined) {
          return respond(200, listBody(projects.find({ domain_id: DEFAULT_DOMAIN }), request));
        }
        const named = projects.first({ name, domain_id: DEFAULT_DOMAIN });
        if (named === undefined) throw notFound("project", name);
        return respond(200, { tenant: tenantBody(named) });
      },
    },
    {
      method: "POST",
      path: "/v2.0/tenants",
      *handler(caller, request) {
        caller.requireAdmin();
        const asked = objectAt(request.body, "tenant");
        const made = yield* createProject(app, asked, DEFAULT_DOMAIN);
        return respond(200, { tenant: tenantBody(made) });
      },
    },
    {
      method: "GET",
      path: "/v2.0/tenants/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        return respond(200, { tenant: tenantBody(tenant(id)) });
      },
    },
    ...["POST", "PUT"].map((method): Route<Caller> => ({
      method,
      path: "/v2.0/tenants/{id}",
      *handler(caller, request, { id = "" }) {
        caller.requireAdmin();
        const asked = objectAt(request.body, "tenant");
        yield* changeProject(app, id, projectChanges(asked));
        return respond(200, { tenant: tenantBody(tenant(id)) });
      },
    })),
    {
      method: "DELETE",
      path: "/v2.0/tenants/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        yield* removeProject(app, id);
        return respond(204);
      },
    },
    {
      method: "GET",
      path: "/v2.0/tenants/{id}/users",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        const { assignments, users } = app.database;
        const grants = assignments.find({ target_id: tenant(id).uuid });
        const ids = new Set(grants.map(({ actor_id }) => actor_id));
        const members = [...ids].flatMap((user) => users.get(user) ?? []);
        return respond(200, { users: members.map(userBody), users_links: [] });
      },
    },
  ];
}

/** A page of tenants: those after `marker`, at most `limit`. @throws HttpFault 400 */
function listBody(all: readonly Row<Project>[], request: HttpRequest) {
  const { query } = request;
  const marker = query.get("marker");
  const start = marker === undefined ? 0 : all.findIndex(({ uuid }) => uuid === marker) + 1;
  if (marker !== undefined && start === 0) throw new HttpFault(400, "Marker could not be found");
  const limit = query.get("limit");
  if (limit !== undefined && !/^\d+$/.test(limit)) {
    throw new HttpFault(400, "Invalid limit value");
  }
  const page = all.slice(start, limit === undefined ? undefined : start + Number(limit));
  return { tenants_links: [], tenants: page.map(tenantBody) };
}

/**
 * Tenants in v2. On the main port a user sees its own; on the admin port an admin sees and changes
 * all. Upstream: keystone/assignment/controllers.py (Tenant), keystone/contrib/admin_crud/core.py at
 * 2014.2.
 */
import { type JsonObject, asDict, parseInteger, str } from "../../../python/index.js";
import type { HttpRequest } from "../../../http/index.js";
import { NotFound, ValidationError } from "../exception.js";
import {
  changedProjectDict,
  createProject,
  deleteProject,
  getProject,
  projectDict,
  projectNamed,
  updateProject,
} from "../managers/assignment.js";
import { projectsOf } from "../managers/effective-roles.js";
import { userDict } from "../managers/identity.js";
import { route } from "../policy.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import { argumentsOf, bind } from "../web/arguments.js";
import { adminAction, answer, normalizedDict, requireName } from "../web/v2-action.js";
import { tenantBody, userBody } from "./bodies.js";

const ONE = "/tenants/{tenant_id}";

/** `GET /v2.0/tenants` on port 5000. */
export const v2OwnTenantRoutes = [
  route("GET", "/v2.0/tenants", null, function* ({ app, ctxt: caller, request, params }) {
    bind({ name: "get_projects_for_token", takes: [], rest: true }, argumentsOf(null, params));
    const own = projectsOf(app, caller.token().user_id).filter(
      ({ domain_id }) => domain_id === DEFAULT_DOMAIN,
    );
    return answer(listBody(own.map(projectDict).map(tenantBody), request));
  }),
];

/** Tenants on port 35357. */
export const v2TenantRoutes = [
  adminAction(
    "GET",
    "/tenants",
    { name: "get_all_projects", takes: [], rest: true },
    function* ({ app, request, assertAdmin }) {
      assertAdmin();
      const name = request.query.get("name");
      if (name === undefined) {
        const all = app.database.projects.find({ domain_id: DEFAULT_DOMAIN });
        return listBody(all.map(projectDict).map(tenantBody), request);
      }
      const named = projectNamed(app, name, DEFAULT_DOMAIN);
      if (named === undefined) throw new NotFound({ what: "project", id: name });
      return { tenant: tenantBody(projectDict(named)) };
    },
  ),
  adminAction(
    "POST",
    "/tenants",
    { name: "create_project", takes: ["tenant"] },
    function* ({ app, args, assertAdmin }) {
      const tenant = normalizedDict(args["tenant"] ?? null);
      requireName(tenant);
      assertAdmin();
      const id = "id" in tenant ? str(tenant["id"]) : app.newId();
      const ref = { ...tenant, id, domain_id: DEFAULT_DOMAIN };
      return { tenant: tenantBody(projectDict(yield* createProject(app, ref))) };
    },
  ),
  adminAction(
    "GET",
    ONE,
    { name: "get_project", takes: ["tenant_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      return { tenant: tenantBody(projectDict(getProject(app, id("tenant_id")))) };
    },
  ),
  // The answer to a change forgets to leave out what v2 does not know.
  ...(["POST", "PUT"] as const).map((method) =>
    adminAction(
      method,
      ONE,
      { name: "update_project", takes: ["tenant_id", "tenant"] },
      function* ({ app, args, id, assertAdmin }) {
        assertAdmin();
        const changes = tenantBody(asDict(args["tenant"] ?? null, "copy"));
        return { tenant: changedProjectDict(yield* updateProject(app, id("tenant_id"), changes)) };
      },
    ),
  ),
  adminAction(
    "DELETE",
    ONE,
    { name: "delete_project", takes: ["tenant_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      yield* deleteProject(app, id("tenant_id"));
      return null;
    },
  ),
  adminAction(
    "GET",
    `${ONE}/users`,
    { name: "get_project_users", takes: ["tenant_id"], rest: true },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      const { assignments, users } = app.database;
      const target_id = getProject(app, id("tenant_id")).uuid;
      const grants = assignments.find({ target_id, type: "UserProject" });
      const ids = new Set(grants.map(({ actor_id }) => actor_id));
      const members = [...ids].flatMap((user) => users.get(user) ?? []);
      return { users: members.map(userDict).map(userBody) };
    },
  ),
];

/** A page of tenants: those after `marker`, at most `limit`. @throws ValidationError */
function listBody(all: readonly JsonObject[], { query }: HttpRequest): JsonObject {
  const marker = query.get("marker");
  const start = marker === undefined ? 0 : all.findIndex(({ id }) => id === marker) + 1;
  if (marker !== undefined && start === 0) {
    throw new ValidationError({}, "Marker could not be found");
  }
  const text = query.get("limit");
  const limit = text === undefined ? Infinity : parseInteger(text);
  if (limit === undefined || limit < 0) throw new ValidationError({}, "Invalid limit value");
  return { tenants_links: [], tenants: all.slice(start, start + limit) };
}

/**
 * Who has which role where, in v3. Grants to groups and inherited grants are not simulated.
 * Upstream: keystone/assignment/controllers.py (RoleV3, RoleAssignmentV3) at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound } from "../exception.js";
import { getProject, getRole, projectDict, roleDict } from "../managers/assignment.js";
import { createGrant, deleteGrant, type Grant } from "../managers/grants.js";
import { getDomain, getUser } from "../managers/identity.js";
import type { Assignment } from "../store/database.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { linked, listed } from "./listing.js";

const FILTERS = [
  ...["group.id", "role.id", "scope.domain.id", "scope.project.id"],
  ...["scope.OS-INHERIT:inherited_to", "user.id"],
];

export const v3GrantRoutes = [
  ...grantsOn("project"),
  ...grantsOn("domain"),
  v3Action(
    "GET",
    "/users/{user_id}/projects",
    { name: "list_user_projects", takes: ["user_id"], filtered: true },
    function* (call) {
      const { database } = call.app;
      const own = database.projectsOf(getUser(call.app, call.id("user_id")).uuid);
      const options = { collection: "projects", filters: ["enabled", "name"] };
      return listed(call, own.map(projectDict), options, (project) =>
        linked(call.base, "projects", project),
      );
    },
  ),
  v3Action(
    "GET",
    "/role_assignments",
    { name: "list_role_assignments", takes: [], filtered: true },
    function* (call) {
      const entries = call.app.database.assignments.find().map((grant) => entryOf(call, grant));
      const options = { collection: "role_assignments", filters: FILTERS };
      return listed(call, entries, options, (entry) => entry);
    },
  ),
];

function entryOf({ base }: V3Call, { type, actor_id, target_id, role_id }: Assignment): JsonObject {
  const kind = type === "UserProject" ? "project" : "domain";
  const path = `${kind}s/${target_id}/users/${actor_id}/roles/${role_id}`;
  return {
    user: { id: actor_id },
    role: { id: role_id },
    scope: { [kind]: { id: target_id } },
    links: { assignment: `${base}/v3/${path}` },
  };
}

function grantsOn(kind: "project" | "domain") {
  const key = `${kind}_id`;
  const path = `/${kind}s/{${key}}/users/{user_id}/roles`;
  const one = `${path}/{role_id}`;
  const takes = ["role_id"];
  const optional = ["user_id", key];
  const where = (app: KeystoneApp, { id }: Pick<V3Call, "id">): void => {
    if (kind === "project") getProject(app, id(key));
    else getDomain(app, id(key));
  };
  const target = (app: KeystoneApp, call: Pick<V3Call, "id">): void => {
    getRole(app, call.id("role_id"));
    getUser(app, call.id("user_id"));
    where(app, call);
  };
  const grantOf = (call: V3Call): Grant => ({
    type: kind === "project" ? "UserProject" : "UserDomain",
    actor_id: call.id("user_id"),
    target_id: call.id(key),
    role_id: call.id("role_id"),
  });
  return [
    v3Action(
      "GET",
      path,
      {
        name: "list_grants",
        takes: [],
        optional,
        target(app, call) {
          getUser(app, call.id("user_id"));
          where(app, call);
        },
      },
      function* (call) {
        where(call.app, call);
        const own = call.app.database.rolesOn(call.id("user_id"), call.id(key));
        const options = { collection: "roles", filters: [] };
        return listed(call, own.map(roleDict), options, (role) => linked(call.base, "roles", role));
      },
    ),
    v3Action("PUT", one, { name: "create_grant", takes, optional, target }, function* (call) {
      getRole(call.app, call.id("role_id"));
      where(call.app, call);
      yield* createGrant(call.app, grantOf(call), call.caller.userId);
      return rendered(call, null);
    }),
    ...(["GET", "HEAD"] as const).map((method) =>
      v3Action(method, one, { name: "check_grant", takes, optional, target }, function* (call) {
        const { role_id, ...grant } = grantOf(call);
        getRole(call.app, role_id);
        where(call.app, call);
        if (call.app.database.assignments.first({ ...grant, role_id }) === undefined) {
          throw new NotFound({ what: "role", id: role_id });
        }
        return rendered(call, null);
      }),
    ),
    v3Action(
      "DELETE",
      one,
      {
        name: "revoke_grant",
        takes,
        optional,
        // The user may be gone already: what it was given can still be cleaned up.
        target(app, call) {
          getRole(app, call.id("role_id"));
          where(app, call);
        },
      },
      function* (call) {
        getRole(call.app, call.id("role_id"));
        where(call.app, call);
        yield* deleteGrant(call.app, grantOf(call), call.caller.userId);
        return rendered(call, null);
      },
    ),
  ];
}

/**
 * Who has which role where, in v3. Grants to groups and inherited grants are not simulated.
 * Upstream: keystone/assignment/controllers.py (RoleV3, RoleAssignmentV3).
 */
import { respond, type Params, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import type { Assignment } from "../database.js";
import { notFound } from "../faults.js";
import { revokeRole } from "../removal.js";
import { linksAt, projectV3, roleV3 } from "./bodies.js";
import { listBody } from "./collection.js";

export function v3GrantRoutes(app: KeystoneApp, base: string): Route<Caller>[] {
  return [
    ...grantsOn(app, base, "projects", "UserProject"),
    ...grantsOn(app, base, "domains", "UserDomain"),
    {
      method: "GET",
      path: "/v3/users/{user}/projects",
      *handler(caller, _request, { user = "" }) {
        caller.requireAdminOr(user, "identity:list_user_projects");
        const grants = app.database.assignments.find({ actor_id: user, type: "UserProject" });
        const ids = new Set(grants.map(({ target_id }) => target_id));
        const own = [...ids].flatMap((id) => app.database.projects.get(id) ?? []);
        const bodies = own.map((project) => projectV3(project, linksAt(base)));
        return respond(200, listBody("projects", bodies, base, `users/${user}/projects`));
      },
    },
    {
      method: "GET",
      path: "/v3/role_assignments",
      *handler(caller, { query }) {
        caller.requireAdmin("identity:list_role_assignments");
        const wanted = {
          actor_id: query.get("user.id"),
          role_id: query.get("role.id"),
          target_id: query.get("scope.project.id") ?? query.get("scope.domain.id"),
        };
        const grants = app.database.assignments
          .find()
          .filter((grant) =>
            (["actor_id", "role_id", "target_id"] as const).every(
              (column) => wanted[column] === undefined || wanted[column] === grant[column],
            ),
          );
        const bodies = grants.map((grant) => {
          const kind = grant.type === "UserProject" ? "project" : "domain";
          const path = `${kind}s/${grant.target_id}/users/${grant.actor_id}/roles/${grant.role_id}`;
          return {
            scope: { [kind]: { id: grant.target_id } },
            user: { id: grant.actor_id },
            role: { id: grant.role_id },
            links: { assignment: `${base}/v3/${path}` },
          };
        });
        return respond(200, listBody("role_assignments", bodies, base, "role_assignments"));
      },
    },
  ];
}

function grantsOn(
  app: KeystoneApp,
  base: string,
  targets: "projects" | "domains",
  type: Assignment["type"],
): Route<Caller>[] {
  const { database } = app;
  const path = `/v3/${targets}/{target}/users/{user}/roles`;

  /** The grant that a path names. @throws HttpFault 404 if one of the three is unknown */
  function grantOf({ target = "", user = "", role = "" }: Params) {
    if (database.roles.get(role) === undefined) throw notFound("role", role);
    if (database.users.get(user) === undefined) throw notFound("user", user);
    if (database[targets].get(target) === undefined) throw notFound(targets.slice(0, -1), target);
    return { type, actor_id: user, target_id: target, role_id: role };
  }

  return [
    {
      method: "GET",
      path,
      *handler(caller, _request, { target = "", user = "" }) {
        caller.requireAdmin("identity:list_grants");
        const bodies = database.rolesOn(user, target).map((role) => roleV3(role, linksAt(base)));
        return respond(
          200,
          listBody("roles", bodies, base, `${targets}/${target}/users/${user}/roles`),
        );
      },
    },
    {
      method: "PUT",
      path: `${path}/{role}`,
      *handler(caller, _request, params) {
        caller.requireAdmin("identity:create_grant");
        const { actor_id, target_id, role_id } = grantOf(params);
        database.grant(type, actor_id, target_id, role_id);
        yield* app.changed("role_assignment", "created", role_id);
        return respond(204);
      },
    },
    {
      method: "HEAD",
      path: `${path}/{role}`,
      *handler(caller, _request, params) {
        caller.requireAdmin("identity:check_grant");
        const grant = grantOf(params);
        if (database.assignments.first(grant) === undefined) throw notFound("role", grant.role_id);
        return respond(204);
      },
    },
    {
      method: "DELETE",
      path: `${path}/{role}`,
      *handler(caller, _request, params) {
        caller.requireAdmin("identity:revoke_grant");
        yield* revokeRole(app, grantOf(params));
        return respond(204);
      },
    },
  ];
}

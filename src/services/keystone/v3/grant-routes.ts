/**
 * Who has which role where, in v3. Grants to groups and inherited grants are not simulated.
 * Upstream: keystone/assignment/controllers.py (RoleV3, RoleAssignmentV3).
 */
import { respond } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Assignment } from "../database.js";
import { NotFound } from "../exception.js";
import { route } from "../policy.js";
import { revokeRole } from "../removal.js";
import { linksAt, projectV3, roleV3 } from "./bodies.js";
import { listBody } from "./collection.js";

export const v3GrantRoutes = [
  ...grantsOn("projects", "UserProject"),
  ...grantsOn("domains", "UserDomain"),
  route(
    "GET",
    "/v3/users/{user}/projects",
    { inside: "identity:list_user_projects" },
    function* ({ app, ctxt: { base }, params: { user }, enforce }) {
      enforce({ user_id: user });
      const grants = app.database.assignments.find({ actor_id: user, type: "UserProject" });
      const ids = new Set(grants.map(({ target_id }) => target_id));
      const own = [...ids].flatMap((id) => app.database.projects.get(id) ?? []);
      const bodies = own.map((project) => projectV3(project, linksAt(base)));
      return respond(200, listBody("projects", bodies, base, `users/${user}/projects`));
    },
  ),
  route(
    "GET",
    "/v3/role_assignments",
    "identity:list_role_assignments",
    function* ({ app, ctxt: { base }, request: { query } }) {
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
  ),
];

function grantsOn(targets: "projects" | "domains", type: Assignment["type"]) {
  const path = `/v3/${targets}/{target}/users/{user}/roles` as const;

  /** The grant that a path names. @throws HttpFault 404 if one of the three is unknown */
  function grantOf(
    { database }: KeystoneApp,
    { target, user, role }: Record<"target" | "user" | "role", string>,
  ) {
    if (database.roles.get(role) === undefined) throw new NotFound({ what: "role", id: role });
    if (database.users.get(user) === undefined) throw new NotFound({ what: "user", id: user });
    if (database[targets].get(target) === undefined)
      throw new NotFound({ what: targets.slice(0, -1), id: target });
    return { type, actor_id: user, target_id: target, role_id: role };
  }

  return [
    route(
      "GET",
      path,
      "identity:list_grants",
      function* ({ app: { database }, ctxt: { base }, params: { target, user } }) {
        const bodies = database.rolesOn(user, target).map((role) => roleV3(role, linksAt(base)));
        return respond(
          200,
          listBody("roles", bodies, base, `${targets}/${target}/users/${user}/roles`),
        );
      },
    ),
    route("PUT", `${path}/{role}`, "identity:create_grant", function* ({ app, params }) {
      const { actor_id, target_id, role_id } = grantOf(app, params);
      app.database.grant(type, actor_id, target_id, role_id);
      yield* app.changed("role_assignment", "created", role_id);
      return respond(204);
    }),
    route("HEAD", `${path}/{role}`, "identity:check_grant", function* ({ app, params }) {
      const grant = grantOf(app, params);
      if (app.database.assignments.first(grant) === undefined)
        throw new NotFound({ what: "role", id: grant.role_id });
      return respond(204);
    }),
    route("DELETE", `${path}/{role}`, "identity:revoke_grant", function* ({ app, params }) {
      yield* revokeRole(app, grantOf(app, params));
      return respond(204);
    }),
  ];
}

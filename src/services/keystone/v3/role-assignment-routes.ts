/**
 * The list of all grants, as they were given or as they take effect: then one for each member of a
 * group, and one for each project that inherits. Upstream: keystone/assignment/controllers.py
 * (RoleAssignmentV3) at 2014.2.
 */
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import type { Assignment } from "../store/rows.js";
import { v3Action } from "../web/v3-action.js";
import { listed } from "./listing.js";

const FILTERS = [
  ...["group.id", "role.id", "scope.domain.id", "scope.project.id"],
  ...["scope.OS-INHERIT:inherited_to", "user.id"],
];

export const v3RoleAssignmentRoutes = [
  v3Action(
    "GET",
    "/role_assignments",
    { name: "list_role_assignments", takes: [], filtered: true },
    function* (call) {
      const { app, base, request } = call;
      const effective = request.query.get("effective") ?? "0";
      const entries = app.database.assignments
        .find()
        .filter((grant) => app.flags.os_inherit_enabled || !isInherited(grant))
        .flatMap((grant) =>
          effective === "0" ? [entryOf(base, grant)] : inEffect(app, base, grant),
        );
      const options = { collection: "role_assignments", filters: FILTERS };
      return listed(call, entries, options, (entry) => entry);
    },
  ),
];

const isInherited = ({ type, inherited }: Assignment): boolean =>
  inherited && type.endsWith("Domain");

/** As it was given. */
function entryOf(base: string, grant: Assignment): JsonObject {
  const { type, actor_id, target_id, role_id } = grant;
  const place = type.endsWith("Project") ? "project" : "domain";
  const inherited = isInherited(grant);
  return {
    [actorOf(grant)]: { id: actor_id },
    role: { id: role_id },
    scope: {
      [place]: { id: target_id },
      ...(inherited && { "OS-INHERIT:inherited_to": "projects" }),
    },
    links: { assignment: linkOf(base, grant) },
  };
}

/** What comes of it: user by user, and project by project where it is inherited. */
function inEffect({ database }: KeystoneApp, base: string, grant: Assignment): JsonObject[] {
  const { actor_id, target_id, type, role_id } = grant;
  const ofGroup = type.startsWith("Group");
  const inherited = isInherited(grant);
  const users = ofGroup ? database.membersOf(actor_id).map(({ uuid }) => uuid) : [actor_id];
  const scopes: JsonObject[] = inherited
    ? database.projects.find({ domain_id: target_id }).map(({ uuid }) => ({
        project: { id: uuid },
        "OS-INHERIT:inherited_to": "projects",
      }))
    : [{ [type.endsWith("Project") ? "project" : "domain"]: { id: target_id } }];
  return scopes.flatMap((scope) =>
    users.map((user) => ({
      user: { id: user },
      role: { id: role_id },
      scope,
      links: {
        assignment: linkOf(base, grant),
        ...(ofGroup && { membership: `${base}/v3/groups/${actor_id}/users/${user}` }),
      },
    })),
  );
}

const actorOf = ({ type }: Assignment): "user" | "group" =>
  type.startsWith("User") ? "user" : "group";

/** The path by which the grant itself is asked about. */
function linkOf(base: string, grant: Assignment): string {
  const { type, actor_id, target_id, role_id } = grant;
  const place = type.endsWith("Project") ? "projects" : "domains";
  const path = `${place}/${target_id}/${actorOf(grant)}s/${actor_id}/roles/${role_id}`;
  return isInherited(grant)
    ? `${base}/v3/OS-INHERIT/${path}/inherited_to_projects`
    : `${base}/v3/${path}`;
}

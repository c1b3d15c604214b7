/**
 * Who has which role where, in v3: users and groups, on projects and domains, and on a domain for its
 * projects to inherit, which has paths where it is switched on. Upstream:
 * keystone/assignment/controllers.py (RoleV3), keystone/assignment/routers.py at 2014.2.
 */
import { NotFound } from "../exception.js";
import { getProject, getRole, projectDict, roleDict } from "../managers/assignment.js";
import { projectsOf } from "../managers/effective-roles.js";
import { checkPlace, createGrant, deleteGrant } from "../managers/grants.js";
import { getGroup } from "../managers/groups.js";
import { getDomain, getUser } from "../managers/identity.js";
import type { KeystoneApp } from "../app.js";
import type { Assignment } from "../store/rows.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { linked, listed } from "./listing.js";

type Actor = "user" | "group";
type Place = "project" | "domain";
type Ids = Pick<V3Call, "id">;

const TYPES = {
  user: { project: "UserProject", domain: "UserDomain" },
  group: { project: "GroupProject", domain: "GroupDomain" },
} as const;

export const v3GrantRoutes = [
  ...(["user", "group"] as const).flatMap((actor) => [
    ...grants(actor, "project", false),
    ...grants(actor, "domain", false),
    ...grants(actor, "domain", true),
  ]),
  v3Action(
    "GET",
    "/users/{user_id}/projects",
    { name: "list_user_projects", takes: ["user_id"], filtered: true },
    function* (call) {
      const own = projectsOf(call.app, getUser(call.app, call.id("user_id")).uuid);
      const options = { collection: "projects", filters: ["enabled", "name"] };
      return listed(call, own.map(projectDict), options, (project) =>
        linked(call.base, "projects", project),
      );
    },
  ),
];

function grants(actor: Actor, place: Place, inherited: boolean) {
  const [who, where] = [`${actor}_id`, `${place}_id`];
  const roles = `/${place}s/{${where}}/${actor}s/{${who}}/roles`;
  const all = inherited ? `/OS-INHERIT${roles}/inherited_to_projects` : roles;
  const one = inherited
    ? `/OS-INHERIT${roles}/{role_id}/inherited_to_projects`
    : `${roles}/{role_id}`;
  const signature = {
    takes: ["role_id"],
    optional: [who, where],
    ...(inherited && { exists: ({ flags }: KeystoneApp) => flags.os_inherit_enabled }),
  };
  const findActor = (app: KeystoneApp, { id }: Ids): void => {
    if (actor === "user") getUser(app, id(who));
    else getGroup(app, id(who));
  };
  const findPlace = (app: KeystoneApp, { id }: Ids): void => {
    if (place === "project") getProject(app, id(where));
    else getDomain(app, id(where));
  };
  const target = (app: KeystoneApp, call: Ids): void => {
    getRole(app, call.id("role_id"));
    findActor(app, call);
    findPlace(app, call);
  };
  const grantOf = ({ id }: Ids): Assignment => ({
    type: TYPES[actor][place],
    actor_id: id(who),
    target_id: id(where),
    role_id: id("role_id"),
    inherited,
  });
  return [
    v3Action(
      "GET",
      all,
      {
        ...signature,
        name: "list_grants",
        takes: [],
        target(app, call) {
          findActor(app, call);
          findPlace(app, call);
        },
      },
      function* (call) {
        findPlace(call.app, call);
        const { assignments } = call.app.database;
        const { actor_id, target_id } = grantOf(call);
        const own = assignments
          .find({ actor_id, target_id, inherited })
          .map(({ role_id }) => roleDict(getRole(call.app, role_id)));
        const options = { collection: "roles", filters: [] };
        return listed(call, own, options, (role) => linked(call.base, "roles", role));
      },
    ),
    v3Action("PUT", one, { ...signature, name: "create_grant", target }, function* (call) {
      yield* createGrant(call.app, grantOf(call), call.caller.userId);
      return rendered(call, null);
    }),
    ...(["GET", "HEAD"] as const).map((method) =>
      v3Action(method, one, { ...signature, name: "check_grant", target }, function* (call) {
        const { type: _, ...grant } = grantOf(call);
        checkPlace(call.app, grantOf(call));
        if (call.app.database.assignments.first(grant) === undefined) {
          throw new NotFound({ what: "role", id: grant.role_id });
        }
        return rendered(call, null);
      }),
    ),
    v3Action(
      "DELETE",
      one,
      {
        ...signature,
        name: "revoke_grant",
        // The user may be gone already: what it was given can still be cleaned up.
        target(app, call) {
          getRole(app, call.id("role_id"));
          if (actor === "group") findActor(app, call);
          findPlace(app, call);
        },
      },
      function* (call) {
        yield* deleteGrant(call.app, grantOf(call), call.caller.userId);
        return rendered(call, null);
      },
    ),
  ];
}

/**
 * Users, roles and who has which, in v2 on the admin port. Every answer to a POST is 200, not 201.
 * Upstream: keystone/identity/controllers.py (User), keystone/assignment/controllers.py (Role).
 */
import type { Row } from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { createRole, createUser, userChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type User } from "../database.js";
import { NotFound } from "../exception.js";
import { objectAt } from "../input.js";
import { route } from "../policy.js";
import { changeUser, removeUser, revokeRole, withdraw } from "../removal.js";
import { roleBody, userBody } from "./bodies.js";

/** The role that v2 gives to a user with a tenant of its own (`member_role_name`). */
const MEMBER_ROLE = "_member_";

function userOf(app: KeystoneApp, id: string): Row<User> {
  const user = app.database.users.get(id);
  if (user === undefined) throw new NotFound({ what: "user", id });
  return user;
}

export const v2UserRoutes = [
  route("GET", "/v2.0/users", "admin_required", function* ({ app, request }) {
    const { users } = app.database;
    const name = request.query.get("name");
    if (name === undefined) {
      const all = users.find({ domain_id: DEFAULT_DOMAIN });
      return respond(200, { users: all.map(userBody) });
    }
    const user = users.first({ name, domain_id: DEFAULT_DOMAIN });
    if (user === undefined) throw new NotFound({ what: "user", id: name });
    return respond(200, { user: userBody(user) });
  }),
  route("POST", "/v2.0/users", "admin_required", function* ({ app, request }) {
    const user = yield* createUser(app, objectAt(request.body, "user"), DEFAULT_DOMAIN);
    const member = app.database.roles.first({ name: MEMBER_ROLE });
    if (user.default_project_id !== null && member !== undefined) {
      app.database.grant("UserProject", user.uuid, user.default_project_id, member.uuid);
    }
    return respond(200, { user: userBody(user) });
  }),
  route("GET", "/v2.0/users/{id}", "admin_required", function* ({ app, params: { id } }) {
    return respond(200, { user: userBody(userOf(app, id)) });
  }),
  ...["", "/OS-KSADM/password", "/OS-KSADM/enabled"].map((part) =>
    route(
      "PUT",
      `/v2.0/users/{id}${part}`,
      "admin_required",
      function* ({ app, request, params: { id } }) {
        yield* changeUser(app, id, userChanges(objectAt(request.body, "user")));
        return respond(200, { user: userBody(userOf(app, id)) });
      },
    ),
  ),
  route("DELETE", "/v2.0/users/{id}", "admin_required", function* ({ app, params: { id } }) {
    yield* removeUser(app, id);
    return respond(204);
  }),
];

export const v2RoleRoutes = [
  route("GET", "/v2.0/OS-KSADM/roles", "admin_required", function* ({ app }) {
    return respond(200, { roles: app.database.roles.find().map(roleBody) });
  }),
  route("POST", "/v2.0/OS-KSADM/roles", "admin_required", function* ({ app, request }) {
    const role = yield* createRole(app, objectAt(request.body, "role"));
    return respond(200, { role: roleBody(role) });
  }),
  route("GET", "/v2.0/OS-KSADM/roles/{id}", "admin_required", function* ({ app, params: { id } }) {
    const role = app.database.roles.get(id);
    if (role === undefined) throw new NotFound({ what: "role", id });
    return respond(200, { role: roleBody(role) });
  }),
  route(
    "DELETE",
    "/v2.0/OS-KSADM/roles/{id}",
    "admin_required",
    function* ({ app, params: { id } }) {
      if (!app.database.roles.remove(id)) throw new NotFound({ what: "role", id });
      withdraw(app, { role_id: id });
      yield* app.changed("role", "deleted", id);
      return respond(204);
    },
  ),
  route(
    "GET",
    "/v2.0/tenants/{tenant}/users/{user}/roles",
    "admin_required",
    function* ({ app, params: { tenant, user } }) {
      return respond(200, { roles: app.database.rolesOn(user, tenant).map(roleBody) });
    },
  ),
  route(
    "PUT",
    "/v2.0/tenants/{tenant}/users/{user}/roles/OS-KSADM/{role}",
    "admin_required",
    function* ({ app, params: { tenant, user, role } }) {
      const row = app.database.roles.get(role);
      if (row === undefined) throw new NotFound({ what: "role", id: role });
      if (app.database.users.get(user) === undefined)
        throw new NotFound({ what: "user", id: user });
      if (app.database.projects.get(tenant) === undefined)
        throw new NotFound({ what: "project", id: tenant });
      app.database.grant("UserProject", user, tenant, role);
      yield* app.changed("role_assignment", "created", role);
      return respond(200, { role: roleBody(row) });
    },
  ),
  route(
    "DELETE",
    "/v2.0/tenants/{tenant}/users/{user}/roles/OS-KSADM/{role}",
    "admin_required",
    function* ({ app, params: { tenant, user, role } }) {
      const grant = { actor_id: user, target_id: tenant, role_id: role };
      yield* revokeRole(app, { type: "UserProject", ...grant });
      return respond(204);
    },
  ),
];

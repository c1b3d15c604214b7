/**
 * Users, roles and who has which, in v2 on the admin port. Every answer to a POST is 200, not 201.
 * Upstream: keystone/identity/controllers.py (User), keystone/assignment/controllers.py (Role).
 */
import type { Row } from "../../../framework/index.js";
import { respond, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import { createRole, createUser, userChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type User } from "../database.js";
import { notFound } from "../faults.js";
import { objectAt } from "../input.js";
import { changeUser, removeUser, revokeRole, withdraw } from "../removal.js";
import { roleBody, userBody } from "./bodies.js";

/** The role that v2 gives to a user with a tenant of its own (`member_role_name`). */
const MEMBER_ROLE = "_member_";

export function v2UserRoutes(app: KeystoneApp): Route<Caller>[] {
  const { users } = app.database;

  function userOf(id: string): Row<User> {
    const user = users.get(id);
    if (user === undefined) throw notFound("user", id);
    return user;
  }

  return [
    {
      method: "GET",
      path: "/v2.0/users",
      *handler(caller, request) {
        caller.requireAdmin();
        const name = request.query.get("name");
        if (name === undefined) {
          const all = users.find({ domain_id: DEFAULT_DOMAIN });
          return respond(200, { users: all.map(userBody) });
        }
        const user = users.first({ name, domain_id: DEFAULT_DOMAIN });
        if (user === undefined) throw notFound("user", name);
        return respond(200, { user: userBody(user) });
      },
    },
    {
      method: "POST",
      path: "/v2.0/users",
      *handler(caller, request) {
        caller.requireAdmin();
        const user = yield* createUser(app, objectAt(request.body, "user"), DEFAULT_DOMAIN);
        const member = app.database.roles.first({ name: MEMBER_ROLE });
        if (user.default_project_id !== null && member !== undefined) {
          app.database.grant("UserProject", user.uuid, user.default_project_id, member.uuid);
        }
        return respond(200, { user: userBody(user) });
      },
    },
    {
      method: "GET",
      path: "/v2.0/users/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        return respond(200, { user: userBody(userOf(id)) });
      },
    },
    ...["", "/OS-KSADM/password", "/OS-KSADM/enabled"].map((part): Route<Caller> => ({
      method: "PUT",
      path: `/v2.0/users/{id}${part}`,
      *handler(caller, request, { id = "" }) {
        caller.requireAdmin();
        yield* changeUser(app, id, userChanges(objectAt(request.body, "user")));
        return respond(200, { user: userBody(userOf(id)) });
      },
    })),
    {
      method: "DELETE",
      path: "/v2.0/users/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        yield* removeUser(app, id);
        return respond(204);
      },
    },
  ];
}

export function v2RoleRoutes(app: KeystoneApp): Route<Caller>[] {
  const { database } = app;
  return [
    {
      method: "GET",
      path: "/v2.0/OS-KSADM/roles",
      *handler(caller) {
        caller.requireAdmin();
        return respond(200, { roles: database.roles.find().map(roleBody) });
      },
    },
    {
      method: "POST",
      path: "/v2.0/OS-KSADM/roles",
      *handler(caller, request) {
        caller.requireAdmin();
        const role = yield* createRole(app, objectAt(request.body, "role"));
        return respond(200, { role: roleBody(role) });
      },
    },
    {
      method: "GET",
      path: "/v2.0/OS-KSADM/roles/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        const role = database.roles.get(id);
        if (role === undefined) throw notFound("role", id);
        return respond(200, { role: roleBody(role) });
      },
    },
    {
      method: "DELETE",
      path: "/v2.0/OS-KSADM/roles/{id}",
      *handler(caller, _request, { id = "" }) {
        caller.requireAdmin();
        if (!database.roles.remove(id)) throw notFound("role", id);
        withdraw(app, { role_id: id });
        yield* app.changed("role", "deleted", id);
        return respond(204);
      },
    },
    {
      method: "GET",
      path: "/v2.0/tenants/{tenant}/users/{user}/roles",
      *handler(caller, _request, { tenant = "", user = "" }) {
        caller.requireAdmin();
        return respond(200, { roles: database.rolesOn(user, tenant).map(roleBody) });
      },
    },
    {
      method: "PUT",
      path: "/v2.0/tenants/{tenant}/users/{user}/roles/OS-KSADM/{role}",
      *handler(caller, _request, { tenant = "", user = "", role = "" }) {
        caller.requireAdmin();
        const row = database.roles.get(role);
        if (row === undefined) throw notFound("role", role);
        if (database.users.get(user) === undefined) throw notFound("user", user);
        if (database.projects.get(tenant) === undefined) throw notFound("project", tenant);
        database.grant("UserProject", user, tenant, role);
        yield* app.changed("role_assignment", "created", role);
        return respond(200, { role: roleBody(row) });
      },
    },
    {
      method: "DELETE",
      path: "/v2.0/tenants/{tenant}/users/{user}/roles/OS-KSADM/{role}",
      *handler(caller, _request, { tenant = "", user = "", role = "" }) {
        caller.requireAdmin();
        const grant = { actor_id: user, target_id: tenant, role_id: role };
        yield* revokeRole(app, { type: "UserProject", ...grant });
        return respond(204);
      },
    },
  ];
}

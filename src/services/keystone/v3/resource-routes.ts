/**
 * Users, projects, roles, domains, services and endpoints in v3. Groups and regions are not
 * simulated. Upstream: keystone/identity, assignment, catalog (routers.py, controllers.py).
 */
import type { Row } from "../../../framework/index.js";
import { respond, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import { createProject, createRole, createUser, projectChanges, userChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type Domain, type Project, type Role, type User } from "../database.js";
import { conflict, forbidden, missing, notFound, unauthorized } from "../faults.js";
import { booleanAt, objectAt, requiredText, textAt } from "../input.js";
import { changeProject, changeUser, removeProject, removeUser, withdraw } from "../removal.js";
import { domainV3, linksAt, projectV3, roleV3, userV3 } from "./bodies.js";
import { collectionRoutes, type Collection } from "./collection.js";

export function v3ResourceRoutes(app: KeystoneApp, base: string): Route<Caller>[] {
  return [
    ...collectionRoutes(users(app, base), base),
    ...collectionRoutes(projects(app, base), base),
    ...collectionRoutes(roles(app, base), base),
    ...collectionRoutes(domains(app, base), base),
    changePassword(app),
  ];
}

function users(app: KeystoneApp, base: string): Collection<Row<User>> {
  const { users: table } = app.database;
  const links = linksAt(base);
  return {
    member: "user",
    members: "users",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: (row) => userV3(row, links),
    create: (asked) => createUser(app, asked, textAt(asked, "domain_id") ?? DEFAULT_DOMAIN),
    change: (id, asked) => changeUser(app, id, userChanges(asked)),
    remove: (id) => removeUser(app, id),
    filters: ["name", "domain_id", "enabled"],
  };
}

function projects(app: KeystoneApp, base: string): Collection<Row<Project>> {
  const { projects: table } = app.database;
  const links = linksAt(base);
  return {
    member: "project",
    members: "projects",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: (row) => projectV3(row, links),
    create: (asked) => createProject(app, asked, textAt(asked, "domain_id") ?? DEFAULT_DOMAIN),
    change: (id, asked) => changeProject(app, id, projectChanges(asked)),
    remove: (id) => removeProject(app, id),
    filters: ["name", "domain_id", "enabled"],
  };
}

function roles(app: KeystoneApp, base: string): Collection<Row<Role>> {
  const { roles: table } = app.database;
  const links = linksAt(base);
  return {
    member: "role",
    members: "roles",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: (row) => roleV3(row, links),
    create: (asked) => createRole(app, asked),
    *change(id, asked) {
      const name = requiredText(asked, "name", "role");
      if (table.update(id, { name }) === undefined) throw notFound("role", id);
      yield* app.changed("role", "updated", id);
    },
    *remove(id) {
      if (!table.remove(id)) throw notFound("role", id);
      withdraw(app, { role_id: id });
      yield* app.changed("role", "deleted", id);
    },
    filters: ["name"],
  };
}

function domains(app: KeystoneApp, base: string): Collection<Row<Domain>> {
  const { domains: table, users: userTable } = app.database;
  const links = linksAt(base);
  return {
    member: "domain",
    members: "domains",
    all: () => table.find(),
    get: (id) => table.get(id),
    body: (row) => domainV3(row, links),
    *create(asked) {
      const name = requiredText(asked, "name", "domain");
      if (table.first({ name }) !== undefined) throw conflict("domain");
      const enabled = booleanAt(asked, "enabled") ?? true;
      const domain = table.insert({ uuid: app.newId(), name, enabled });
      yield* app.changed("domain", "created", domain.uuid);
      return domain;
    },
    *change(id, asked) {
      const [name, enabled] = [textAt(asked, "name"), booleanAt(asked, "enabled")];
      const changes = { ...(name && { name }), ...(enabled !== undefined && { enabled }) };
      if (table.update(id, changes) === undefined) throw notFound("domain", id);
      if (enabled === false) {
        for (const { uuid } of userTable.find({ domain_id: id })) app.tokens.revokeOfUser(uuid);
      }
      yield* app.changed("domain", "updated", id);
    },
    *remove(id) {
      const domain = table.get(id);
      if (domain === undefined) throw notFound("domain", id);
      // A domain must be switched off first, so that nobody deletes one in passing.
      if (domain.enabled) throw forbidden("delete a domain that is not disabled");
      for (const { uuid } of userTable.find({ domain_id: id })) yield* removeUser(app, uuid);
      for (const project of app.database.projects.find({ domain_id: id })) {
        yield* removeProject(app, project.uuid);
      }
      table.remove(id);
      yield* app.changed("domain", "deleted", id);
    },
    filters: ["name", "enabled"],
  };
}

/** A user changes its own password, with the old one. */
function changePassword(app: KeystoneApp): Route<Caller> {
  return {
    method: "POST",
    path: "/v3/users/{id}/password",
    *handler(caller, request, { id = "" }) {
      caller.requireAdminOr(id, "identity:change_password");
      const asked = objectAt(request.body, "user");
      const password = textAt(asked, "password");
      if (password === undefined) throw missing("password", "user");
      if (app.database.users.get(id)?.password !== textAt(asked, "original_password")) {
        throw unauthorized();
      }
      yield* changeUser(app, id, { password });
      return respond(204);
    },
  };
}

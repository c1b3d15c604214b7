/**
 * Users, projects, roles, domains, services and endpoints in v3. Groups and regions are not
 * simulated. Upstream: keystone/identity/controllers.py, keystone/assignment/controllers.py,
 * keystone/catalog/controllers.py, and routers.py beside each.
 */
import type { Row } from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import { createProject, createRole, createUser, projectChanges, userChanges } from "../creation.js";
import { DEFAULT_DOMAIN, type Domain, type Project, type Role, type User } from "../database.js";
import {
  Conflict,
  ForbiddenAction,
  NotFound,
  Unauthorized,
  ValidationError,
} from "../exception.js";
import { booleanAt, objectAt, requiredText, textAt } from "../input.js";
import { route } from "../policy.js";
import { changeProject, changeUser, removeProject, removeUser, withdraw } from "../removal.js";
import { domainV3, projectV3, roleV3, userV3 } from "./bodies.js";
import { collectionRoutes, type Collection } from "./collection.js";

const users: Collection<Row<User>> = {
  member: "user",
  table: (app) => app.database.users,
  body: userV3,
  create: (app, asked) => createUser(app, asked, textAt(asked, "domain_id") ?? DEFAULT_DOMAIN),
  change: (app, id, asked) => changeUser(app, id, userChanges(asked)),
  remove: (app, id) => removeUser(app, id),
  filters: ["name", "domain_id", "enabled"],
};

const projects: Collection<Row<Project>> = {
  member: "project",
  table: (app) => app.database.projects,
  body: projectV3,
  create: (app, asked) => createProject(app, asked, textAt(asked, "domain_id") ?? DEFAULT_DOMAIN),
  change: (app, id, asked) => changeProject(app, id, projectChanges(asked)),
  remove: (app, id) => removeProject(app, id),
  filters: ["name", "domain_id", "enabled"],
};

const roles: Collection<Row<Role>> = {
  member: "role",
  table: (app) => app.database.roles,
  body: roleV3,
  create: (app, asked) => createRole(app, asked),
  *change(app, id, asked) {
    const name = requiredText(asked, "name", "role");
    if (app.database.roles.update(id, { name }) === undefined)
      throw new NotFound({ what: "role", id });
    yield* app.changed("role", "updated", id);
  },
  *remove(app, id) {
    if (!app.database.roles.remove(id)) throw new NotFound({ what: "role", id });
    withdraw(app, { role_id: id });
    yield* app.changed("role", "deleted", id);
  },
  filters: ["name"],
};

const domains: Collection<Row<Domain>> = {
  member: "domain",
  table: (app) => app.database.domains,
  body: domainV3,
  *create(app, asked) {
    const { domains: table } = app.database;
    const name = requiredText(asked, "name", "domain");
    if (table.first({ name }) !== undefined) throw new Conflict({ type: "domain" });
    const enabled = booleanAt(asked, "enabled") ?? true;
    const domain = table.insert({ uuid: app.newId(), name, enabled });
    yield* app.changed("domain", "created", domain.uuid);
    return domain;
  },
  *change(app, id, asked) {
    const { domains: table, users: userTable } = app.database;
    const [name, enabled] = [textAt(asked, "name"), booleanAt(asked, "enabled")];
    const changes = { ...(name && { name }), ...(enabled !== undefined && { enabled }) };
    if (table.update(id, changes) === undefined) throw new NotFound({ what: "domain", id });
    if (enabled === false) {
      for (const { uuid } of userTable.find({ domain_id: id })) app.tokens.revokeOfUser(uuid);
    }
    yield* app.changed("domain", "updated", id);
  },
  *remove(app, id) {
    const { domains: table, users: userTable, projects: projectTable } = app.database;
    const domain = table.get(id);
    if (domain === undefined) throw new NotFound({ what: "domain", id });
    // A domain must be switched off first, so that nobody deletes one in passing.
    if (domain.enabled)
      throw new ForbiddenAction({ action: "delete a domain that is not disabled" });
    for (const { uuid } of userTable.find({ domain_id: id })) yield* removeUser(app, uuid);
    for (const project of projectTable.find({ domain_id: id })) {
      yield* removeProject(app, project.uuid);
    }
    table.remove(id);
    yield* app.changed("domain", "deleted", id);
  },
  filters: ["name", "enabled"],
};

/** A user changes its own password, with the old one. */
const changePassword = route(
  "POST",
  "/v3/users/{id}/password",
  { inside: "identity:change_password" },
  function* ({ app, request, params: { id }, enforce }) {
    enforce({ user_id: id });
    const asked = objectAt(request.body, "user");
    const password = textAt(asked, "password");
    if (password === undefined)
      throw new ValidationError({ attribute: "password", target: "user" });
    if (app.database.users.get(id)?.password !== textAt(asked, "original_password")) {
      throw new Unauthorized();
    }
    yield* changeUser(app, id, { password });
    return respond(204);
  },
);

export const v3ResourceRoutes = [
  ...collectionRoutes(users),
  ...collectionRoutes(projects),
  ...collectionRoutes(roles),
  ...collectionRoutes(domains),
  changePassword,
];

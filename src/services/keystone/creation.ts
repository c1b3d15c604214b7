/** Makes users, projects and roles: what v2 and v3 share. Upstream: keystone/identity, assignment. */
import type { Row } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import type { KeystoneApp } from "./app.js";
import type { Project, Role, User } from "./database.js";
import { Conflict, ValidationError } from "./exception.js";
import { booleanAt, requiredText, textAt } from "./input.js";

/** @throws HttpFault 400, 409 */
export function* createUser(app: KeystoneApp, from: JsonObject, domain: string): Op<Row<User>> {
  // v2 took `username` for `name`.
  const name = textAt(from, "name") ?? textAt(from, "username");
  if (name === undefined) throw new ValidationError({ attribute: "name", target: "user" });
  const { users } = app.database;
  if (users.first({ name, domain_id: domain }) !== undefined) throw new Conflict({ type: "user" });
  const user = users.insert({
    uuid: app.newId(),
    name,
    domain_id: domain,
    password: textAt(from, "password") ?? null,
    email: textAt(from, "email") ?? null,
    enabled: booleanAt(from, "enabled") ?? true,
    default_project_id: textAt(from, "default_project_id") ?? textAt(from, "tenantId") ?? null,
  });
  yield* app.changed("user", "created", user.uuid);
  return user;
}

/** @throws HttpFault 400, 409 */
export function* createProject(
  app: KeystoneApp,
  from: JsonObject,
  domain: string,
): Op<Row<Project>> {
  const name = requiredText(from, "name", "project");
  const { projects } = app.database;
  if (projects.first({ name, domain_id: domain }) !== undefined)
    throw new Conflict({ type: "project" });
  const project = projects.insert({
    uuid: app.newId(),
    name,
    domain_id: domain,
    description: textAt(from, "description") ?? "",
    enabled: booleanAt(from, "enabled") ?? true,
  });
  yield* app.changed("project", "created", project.uuid);
  return project;
}

/** @throws HttpFault 400, 409 */
export function* createRole(app: KeystoneApp, from: JsonObject): Op<Row<Role>> {
  const name = requiredText(from, "name", "role");
  const { roles } = app.database;
  if (roles.first({ name }) !== undefined) throw new Conflict({ type: "role" });
  const role = roles.insert({ uuid: app.newId(), name });
  yield* app.changed("role", "created", role.uuid);
  return role;
}

/** The columns of a user that a request changes. */
export function userChanges(from: JsonObject): Partial<User> {
  const name = textAt(from, "name") ?? textAt(from, "username");
  const password = textAt(from, "password");
  const email = textAt(from, "email");
  const enabled = booleanAt(from, "enabled");
  const project = textAt(from, "default_project_id") ?? textAt(from, "tenantId");
  return {
    ...(name !== undefined && { name }),
    ...(password !== undefined && { password }),
    ...(email !== undefined && { email }),
    ...(enabled !== undefined && { enabled }),
    ...(project !== undefined && { default_project_id: project }),
  };
}

/** The columns of a project that a request changes. */
export function projectChanges(from: JsonObject): Partial<Project> {
  const name = textAt(from, "name");
  const description = textAt(from, "description");
  const enabled = booleanAt(from, "enabled");
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(enabled !== undefined && { enabled }),
  };
}

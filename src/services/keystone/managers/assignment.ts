/**
 * Projects, domains and roles: made, changed, removed, as v2 and v3 both ask for it, and what becomes
 * of tokens then. Upstream: keystone/assignment/core.py,
 * keystone/assignment/backends/sql.py at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import { str, type Json, type JsonObject } from "../../../python/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import { ForbiddenAction, NotFound, UnexpectedError } from "../exception.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import type { Domain, Project, Role } from "../store/rows.js";
import { change, dictOf, duplicate, insert } from "../store/model.js";
import { DOMAIN, PROJECT, ROLE } from "../store/models.js";
import { cleanEnabled, cleanName } from "./clean.js";
import { deleteGroup } from "./groups.js";
import { deleteUser, getDomain } from "./identity.js";

export const projectDict = (row: Row<Project>): JsonObject => dictOf(PROJECT, row);

/** After a change, what is no column comes back twice. Upstream: to_dict(include_extra_dict=True). */
export const changedProjectDict = (row: Row<Project>): JsonObject => ({
  ...projectDict(row),
  extra: row.extra,
});

/** @throws NotFound */
export function getProject({ database }: KeystoneApp, id: Json): Row<Project> {
  const project = typeof id === "string" ? database.projects.get(id) : undefined;
  if (project === undefined) throw new NotFound({ what: "project", id });
  return project;
}

export const projectNamed = (
  { database }: KeystoneApp,
  name: string,
  domain: string,
): Row<Project> | undefined =>
  database.projects.first({ name, domain_id: domain }) ??
  database.projects.find({ domain_id: domain }).find((project) => sameText(project.name, name));

/** @throws ValidationError, Conflict; UnexpectedError for a domain that is not there */
export function* createProject(
  app: KeystoneApp,
  ref: JsonObject & { readonly id: string },
): Op<Row<Project>> {
  const enabled = cleanEnabled("Project", "enabled" in ref ? (ref["enabled"] ?? null) : true);
  const name = cleanName("Project", ref["name"] ?? null);
  const domain = ref["domain_id"] ?? null;
  if (typeof domain !== "string" || app.database.domains.get(domain) === undefined) {
    throw new UnexpectedError();
  }
  if (projectNamed(app, name, domain) !== undefined) throw duplicate(PROJECT);
  const project = { description: "", ...ref, name, enabled };
  const row = insert(PROJECT, app.database.projects, project);
  yield* app.changed("project", "created", row.uuid);
  return row;
}

/** @throws ValidationError, NotFound, Conflict */
export function* updateProject(app: KeystoneApp, id: string, ref: JsonObject): Op<Row<Project>> {
  const before = getProject(app, id);
  const changes: Record<string, Json> = { ...ref };
  if ("enabled" in ref) changes["enabled"] = cleanEnabled("Project", ref["enabled"] ?? null);
  if (before.enabled && changes["enabled"] === false) {
    app.revocations.tokensOfProject(id);
    app.revocations.tell({ project_id: id });
  }
  if ("name" in ref) changes["name"] = cleanName("Project", ref["name"] ?? null);
  const namesake = projectNamed(app, str(changes["name"] ?? before.name), before.domain_id);
  if (namesake !== undefined && namesake.uuid !== id) throw duplicate(PROJECT);
  const row = change(PROJECT, app.database.projects, before, changes);
  yield* app.changed("project", "updated", id);
  return row;
}

/** @throws NotFound */
export function* deleteProject(app: KeystoneApp, id: string): Op<void> {
  const { projects, assignments, credentials } = app.database;
  getProject(app, id);
  app.revocations.tokensOfProject(id);
  for (const grant of assignments.find({ target_id: id })) assignments.remove(grant.id);
  projects.remove(id);
  for (const { uuid } of credentials.find({ project_id: id })) credentials.remove(uuid);
  app.revocations.tell({ project_id: id });
  yield* app.changed("project", "deleted", id);
}

export const domainDict = (row: Row<Domain>): JsonObject => dictOf(DOMAIN, row);

const domainNamed = (app: KeystoneApp, name: string): Row<Domain> | undefined =>
  app.database.domains.find().find((domain) => sameText(domain.name, name));

/** @throws ValidationError, Conflict */
export function* createDomain(
  app: KeystoneApp,
  ref: JsonObject & { readonly id: string },
): Op<Row<Domain>> {
  const enabled = cleanEnabled("Domain", "enabled" in ref ? (ref["enabled"] ?? null) : true);
  if (domainNamed(app, str(ref["name"] ?? null)) !== undefined) throw duplicate(DOMAIN);
  const row = insert(DOMAIN, app.database.domains, { ...ref, enabled });
  yield* app.changed("domain", "created", row.uuid);
  return row;
}

/** @throws ValidationError, NotFound, Conflict */
export function* updateDomain(app: KeystoneApp, id: string, ref: JsonObject): Op<Row<Domain>> {
  const before = getDomain(app, id);
  const namesake = domainNamed(app, str(ref["name"] ?? before.name));
  if (namesake !== undefined && namesake.uuid !== id) throw duplicate(DOMAIN);
  const row = change(DOMAIN, app.database.domains, before, ref);
  if (before.enabled && ref["enabled"] === false) {
    app.revocations.tokensOfDomain(id);
    app.revocations.tell({ domain_id: id });
  }
  yield* app.changed("domain", "updated", id);
  return row;
}

/** A domain must be switched off first, so that nobody deletes one in passing. */
export function* deleteDomain(app: KeystoneApp, id: string): Op<void> {
  const { domains, users, groups, projects } = app.database;
  if (id === DEFAULT_DOMAIN) throw new ForbiddenAction({ action: "delete the default domain" });
  if (getDomain(app, id).enabled) {
    const action = "cannot delete a domain that is enabled, please disable it first.";
    throw new ForbiddenAction({ action });
  }
  for (const project of projects.find({ domain_id: id })) yield* deleteProject(app, project.uuid);
  for (const group of groups.find({ domain_id: id })) yield* deleteGroup(app, group.uuid);
  for (const user of users.find({ domain_id: id })) yield* deleteUser(app, user.uuid);
  domains.remove(id);
  yield* app.changed("domain", "deleted", id);
}

export const roleDict = (row: Row<Role>): JsonObject => dictOf(ROLE, row);

/** @throws NotFound */
export function getRole({ database }: KeystoneApp, id: string): Row<Role> {
  const role = database.roles.get(id);
  if (role === undefined) throw new NotFound({ what: "role", id });
  return role;
}

const roleNamed = (app: KeystoneApp, name: string): Row<Role> | undefined =>
  app.database.roles.find().find((role) => sameText(role.name, name));

/** @throws Conflict */
export function* createRole(
  app: KeystoneApp,
  ref: JsonObject & { readonly id: string },
): Op<Row<Role>> {
  if (roleNamed(app, str(ref["name"] ?? null)) !== undefined) throw duplicate(ROLE);
  const row = insert(ROLE, app.database.roles, ref);
  yield* app.changed("role", "created", row.uuid);
  return row;
}

/** @throws NotFound, Conflict */
export function* updateRole(app: KeystoneApp, id: string, ref: JsonObject): Op<Row<Role>> {
  const before = getRole(app, id);
  const namesake = roleNamed(app, str(ref["name"] ?? before.name));
  if (namesake !== undefined && namesake.uuid !== id) throw duplicate(ROLE);
  const row = change(ROLE, app.database.roles, before, ref);
  yield* app.changed("role", "updated", id);
  return row;
}

/** Whoever had it loses what it holds: for that project, or everything if it was for a domain. */
export function* deleteRole(app: KeystoneApp, id: string): Op<void> {
  const { roles, assignments } = app.database;
  for (const { type, actor_id, target_id } of assignments.find({ role_id: id })) {
    const members = () => app.database.membersOf(actor_id).map(({ uuid }) => uuid);
    for (const user of type.startsWith("User") ? [actor_id] : members()) {
      if (type.endsWith("Project")) app.revocations.tokensOfUser(user, target_id);
      else app.revocations.ofUserTwice(user);
    }
  }
  getRole(app, id);
  for (const grant of assignments.find({ role_id: id })) assignments.remove(grant.id);
  roles.remove(id);
  app.revocations.tell({ role_id: id });
  yield* app.changed("role", "deleted", id);
}

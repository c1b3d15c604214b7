/**
 * What else happens when a user or project goes or is switched off: its tokens are revoked and its
 * roles withdrawn. Upstream: the in-process events of other-services §1.1.
 */
import type { Op } from "../../kernel/index.js";
import type { KeystoneApp } from "./app.js";
import type { Assignment, Project, User } from "./database.js";
import { Conflict, NotFound } from "./exception.js";

/** @throws HttpFault 404 */
export function* removeUser(app: KeystoneApp, id: string): Op<void> {
  if (!app.database.users.remove(id)) throw new NotFound({ what: "user", id });
  withdraw(app, { actor_id: id });
  app.tokens.revokeOfUser(id);
  yield* app.changed("user", "deleted", id);
}

/** @throws HttpFault 404 */
export function* removeProject(app: KeystoneApp, id: string): Op<void> {
  if (!app.database.projects.remove(id)) throw new NotFound({ what: "project", id });
  withdraw(app, { target_id: id });
  app.tokens.revokeOfProject(id);
  yield* app.changed("project", "deleted", id);
}

/** @throws HttpFault 404, 409 */
export function* changeUser(app: KeystoneApp, id: string, changes: Partial<User>): Op<void> {
  const { users } = app.database;
  const before = users.get(id);
  if (before === undefined) throw new NotFound({ what: "user", id });
  const namesake = changes.name && users.first({ name: changes.name, domain_id: before.domain_id });
  if (namesake && namesake.uuid !== id) throw new Conflict({ type: "user" });
  users.update(id, changes);
  if (changes.enabled === false || changes.password !== undefined) app.tokens.revokeOfUser(id);
  yield* app.changed("user", "updated", id);
}

/** @throws HttpFault 404, 409 */
export function* changeProject(app: KeystoneApp, id: string, changes: Partial<Project>): Op<void> {
  const { projects } = app.database;
  const before = projects.get(id);
  if (before === undefined) throw new NotFound({ what: "project", id });
  const { name } = changes;
  const namesake = name && projects.first({ name, domain_id: before.domain_id });
  if (namesake && namesake.uuid !== id) throw new Conflict({ type: "project" });
  projects.update(id, changes);
  if (changes.enabled === false) app.tokens.revokeOfProject(id);
  yield* app.changed("project", "updated", id);
}

/** Withdraw a role; what the user holds for that project is no longer good. @throws HttpFault 404 */
export function* revokeRole(
  app: KeystoneApp,
  grant: Pick<Assignment, "type" | "actor_id" | "target_id" | "role_id">,
): Op<void> {
  if (withdraw(app, grant) === 0) throw new NotFound({ what: "role", id: grant.role_id });
  if (grant.type === "UserProject") app.tokens.revokeOfUser(grant.actor_id, grant.target_id);
  else app.tokens.revokeOfUser(grant.actor_id);
  yield* app.changed("role_assignment", "deleted", grant.role_id);
}

/** How many assignments were taken away. */
export function withdraw(app: KeystoneApp, which: Partial<Assignment>): number {
  const { assignments } = app.database;
  const rows = assignments.find(which);
  for (const { id } of rows) assignments.remove(id);
  return rows.length;
}

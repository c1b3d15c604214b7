/**
 * Who has which role where. v2 and v3 differ in what they make of a role given twice, and only v3
 * tells anybody. Upstream: keystone/assignment/core.py (create_grant, delete_grant),
 * keystone/assignment/backends/sql.py
 * (add_role_to_user_and_project, remove_role_from_user_and_project) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import { Conflict, NotFound } from "../exception.js";
import type { Assignment } from "../store/database.js";
import { getProject, getRole } from "./assignment.js";

export type Grant = Pick<Assignment, "type" | "actor_id" | "target_id" | "role_id">;

/** The role that v2 gives to a user with a tenant of its own. */
const MEMBER = { id: "9fe2ff9ee4384b1894a90878d3e92bab", name: "_member_" };

/** v2: a role that is there already is a conflict; the user need not exist. */
export function addRole(app: KeystoneApp, user: string, project: string, role: string): void {
  getProject(app, project);
  getRole(app, role);
  if (app.database.grant("UserProject", user, project, role)) return;
  const details = `User ${user} already has role ${role} in tenant ${project}`;
  throw new Conflict({ type: "role grant", details });
}

/** v2: every token of the user is revoked. */
export function removeRole(app: KeystoneApp, user: string, project: string, role: string): void {
  if (withdraw(app, { actor_id: user, target_id: project, role_id: role }) === 0) {
    throw new NotFound({}, `Cannot remove role that has not been granted, ${role}`);
  }
  app.tokens.revokeOfUser(user);
}

/**
 * A user with a tenant is its member. The role has a fixed id in `member_role_id`; where the installer
 * has made one of that name, upstream's attempt to make another fails, and so it is that one here.
 */
export function addMember(app: KeystoneApp, user: string, project: string): void {
  const { roles } = app.database;
  const role =
    roles.get(MEMBER.id) ??
    roles.first({ name: MEMBER.name }) ??
    roles.insert({ uuid: MEMBER.id, name: MEMBER.name, extra: {} });
  addRole(app, user, project, role.uuid);
}

/** What a user was a member of by its own tenant, if it was. @throws NotFound */
export function removeMember(app: KeystoneApp, user: string, project: string): void {
  const role = app.database.roles.first({ name: MEMBER.name })?.uuid ?? MEMBER.id;
  removeRole(app, user, project, role);
}

/** v3: a role that is there already is fine. */
export function* createGrant(app: KeystoneApp, grant: Grant, by: string | undefined): Op<void> {
  const { type, actor_id, target_id, role_id } = grant;
  app.database.grant(type, actor_id, target_id, role_id);
  yield* app.granted("created", grant, "success", by);
}

/** @throws NotFound */
export function* deleteGrant(app: KeystoneApp, grant: Grant, by: string | undefined): Op<void> {
  if (withdraw(app, grant) === 0) {
    yield* app.granted("deleted", grant, "failure", by);
    throw new NotFound({ what: "role", id: grant.role_id });
  }
  app.tokens.revokeOfUser(grant.actor_id);
  yield* app.granted("deleted", grant, "success", by);
}

/** How many assignments were taken away. */
function withdraw(app: KeystoneApp, which: Partial<Assignment>): number {
  const { assignments } = app.database;
  const rows = assignments.find(which);
  for (const { id } of rows) assignments.remove(id);
  return rows.length;
}

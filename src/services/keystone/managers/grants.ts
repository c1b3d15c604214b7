/**
 * Who has which role where. v2 and v3 differ in what they make of a role given twice, and only v3
 * tells anybody. Tokens die before anybody looks whether there was a grant to take. Upstream:
 * keystone/assignment/core.py (create_grant, delete_grant), keystone/assignment/backends/sql.py
 * (add_role_to_user_and_project, remove_role_from_user_and_project) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import { Conflict, NotFound } from "../exception.js";
import type { Assignment } from "../store/rows.js";
import { getProject, getRole } from "./assignment.js";
import { getDomain } from "./identity.js";

/** The role that v2 gives to a user with a tenant of its own. */
const MEMBER = { id: "9fe2ff9ee4384b1894a90878d3e92bab", name: "_member_" };

/** v2: a role that is there already is a conflict; the user need not exist. */
export function addRole(app: KeystoneApp, user: string, project: string, role: string): void {
  getProject(app, project);
  getRole(app, role);
  const grant = { actor_id: user, target_id: project, role_id: role };
  if (app.database.grant({ type: "UserProject", ...grant })) return;
  const details = `User ${user} already has role ${role} in tenant ${project}`;
  throw new Conflict({ type: "role grant", details });
}

/** v2: every token of the user is revoked. */
export function removeRole(app: KeystoneApp, user: string, project: string, role: string): void {
  if (withdraw(app, { actor_id: user, target_id: project, role_id: role }) === 0) {
    throw new NotFound({}, `Cannot remove role that has not been granted, ${role}`);
  }
  app.revocations.ofUser(user);
  app.revocations.tell({ user_id: user, role_id: role, project_id: project });
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

/** v3: a role that is there already is fine. @throws NotFound */
export const createGrant = (app: KeystoneApp, grant: Assignment, by: string | undefined) =>
  told(app, "created", grant, by, () => {
    checkPlace(app, grant);
    app.database.grant(grant, grant.inherited);
  });

/** @throws NotFound */
export const deleteGrant = (app: KeystoneApp, grant: Assignment, by: string | undefined) =>
  told(app, "deleted", grant, by, () => {
    const { actor_id, type, role_id } = grant;
    if (type.startsWith("User")) app.revocations.tell({ user_id: actor_id, ...lost(grant) });
    else {
      for (const { uuid } of app.database.membersOf(actor_id)) {
        app.revocations.ofUserTwice(uuid);
        app.revocations.tell({ user_id: uuid, ...lost(grant) });
      }
    }
    checkPlace(app, grant);
    if (withdraw(app, grant) === 0) throw new NotFound({ what: "role", id: role_id });
    if (type.startsWith("User")) app.revocations.ofUserTwice(actor_id);
  });

/** The role and where it was given. @throws NotFound for what is not there */
export function checkPlace(app: KeystoneApp, { type, target_id, role_id }: Assignment): void {
  getRole(app, role_id);
  if (type.endsWith("Project")) getProject(app, target_id);
  else getDomain(app, target_id);
}

const lost = ({ type, target_id, role_id }: Assignment) => ({
  role_id,
  [type.endsWith("Project") ? "project_id" : "domain_id"]: target_id,
});

/** Tells what has become of it, good or bad. */
function* told(
  app: KeystoneApp,
  operation: "created" | "deleted",
  grant: Assignment,
  by: string | undefined,
  act: () => void,
): Op<void> {
  try {
    act();
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* app.granted(operation, grant, "failure", by);
    throw error;
  }
  yield* app.granted(operation, grant, "success", by);
}

/** How many assignments were taken away. */
function withdraw(app: KeystoneApp, which: Partial<Assignment>): number {
  const { assignments } = app.database;
  const { type: _, ...where } = which;
  const rows = assignments.find(where);
  for (const { id } of rows) assignments.remove(id);
  return rows.length;
}

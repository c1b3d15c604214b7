/**
 * Users: made, changed, removed, as v2 and v3 both ask for it. What a user holds is revoked when it
 * goes, is switched off or gets another password. Upstream: keystone/identity/core.py,
 * keystone/identity/backends/sql.py at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import { type Json, type JsonObject, PythonTypeError, length, str } from "../../../python/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import { NotFound, PasswordVerificationError, ValidationError } from "../exception.js";
import type { Domain, User } from "../store/rows.js";
import { change, dictOf, duplicate, insert } from "../store/model.js";
import { USER } from "../store/models.js";
import { cleanEnabled, cleanName } from "./clean.js";

/** A user without what is nobody's business. Upstream: identity.filter_user. */
export function userDict(row: Row<User>): JsonObject {
  const { password: _password, default_project_id, ...shown } = dictOf(USER, row);
  return { ...shown, ...(default_project_id !== null && { default_project_id }) };
}

/** After a change, what is no column comes back twice. Upstream: to_dict(include_extra_dict=True). */
export const changedUserDict = (row: Row<User>): JsonObject => ({
  ...userDict(row),
  extra: row.extra,
});

/** @throws NotFound */
export function getUser({ database }: KeystoneApp, id: string): Row<User> {
  const user = database.users.get(id);
  if (user === undefined) throw new NotFound({ what: "user", id });
  return user;
}

/** @throws NotFound */
export function getDomain({ database }: KeystoneApp, id: Json): Row<Domain> {
  const domain = typeof id === "string" ? database.domains.get(id) : undefined;
  if (domain === undefined) throw new NotFound({ what: "domain", id });
  return domain;
}

export const userNamed = (
  { database }: KeystoneApp,
  name: string,
  domain: string,
): Row<User> | undefined =>
  database.users.first({ name, domain_id: domain }) ??
  database.users.find({ domain_id: domain }).find((user) => sameText(user.name, name));

/** @throws ValidationError, NotFound, Conflict */
export function* createUser(app: KeystoneApp, ref: JsonObject): Op<Row<User>> {
  const name = cleanName("User", ref["name"] ?? null);
  const enabled = cleanEnabled("User", "enabled" in ref ? (ref["enabled"] ?? null) : true);
  const domain = getDomain(app, ref["domain_id"] ?? null);
  const user = hashed(app, { ...ref, name, enabled, id: app.newId() });
  if (userNamed(app, name, domain.uuid) !== undefined) throw duplicate(USER);
  const row = insert(USER, app.database.users, user);
  yield* app.changed("user", "created", row.uuid);
  return row;
}

/** @throws ValidationError, NotFound, Conflict */
export function* updateUser(app: KeystoneApp, id: string, ref: JsonObject): Op<Row<User>> {
  const before = getUser(app, id);
  const changes: Record<string, Json> = { ...ref };
  if ("name" in ref) changes["name"] = cleanName("User", ref["name"] ?? null);
  if ("enabled" in ref) changes["enabled"] = cleanEnabled("User", ref["enabled"] ?? null);
  if ("domain_id" in ref) getDomain(app, ref["domain_id"] ?? null);
  if ("id" in ref && ref["id"] !== id) throw new ValidationError({}, "Cannot change user ID");
  const name = str(changes["name"] ?? before.name);
  const namesake = userNamed(app, name, str(changes["domain_id"] ?? before.domain_id));
  if (namesake !== undefined && namesake.uuid !== id) throw duplicate(USER);
  const row = change(USER, app.database.users, before, hashed(app, changes));
  const switchedOff = changes["enabled"] === false && before.enabled;
  const password = changes["password"] ?? null;
  if (switchedOff || password !== null) app.revocations.ofUser(id);
  yield* app.changed("user", "updated", id);
  return row;
}

/** @throws NotFound */
export function* deleteUser(app: KeystoneApp, id: string): Op<void> {
  const { users, memberships, assignments, credentials } = app.database;
  users.remove(getUser(app, id).uuid);
  for (const { id: row } of memberships.find({ user_id: id })) memberships.remove(row);
  for (const grant of assignments.find({ actor_id: id })) assignments.remove(grant.id);
  for (const { uuid } of credentials.find({ user_id: id })) credentials.remove(uuid);
  app.revocations.ofUser(id);
  yield* app.changed("user", "deleted", id);
}

/** The password as it is kept: cut, or refused, where it is too long. */
function hashed<R extends JsonObject>({ env, flags }: KeystoneApp, user: R): R {
  const password = user["password"] ?? null;
  if (password === null) return user;
  const longest = flags.max_password_length;
  if (passwordLength(password) <= longest) return user;
  if (flags.strict_password_check) throw new PasswordVerificationError({ size: longest });
  env.log("warning", `Truncating user password to ${String(longest)} characters.`);
  return { ...user, password: Array.from(str(password)).slice(0, longest).join("") };
}

/** @throws ValidationError for what has no length */
function passwordLength(password: Json): number {
  try {
    return length(password);
  } catch (error) {
    if (!(error instanceof PythonTypeError)) throw error;
    throw new ValidationError({ attribute: "string", target: "password" });
  }
}

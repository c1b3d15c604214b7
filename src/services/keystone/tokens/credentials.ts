/**
 * Proves who somebody is, and what they may be on a project: the part of authentication that v2
 * and v3 share. Whatever is wrong is the same 401. Upstream: keystone/identity/core.py (authenticate),
 * keystone/token/providers/common.py (_populate_roles) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { type Json, PythonTypeError, length } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import type { User } from "../store/rows.js";
import { Unauthorized, ValidationError } from "../exception.js";

/** The user whose password it is; that it was tried is told. @throws Unauthorized */
export function* checkPassword(
  app: KeystoneApp,
  id: string,
  user: Row<User> | undefined,
  password: Json,
): Op<Row<User>> {
  try {
    if (user === undefined || user.password === null || password === null) throw new Unauthorized();
    if (cut(app, password) !== user.password) throw new Unauthorized();
  } catch (error) {
    yield* app.authenticated(id, "failure");
    throw error;
  }
  yield* app.authenticated(id, "success");
  return user;
}

/** The ids of roles, of which there must be one to be somebody there. @throws Unauthorized */
export function checkMembership(roleIds: string[]): string[] {
  if (roleIds.length === 0) throw new Unauthorized();
  return roleIds;
}

/** No more of a password counts than is kept of it. @throws ValidationError for what is no text */
function cut({ flags }: KeystoneApp, password: Json): Json {
  try {
    length(password);
  } catch (error) {
    if (!(error instanceof PythonTypeError)) throw error;
    throw new ValidationError({ attribute: "string", target: "password" });
  }
  if (typeof password !== "string") return password;
  return Array.from(password).slice(0, flags.max_password_length).join("");
}

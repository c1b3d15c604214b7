/**
 * Proves who somebody is, and what they may be on a project: the part of authentication that v2
 * and v3 share. Whatever is wrong is the same 401. Upstream: keystone/auth/plugins, keystone/token/
 * controllers.py.
 */
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import type { Project, Token, User } from "../database.js";
import { Unauthorized, ValidationSizeError } from "../exception.js";

/** The enabled user whose password it is. @throws HttpFault 401 */
export function* checkPassword(
  app: KeystoneApp,
  user: Row<User> | undefined,
  password: string,
): Op<Row<User>> {
  if (user === undefined) throw new Unauthorized();
  const right = user.password !== null && user.password === password;
  yield* app.authenticated(user.uuid, right ? "success" : "failure");
  if (!right || !app.enabled(user)) throw new Unauthorized();
  return user;
}

/** The token that is offered in place of a password, and its user. @throws HttpFault 400, 401 */
export function checkToken(app: KeystoneApp, id: string): { token: Row<Token>; user: Row<User> } {
  const { max_token_size } = app.flags;
  if (id.length > max_token_size)
    throw new ValidationSizeError({ attribute: "token", size: max_token_size });
  const token = app.tokens.get(id);
  const user = token && app.database.users.get(token.user_id);
  if (token === undefined || user === undefined || !app.enabled(user)) throw new Unauthorized();
  if (!app.flags.allow_rescope_scoped_token && token.project_id !== null) throw new Unauthorized();
  return { token, user };
}

/** The ids of the roles that make `user` a member of `project`. @throws HttpFault 401 */
export function checkMembership(
  app: KeystoneApp,
  user: Row<User>,
  project: Row<Project> | undefined,
): string[] {
  if (project === undefined || !app.enabled(project)) throw new Unauthorized();
  const roles = app.database.rolesOn(user.uuid, project.uuid);
  if (roles.length === 0) throw new Unauthorized();
  return roles.map(({ uuid }) => uuid);
}

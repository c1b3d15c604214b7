/**
 * `POST /v2.0/tokens`: a password or a token in, a token out; scoped if a tenant is named. The
 * password comes before the tenant, and what is switched off last. Trusts are not simulated.
 * Upstream: keystone/token/controllers.py (Auth.authenticate) at 2014.2.
 */
import { str, type Json } from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized, ValidationError, ValidationSizeError } from "../exception.js";
import { projectNamed } from "../managers/assignment.js";
import { userNamed } from "../managers/identity.js";
import { DEFAULT_DOMAIN, type Project, type Token, type User } from "../store/database.js";
import { checkMembership, checkPassword } from "../tokens/credentials.js";
import { contains, isTruthy, itemOf, lengthOf, valueOf } from "../web/input.js";

/** @throws ValidationError, ValidationSizeError, Unauthorized */
export function* authenticateV2(app: KeystoneApp, auth: Json): Op<Row<Token>> {
  if (auth === null) throw new ValidationError({ attribute: "auth", target: "request body" });
  const byToken = contains(auth, "token");
  const parent = byToken ? tokenIn(app, auth) : undefined;
  const user = parent === undefined ? yield* passwordUser(app, auth) : userOf(app, parent);
  const project = tenantOf(app, auth);
  const roleIds = project === undefined ? [] : checkMembership(app, user, project);
  if (!app.enabled(user) || (project !== undefined && !app.enabled(project))) {
    throw new Unauthorized();
  }
  return app.tokens.issue({
    userId: user.uuid,
    projectId: project?.uuid ?? null,
    roleIds,
    methods: parent === undefined ? ["password"] : ["password", "token"],
    parent,
  });
}

/** The token that is offered in place of a password. */
function tokenIn(app: KeystoneApp, auth: Json): Row<Token> {
  const offered = itemOf(auth, "token");
  if (!contains(offered, "id")) throw new ValidationError({ attribute: "id", target: "token" });
  const id = itemOf(offered, "id");
  const { max_token_size } = app.flags;
  if (lengthOf(id) > max_token_size) {
    throw new ValidationSizeError({ attribute: "token", size: max_token_size });
  }
  const token = typeof id === "string" ? app.tokens.get(id) : undefined;
  if (token === undefined) throw new Unauthorized();
  return token;
}

function userOf({ database }: KeystoneApp, token: Row<Token>): Row<User> {
  const user = database.users.get(token.user_id);
  if (user === undefined) throw new Unauthorized();
  return user;
}

/** The user whom the credentials prove. */
function* passwordUser(app: KeystoneApp, auth: Json): Op<Row<User>> {
  if (!contains(auth, "passwordCredentials")) {
    throw new ValidationError({ attribute: "passwordCredentials", target: "auth" });
  }
  const credentials = itemOf(auth, "passwordCredentials");
  if (!contains(credentials, "password")) {
    throw new ValidationError({ attribute: "password", target: "passwordCredentials" });
  }
  const password = itemOf(credentials, "password");
  limit("password", password, app.flags.max_password_length);
  const id = valueOf(credentials, "userId");
  const name = valueOf(credentials, "username");
  if (!isTruthy(id) && !isTruthy(name)) {
    throw new ValidationError({ attribute: "username or userId", target: "passwordCredentials" });
  }
  const { max_param_size } = app.flags;
  limit("userId", id, max_param_size);
  limit("username", name, max_param_size);
  if (!isTruthy(name)) {
    const user = app.database.users.get(str(id));
    return yield* checkPassword(app, str(id), user, password);
  }
  const user = userNamed(app, str(name), DEFAULT_DOMAIN);
  if (user === undefined) throw new Unauthorized();
  return yield* checkPassword(app, user.uuid, user, password);
}

/** The tenant that is asked for, if one is. */
function tenantOf(app: KeystoneApp, auth: Json): Row<Project> | undefined {
  const { max_param_size } = app.flags;
  const id = valueOf(auth, "tenantId");
  const name = valueOf(auth, "tenantName");
  limit("tenantId", id, max_param_size);
  limit("tenantName", name, max_param_size);
  if (!isTruthy(id) && !isTruthy(name)) return undefined;
  const project = isTruthy(name)
    ? projectNamed(app, str(name), DEFAULT_DOMAIN)
    : app.database.projects.get(str(id));
  if (project === undefined) throw new Unauthorized();
  return project;
}

/** @throws ValidationSizeError if it is longer than any id or name may be */
function limit(attribute: string, value: Json, size: number): void {
  if (isTruthy(value) && lengthOf(value) > size) throw new ValidationSizeError({ attribute, size });
}

/**
 * `POST /v2.0/tokens`: a password or a token in, a token out; scoped if a tenant is named. The
 * password comes before the tenant, and what is switched off last.
 * Upstream: keystone/token/controllers.py (Auth.authenticate) at 2014.2.
 */
import { type Json, contains, get, item, length, str, truth } from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import {
  Forbidden,
  NotFound,
  Unauthorized,
  ValidationError,
  ValidationSizeError,
} from "../exception.js";
import { projectNamed } from "../managers/assignment.js";
import { rolesOnProject } from "../managers/effective-roles.js";
import { userNamed } from "../managers/identity.js";
import { usableTrust } from "../managers/trusts.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import type { Token, Trust, User } from "../store/rows.js";
import { checkMembership, checkPassword } from "../tokens/credentials.js";
import type { Grant } from "../tokens/provider.js";

/** What the new token is to be. @throws ValidationError, ValidationSizeError, Unauthorized, Forbidden */
export function* authenticateV2(app: KeystoneApp, auth: Json): Op<Grant> {
  if (auth === null) throw new ValidationError({ attribute: "auth", target: "request body" });
  const byToken = contains(auth, "token");
  const parent = byToken ? tokenIn(app, auth) : undefined;
  const user = parent === undefined ? yield* passwordUser(app, auth) : userOf(app, parent.user_id);
  const tenant = tenantIdOf(app, auth);
  // Who comes with a password is asked for no trust, though one use of it is counted.
  const trusting = byToken && contains(auth, "trust_id");
  const trust = trusting ? trustIn(app, item(auth, "trust_id"), user, tenant) : undefined;
  const owner = trust === undefined ? user : userOf(app, trust.trustor_user_id);
  const project = tenant === undefined ? undefined : app.database.projects.get(tenant);
  if (tenant !== undefined && project === undefined) throw new Unauthorized();
  const held =
    project === undefined ? [] : checkMembership(rolesOnProject(app, owner.uuid, project));
  if (trust?.role_ids.some((id) => !held.includes(id)) === true) throw new Forbidden();
  const shown = trust?.impersonation === true ? owner : user;
  if (!app.enabled(shown) || (project !== undefined && !app.enabled(project))) {
    throw new Unauthorized();
  }
  return {
    userId: shown.uuid,
    projectId: project?.uuid ?? null,
    trustId: trust?.uuid ?? null,
    roleIds: trust?.role_ids ?? held,
    methods: parent === undefined ? ["password"] : ["password", "token"],
    parent,
  };
}

/** The trust that a token is to be for. Whatever is wrong with it is a 403. @throws Forbidden */
function trustIn(
  app: KeystoneApp,
  id: Json,
  user: Row<User>,
  tenant: string | undefined,
): Row<Trust> {
  const trust = app.flags.trust_enabled ? usableTrust(app, id) : undefined;
  if (trust?.trustee_user_id !== user.uuid) throw new Forbidden();
  if (trust.project_id !== null && tenant !== trust.project_id) throw new Forbidden();
  if (!userOf(app, trust.trustor_user_id).enabled || !user.enabled) throw new Forbidden();
  return trust;
}

/** The token that is offered in place of a password. */
function tokenIn(app: KeystoneApp, auth: Json): Row<Token> {
  const offered = item(auth, "token");
  if (!contains(offered, "id")) throw new ValidationError({ attribute: "id", target: "token" });
  const id = item(offered, "id");
  const { max_token_size } = app.flags;
  if (length(id) > max_token_size) {
    throw new ValidationSizeError({ attribute: "token", size: max_token_size });
  }
  const token = typeof id === "string" ? app.tokens.get(id) : undefined;
  if (token === undefined) throw new Unauthorized();
  // Who acts for another one cannot pass that on.
  if (token.trust_id !== null) throw new Forbidden();
  return token;
}

function userOf({ database }: KeystoneApp, id: string): Row<User> {
  const user = database.users.get(id);
  if (user === undefined) throw new NotFound({ what: "user", id });
  return user;
}

/** The user whom the credentials prove. */
function* passwordUser(app: KeystoneApp, auth: Json): Op<Row<User>> {
  if (!contains(auth, "passwordCredentials")) {
    throw new ValidationError({ attribute: "passwordCredentials", target: "auth" });
  }
  const credentials = item(auth, "passwordCredentials");
  if (!contains(credentials, "password")) {
    throw new ValidationError({ attribute: "password", target: "passwordCredentials" });
  }
  const password = item(credentials, "password");
  limit("password", password, app.flags.max_password_length);
  const id = get(credentials, "userId");
  const name = get(credentials, "username");
  if (!truth(id) && !truth(name)) {
    throw new ValidationError({ attribute: "username or userId", target: "passwordCredentials" });
  }
  const { max_param_size } = app.flags;
  limit("userId", id, max_param_size);
  limit("username", name, max_param_size);
  if (!truth(name)) {
    const user = app.database.users.get(str(id));
    return yield* checkPassword(app, str(id), user, password);
  }
  const user = userNamed(app, str(name), DEFAULT_DOMAIN);
  if (user === undefined) throw new Unauthorized();
  return yield* checkPassword(app, user.uuid, user, password);
}

/** The id of the tenant that is asked for, if one is. @throws Unauthorized for an unknown name */
function tenantIdOf(app: KeystoneApp, auth: Json): string | undefined {
  const { max_param_size } = app.flags;
  const id = get(auth, "tenantId");
  const name = get(auth, "tenantName");
  limit("tenantId", id, max_param_size);
  limit("tenantName", name, max_param_size);
  if (!truth(name)) return truth(id) ? str(id) : undefined;
  const project = projectNamed(app, str(name), DEFAULT_DOMAIN);
  if (project === undefined) throw new Unauthorized();
  return project.uuid;
}

/** @throws ValidationSizeError if it is longer than any id or name may be */
function limit(attribute: string, value: Json, size: number): void {
  if (truth(value) && length(value) > size) throw new ValidationSizeError({ attribute, size });
}

/**
 * `POST /v2.0/tokens`: a password or a token in, a token out; scoped if a tenant is named. Trusts
 * are not simulated. Upstream: keystone/token/controllers.py (Auth.authenticate); other-services §1.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { checkMembership, checkPassword, checkToken } from "../tokens/credentials.js";
import { DEFAULT_DOMAIN, type Project, type Token, type User } from "../database.js";
import { Unauthorized, ValidationError, ValidationSizeError } from "../exception.js";
import { objectAt, textAt } from "../input.js";

/** @throws HttpFault 400, 401 */
export function* authenticateV2(app: KeystoneApp, body: Json): Op<Row<Token>> {
  const auth = objectAt(body, "auth");
  if (isObject(auth["token"])) {
    const id = textAt(auth["token"], "id");
    if (id === undefined) throw new ValidationError({ attribute: "id", target: "token" });
    const { token, user } = checkToken(app, id);
    return issue(app, auth, user, { methods: union(token.methods, "token"), parent: token });
  }
  const credentials = auth["passwordCredentials"];
  if (!isObject(credentials))
    throw new ValidationError({ attribute: "passwordCredentials", target: "auth" });
  const user = yield* passwordUser(app, credentials);
  return issue(app, auth, user, { methods: ["password"] });
}

/** The user whom the credentials prove. @throws HttpFault 400, 401 */
function* passwordUser(app: KeystoneApp, credentials: JsonObject): Op<Row<User>> {
  const password = credentials["password"];
  if (typeof password !== "string")
    throw new ValidationError({ attribute: "password", target: "passwordCredentials" });
  const userId = limited(app, credentials, "userId");
  const name = limited(app, credentials, "username");
  if (userId === undefined && name === undefined) {
    throw new ValidationError({ attribute: "username or userId", target: "passwordCredentials" });
  }
  const { users } = app.database;
  const user =
    userId === undefined
      ? users.first({ name: name as string, domain_id: DEFAULT_DOMAIN })
      : users.get(userId);
  return yield* checkPassword(app, user, password);
}

function issue(
  app: KeystoneApp,
  auth: JsonObject,
  user: Row<User>,
  how: { methods: readonly string[]; parent?: Row<Token> },
): Row<Token> {
  const project = tenantOf(app, auth);
  const roleIds = project === undefined ? [] : checkMembership(app, user, project);
  return app.tokens.issue({
    userId: user.uuid,
    projectId: project?.uuid ?? null,
    roleIds,
    ...how,
  });
}

/** The tenant that is asked for, if one is. @throws HttpFault 400, 401 */
function tenantOf(app: KeystoneApp, auth: JsonObject): Row<Project> | undefined {
  const id = limited(app, auth, "tenantId");
  const name = limited(app, auth, "tenantName");
  if (id === undefined && name === undefined) return undefined;
  const { projects } = app.database;
  const project =
    id === undefined
      ? projects.first({ name: name as string, domain_id: DEFAULT_DOMAIN })
      : projects.get(id);
  if (project === undefined) throw new Unauthorized();
  return project;
}

/** @throws HttpFault 400 if it is longer than any id or name may be */
function limited(app: KeystoneApp, from: JsonObject, key: string): string | undefined {
  const text = textAt(from, key);
  const { max_param_size } = app.flags;
  if (text !== undefined && text.length > max_param_size)
    throw new ValidationSizeError({ attribute: key, size: max_param_size });
  return text;
}

const union = (methods: readonly string[], method: string): readonly string[] =>
  methods.includes(method) ? methods : [...methods, method];

/**
 * `POST /v3/auth/tokens`: one or more methods prove who it is, a scope says for what. Trusts are not
 * simulated. Upstream: keystone/auth/controllers.py (Auth, AuthInfo); other-services §1.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { checkMembership, checkPassword, checkToken } from "../tokens/credentials.js";
import type { Domain, Project, Token, User } from "../database.js";
import {
  AuthMethodNotSupported,
  KeystoneException,
  NotImplemented,
  Unauthorized,
  ValidationError,
} from "../exception.js";
import { objectAt, textAt } from "../input.js";

interface Proof {
  readonly user: Row<User>;
  readonly methods: readonly string[];
  readonly parent?: Row<Token>;
}

/** @throws HttpFault 400, 401 */
export function* authenticateV3(app: KeystoneApp, body: Json): Op<Row<Token>> {
  const auth = objectAt(body, "auth");
  const proof = yield* identify(app, objectAt(auth, "identity", "auth"));
  const { user, methods, parent } = proof;
  const scope = scopeOf(app, auth, user);
  return app.tokens.issue({ userId: user.uuid, methods, parent, ...scope });
}

/** All methods that are named must prove the same user. */
function* identify(app: KeystoneApp, identity: JsonObject): Op<Proof> {
  const names = identity["methods"];
  if (!Array.isArray(names) || names.length === 0)
    throw new ValidationError({ attribute: "methods", target: "identity" });
  const proofs: Proof[] = [];
  for (const name of new Set(names as readonly Json[])) {
    const payload = typeof name === "string" ? (identity[name] ?? null) : null;
    if (name === "password") proofs.push(yield* byPassword(app, payload));
    else if (name === "token") proofs.push(byToken(app, payload));
    else throw new AuthMethodNotSupported();
  }
  const [first, ...others] = proofs as [Proof, ...Proof[]];
  if (others.some(({ user }) => user.uuid !== first.user.uuid)) throw new Unauthorized();
  const parent = proofs.find((proof) => proof.parent !== undefined)?.parent;
  const methods = [...new Set(proofs.flatMap((proof) => proof.methods))];
  return { user: first.user, methods, ...(parent && { parent }) };
}

function* byPassword(app: KeystoneApp, payload: Json): Op<Proof> {
  const asked = objectAt(payload, "user", "password");
  const password = asked["password"];
  if (typeof password !== "string")
    throw new ValidationError({ attribute: "password", target: "user" });
  const id = textAt(asked, "id");
  const found =
    id === undefined ? named(app, app.database.users, asked, "user") : app.database.users.get(id);
  const user = yield* checkPassword(app, found, password);
  return { user, methods: ["password"] };
}

function byToken(app: KeystoneApp, payload: Json): Proof {
  const id = isObject(payload) ? textAt(payload, "id") : undefined;
  if (id === undefined) throw new ValidationError({ attribute: "id", target: "token" });
  const { token, user } = checkToken(app, id);
  return { user, methods: [...new Set([...token.methods, "token"])], parent: token };
}

type Scope = {
  readonly projectId?: string;
  readonly domainId?: string;
  readonly roleIds?: readonly string[];
};

/** @throws HttpFault 400, 401 */
function scopeOf(app: KeystoneApp, auth: JsonObject, user: Row<User>): Scope {
  const scope = auth["scope"];
  if (!isObject(scope)) return defaultScope(app, user);
  const { project, domain } = scope;
  if (scope["OS-TRUST:trust"] !== undefined) {
    throw new NotImplemented();
  }
  if (isObject(project) === isObject(domain))
    throw new ValidationError({ attribute: "project or domain", target: "scope" });
  if (isObject(project)) return projectScope(app, user, projectOf(app, project));
  const row = domainOf(app, domain as JsonObject);
  if (row?.enabled !== true) throw new Unauthorized();
  const roles = app.database.rolesOn(user.uuid, row.uuid);
  if (roles.length === 0) throw new Unauthorized();
  return { domainId: row.uuid, roleIds: roles.map(({ uuid }) => uuid) };
}

/** The user's own project, if it has one in which it may do anything; else no scope at all. */
function defaultScope(app: KeystoneApp, user: Row<User>): Scope {
  if (user.default_project_id === null) return {};
  try {
    return projectScope(app, user, app.database.projects.get(user.default_project_id));
  } catch (error) {
    if (!(error instanceof KeystoneException)) throw error;
    return {};
  }
}

function projectScope(app: KeystoneApp, user: Row<User>, project: Row<Project> | undefined): Scope {
  const roleIds = checkMembership(app, user, project);
  return { projectId: (project as Row<Project>).uuid, roleIds };
}

function projectOf(app: KeystoneApp, asked: JsonObject): Row<Project> | undefined {
  const id = textAt(asked, "id");
  const { projects } = app.database;
  return id === undefined ? named(app, projects, asked, "project") : projects.get(id);
}

function domainOf(app: KeystoneApp, asked: JsonObject): Row<Domain> | undefined {
  const id = textAt(asked, "id");
  if (id !== undefined) return app.database.domains.get(id);
  const name = textAt(asked, "name");
  if (name === undefined) throw new ValidationError({ attribute: "id or name", target: "domain" });
  return app.database.domains.first({ name });
}

/** A thing by its name, which means something within a domain only. @throws HttpFault 400, 401 */
function named<R>(
  app: KeystoneApp,
  table: { first(conditions: { name: string; domain_id: string }): R | undefined },
  asked: JsonObject,
  what: string,
): R | undefined {
  const name = textAt(asked, "name");
  if (name === undefined) throw new ValidationError({ attribute: "id or name", target: what });
  const domain = domainOf(app, objectAt(asked, "domain", what));
  if (domain === undefined) throw new Unauthorized();
  return table.first({ name, domain_id: domain.uuid });
}

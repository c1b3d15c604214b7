/**
 * `POST /v3/auth/tokens`: a scope says for what, one or more methods prove who it is; the scope is
 * looked at first. Trusts are not simulated. Upstream: keystone/auth/controllers.py (Auth, AuthInfo),
 * keystone/auth/plugins/password.py, token.py at 2014.2.
 */
import {
  dictOrder,
  hashable,
  isObject,
  PythonTypeError,
  str,
  type Json,
} from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import {
  AuthMethodNotSupported,
  NotImplemented,
  TokenNotFound,
  Unauthorized,
  ValidationError,
} from "../exception.js";
import { projectNamed } from "../managers/assignment.js";
import { userNamed } from "../managers/identity.js";
import type { Domain, Project, Token, User } from "../store/database.js";
import { checkMembership, checkPassword } from "../tokens/credentials.js";
import { contains, isTruthy, itemOf, valueOf } from "../web/input.js";

const METHODS = ["external", "password", "token"];

/** What the methods have found out so far. */
interface AuthContext {
  user?: Row<User>;
  parent?: Row<Token>;
  methods: readonly string[];
}

interface Scope {
  readonly project?: Row<Project>;
  readonly domain?: Row<Domain>;
}

/** @throws ValidationError, Unauthorized, TokenNotFound */
export function* authenticateV3(app: KeystoneApp, auth: Json): Op<Row<Token>> {
  if (!isTruthy(auth)) throw new ValidationError({ attribute: "auth", target: "request body" });
  const names = methodsIn(auth);
  const scope = scopeIn(app, auth);
  const context: AuthContext = { methods: [] };
  for (const name of names)
    yield* prove(app, name, itemOf(itemOf(auth, "identity"), name), context);
  const { user, parent } = context;
  if (user === undefined) throw new Unauthorized();
  const { project, domain } = scope ?? defaultScope(app, user);
  const place = project ?? domain;
  return app.tokens.issue({
    userId: user.uuid,
    projectId: project?.uuid ?? null,
    domainId: domain?.uuid ?? null,
    roleIds: place === undefined ? [] : checkMembership(app, user, place),
    methods: dictOrder([...new Set([...names, ...context.methods])]),
    parent,
    chained: parent === undefined || !app.database.isOfV2(parent),
  });
}

/** The names of the methods, each with what it needs. */
function methodsIn(auth: Json): string[] {
  if (!contains(auth, "identity")) {
    throw new ValidationError({ attribute: "identity", target: "auth" });
  }
  const identity = itemOf(auth, "identity");
  if (!contains(identity, "methods")) {
    throw new ValidationError({ attribute: "methods", target: "identity" });
  }
  const names: string[] = [];
  for (const method of iterated(itemOf(identity, "methods"))) {
    if (isObject(identity)) hashable(method);
    if (typeof method !== "string" || !contains(identity, method)) {
      throw new ValidationError({ attribute: str(method), target: "identity" });
    }
    if (!names.includes(method)) names.push(method);
  }
  if (names.some((name) => !METHODS.includes(name))) throw new AuthMethodNotSupported();
  return names;
}

/** `for name in methods`. */
function iterated(methods: Json): readonly Json[] {
  if (typeof methods === "string") return Array.from(methods);
  if (Array.isArray(methods)) return methods as readonly Json[];
  if (isObject(methods)) return dictOrder(Object.keys(methods));
  const type = methods === null ? "NoneType" : typeof methods === "boolean" ? "bool" : "int";
  throw new PythonTypeError(`'${type}' object is not iterable`);
}

function* prove(app: KeystoneApp, name: string, payload: Json, context: AuthContext): Op<void> {
  if (name === "password") {
    const user = yield* byPassword(app, payload);
    if (context.user !== undefined && context.user.uuid !== user.uuid) throw new Unauthorized();
    context.user = user;
  } else if (name === "token") {
    byToken(app, payload, context);
  } else throw new Unauthorized();
}

function* byPassword(app: KeystoneApp, payload: Json): Op<Row<User>> {
  if (!contains(payload, "user")) {
    throw new ValidationError({ attribute: "user", target: "password" });
  }
  const asked = itemOf(payload, "user");
  const id = valueOf(asked, "id");
  const name = valueOf(asked, "name");
  if (!isTruthy(id) && !isTruthy(name)) {
    throw new ValidationError({ attribute: "id or name", target: "user" });
  }
  const password = valueOf(asked, "password");
  const user = isTruthy(name)
    ? userNamed(app, str(name), domainOf(app, asked, "user").uuid)
    : app.database.users.get(str(id));
  if (user === undefined || !app.enabled(user)) throw new Unauthorized();
  return yield* checkPassword(app, user.uuid, user, password);
}

/** A token that is none is not found, where everything else that is wrong is not authorized. */
function byToken(app: KeystoneApp, payload: Json, context: AuthContext): void {
  if (!contains(payload, "id")) throw new ValidationError({ attribute: "id", target: "token" });
  const token_id = itemOf(payload, "id");
  const token = typeof token_id === "string" ? app.tokens.get(token_id) : undefined;
  if (token === undefined) throw new TokenNotFound({ token_id: token_id ?? "" });
  const user = app.database.users.get(token.user_id);
  if (user === undefined) throw new Unauthorized();
  context.parent ??= token;
  context.user ??= user;
  // A token of v2 does not say by which methods it was got.
  if (!app.database.isOfV2(token)) context.methods = [...context.methods, ...token.methods];
}

/** The scope that is asked for, if one is. */
function scopeIn(app: KeystoneApp, auth: Json): Scope | undefined {
  if (!contains(auth, "scope")) return undefined;
  const scope = itemOf(auth, "scope");
  const kinds = ["project", "domain", "OS-TRUST:trust"].filter((kind) => contains(scope, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new ValidationError({
      attribute: "project, domain, or OS-TRUST:trust",
      target: "scope",
    });
  }
  if (kind === "OS-TRUST:trust") throw new NotImplemented();
  const asked = itemOf(scope, kind);
  return kind === "project"
    ? { project: projectOf(app, asked) }
    : { domain: namedDomain(app, asked) };
}

/** The user's own project, if it has one in which it may do anything; else no scope at all. */
function defaultScope(app: KeystoneApp, user: Row<User>): Scope {
  const project = app.database.projects.get(user.default_project_id ?? "");
  if (project === undefined || !app.enabled(project)) return {};
  return app.database.rolesOn(user.uuid, project.uuid).length > 0 ? { project } : {};
}

function projectOf(app: KeystoneApp, asked: Json): Row<Project> {
  const id = valueOf(asked, "id");
  const name = valueOf(asked, "name");
  if (!isTruthy(id) && !isTruthy(name)) {
    throw new ValidationError({ attribute: "id or name", target: "project" });
  }
  const project = isTruthy(name)
    ? projectNamed(app, str(name), domainOf(app, asked, "project").uuid)
    : app.database.projects.get(str(id));
  if (project === undefined || !app.enabled(project)) throw new Unauthorized();
  return project;
}

/** The domain within which a name means something. */
function domainOf(app: KeystoneApp, asked: Json, target: string): Row<Domain> {
  if (!contains(asked, "domain")) throw new ValidationError({ attribute: "domain", target });
  return namedDomain(app, itemOf(asked, "domain"));
}

function namedDomain({ database }: KeystoneApp, asked: Json): Row<Domain> {
  const id = valueOf(asked, "id");
  const name = valueOf(asked, "name");
  if (!isTruthy(id) && !isTruthy(name)) {
    throw new ValidationError({ attribute: "id or name", target: "domain" });
  }
  const domain = isTruthy(name)
    ? database.domains.first({ name: str(name) })
    : database.domains.get(str(id));
  if (domain?.enabled !== true) throw new Unauthorized();
  return domain;
}

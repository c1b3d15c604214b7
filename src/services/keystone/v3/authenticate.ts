/**
 * `POST /v3/auth/tokens`: a scope says for what, one or more methods prove who it is; the scope is
 * looked at first. Upstream: keystone/auth/controllers.py (Auth, AuthInfo),
 * keystone/auth/plugins/password.py, token.py at 2014.2.
 */
import {
  type Json,
  PythonTypeError,
  contains,
  dictOrder,
  get,
  hashable,
  isObject,
  item,
  str,
  truth,
} from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { KeystoneApp } from "../app.js";
import {
  AuthMethodNotSupported,
  Forbidden,
  NotFound,
  TokenNotFound,
  Unauthorized,
  ValidationError,
} from "../exception.js";
import { projectNamed } from "../managers/assignment.js";
import { userNamed } from "../managers/identity.js";
import { rolesOnDomain, rolesOnProject } from "../managers/effective-roles.js";
import { usableTrust } from "../managers/trusts.js";
import type { Domain, Project, Token, Trust, User } from "../store/rows.js";
import { checkMembership, checkPassword } from "../tokens/credentials.js";
import type { Grant } from "../tokens/provider.js";

const METHODS = ["external", "password", "token"];

/** What the methods have found out so far. */
interface AuthContext {
  user?: Row<User>;
  parent?: Row<Token>;
  methods: readonly string[];
}

interface Scope {
  readonly project?: Row<Project> | undefined;
  readonly domain?: Row<Domain>;
  readonly trust?: Row<Trust>;
}

/** What the new token is to be. @throws ValidationError, Unauthorized, Forbidden, TokenNotFound */
export function* authenticateV3(app: KeystoneApp, auth: Json): Op<Grant> {
  if (!truth(auth)) throw new ValidationError({ attribute: "auth", target: "request body" });
  const names = methodsIn(auth);
  const scope = scopeIn(app, auth);
  const context: AuthContext = { methods: [] };
  for (const name of names) yield* prove(app, name, item(item(auth, "identity"), name), context);
  const { user, parent } = context;
  if (user === undefined) throw new Unauthorized();
  const { project, domain, trust } = scope ?? defaultScope(app, user);
  const shared = {
    projectId: project?.uuid ?? null,
    methods: dictOrder([...new Set([...names, ...context.methods])]),
    parent,
    chained: parent === undefined || !app.database.isOfV2(parent),
  };
  if (trust !== undefined) return { ...shared, ...byTrust(app, trust, user, project) };
  let roleIds: string[] = [];
  if (project !== undefined) roleIds = checkMembership(rolesOnProject(app, user.uuid, project));
  else if (domain !== undefined) roleIds = checkMembership(rolesOnDomain(app, user.uuid, domain));
  return { ...shared, userId: user.uuid, domainId: domain?.uuid ?? null, roleIds };
}

/** As whom, and with which roles, a trustee acts. @throws Forbidden */
function byTrust(
  app: KeystoneApp,
  trust: Row<Trust>,
  user: Row<User>,
  project: Row<Project> | undefined,
): Pick<Grant, "userId" | "trustId" | "roleIds"> {
  const trustor = app.database.users.get(trust.trustor_user_id);
  if (user.uuid !== trust.trustee_user_id) throw new Forbidden();
  if (trustor === undefined) throw new NotFound({ what: "user", id: trust.trustor_user_id });
  if (!app.enabled(trustor)) throw new Forbidden();
  const { uuid: trustId, role_ids, impersonation } = trust;
  const held = project === undefined ? role_ids : rolesOnProject(app, trustor.uuid, project);
  if (role_ids.some((id) => !held.includes(id))) throw new Forbidden();
  const roleIds = project === undefined ? [] : role_ids;
  return { userId: impersonation ? trustor.uuid : user.uuid, trustId, roleIds };
}

/** The names of the methods, each with what it needs. */
function methodsIn(auth: Json): string[] {
  if (!contains(auth, "identity")) {
    throw new ValidationError({ attribute: "identity", target: "auth" });
  }
  const identity = item(auth, "identity");
  if (!contains(identity, "methods")) {
    throw new ValidationError({ attribute: "methods", target: "identity" });
  }
  const names: string[] = [];
  for (const method of iterated(item(identity, "methods"))) {
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
  const asked = item(payload, "user");
  const id = get(asked, "id");
  const name = get(asked, "name");
  if (!truth(id) && !truth(name)) {
    throw new ValidationError({ attribute: "id or name", target: "user" });
  }
  const password = get(asked, "password");
  const user = truth(name)
    ? userNamed(app, str(name), domainOf(app, asked, "user").uuid)
    : app.database.users.get(str(id));
  if (user === undefined || !app.enabled(user)) throw new Unauthorized();
  return yield* checkPassword(app, user.uuid, user, password);
}

/** A token that is none is not found, where everything else that is wrong is not authorized. */
function byToken(app: KeystoneApp, payload: Json, context: AuthContext): void {
  if (!contains(payload, "id")) throw new ValidationError({ attribute: "id", target: "token" });
  const token_id = item(payload, "id");
  if (typeof token_id !== "string") throw new TokenNotFound({ token_id: token_id ?? "" });
  const token = app.tokens.validate(token_id);
  // Who acts for another one cannot pass that on.
  if (token.trust_id !== null) throw new Forbidden();
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
  const scope = item(auth, "scope");
  const kinds = ["project", "domain", "OS-TRUST:trust"].filter((kind) => contains(scope, kind));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new ValidationError({
      attribute: "project, domain, or OS-TRUST:trust",
      target: "scope",
    });
  }
  const asked = item(scope, kind);
  if (kind === "OS-TRUST:trust") return trustScope(app, asked);
  return kind === "project"
    ? { project: projectOf(app, asked) }
    : { domain: namedDomain(app, asked) };
}

/** One that is not there is a 401 here. @throws Unauthorized, Forbidden, ValidationError */
function trustScope(app: KeystoneApp, asked: Json): Scope {
  if (!app.flags.trust_enabled) throw new Forbidden();
  const id = get(asked, "id");
  if (!truth(id)) throw new ValidationError({ attribute: "trust_id", target: "trust" });
  const trust = usableTrust(app, id);
  if (trust === undefined) throw new Unauthorized();
  const { project_id } = trust;
  return { trust, project: project_id === null ? undefined : projectOf(app, { id: project_id }) };
}

/** The user's own project, if it has one in which it may do anything; else no scope at all. */
function defaultScope(app: KeystoneApp, user: Row<User>): Scope {
  const project = app.database.projects.get(user.default_project_id ?? "");
  if (project === undefined || !app.enabled(project)) return {};
  return rolesOnProject(app, user.uuid, project).length > 0 ? { project } : {};
}

function projectOf(app: KeystoneApp, asked: Json): Row<Project> {
  const id = get(asked, "id");
  const name = get(asked, "name");
  if (!truth(id) && !truth(name)) {
    throw new ValidationError({ attribute: "id or name", target: "project" });
  }
  const project = truth(name)
    ? projectNamed(app, str(name), domainOf(app, asked, "project").uuid)
    : app.database.projects.get(str(id));
  if (project === undefined || !app.enabled(project)) throw new Unauthorized();
  return project;
}

/** The domain within which a name means something. */
function domainOf(app: KeystoneApp, asked: Json, target: string): Row<Domain> {
  if (!contains(asked, "domain")) throw new ValidationError({ attribute: "domain", target });
  return namedDomain(app, item(asked, "domain"));
}

function namedDomain({ database }: KeystoneApp, asked: Json): Row<Domain> {
  const id = get(asked, "id");
  const name = get(asked, "name");
  if (!truth(id) && !truth(name)) {
    throw new ValidationError({ attribute: "id or name", target: "domain" });
  }
  const domain = truth(name)
    ? database.domains.first({ name: str(name) })
    : database.domains.get(str(id));
  if (domain?.enabled !== true) throw new Unauthorized();
  return domain;
}

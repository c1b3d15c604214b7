/**
 * What v2 says about tokens, tenants, users and services. A token says what it said when it was
 * issued; one that v3 has issued is described anew. Upstream: keystone/token/providers/common.py,
 * keystone/common/controller.py (v3_to_v2_user) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { PythonTypeError, type JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized } from "../exception.js";
import { projectDict, roleDict } from "../managers/assignment.js";
import { DEFAULT_DOMAIN } from "../store/database.js";
import { usableTrust } from "../managers/trusts.js";
import type { Token, Trust } from "../store/rows.js";
import type { Draft, Grant } from "../tokens/provider.js";
import { catalogV2 } from "../tokens/catalog.js";
import { substitutions } from "../v3/bodies.js";

/**
 * `{access: ...}` of a new token, which is kept with it.
 * @param shown what is said in place of that, where a token is got otherwise. @throws UnexpectedError
 */
export function issueAccess(
  app: KeystoneApp,
  grant: Grant,
  shown: (access: Access) => Access = (access) => access,
): JsonObject {
  const draft = app.tokens.draft(grant);
  const access = shown(accessOf(app, draft, "placeholder", true));
  return app.tokens.issue(draft, { access }, (id) => ({
    access: { ...access, token: { ...access.token, id } },
  })).body;
}

/** `{access: ...}` of a token that is asked about. @throws Unauthorized for what v2 cannot say */
export function validatedAccess(app: KeystoneApp, token: Row<Token>): JsonObject {
  const { users, projects, issued } = app.database;
  const known = issued.get(token.token);
  if (known !== undefined && app.database.isOfV2(token)) return known;
  const user = users.get(token.user_id);
  const project = token.project_id === null ? undefined : projects.get(token.project_id);
  if (user?.domain_id !== DEFAULT_DOMAIN || token.domain_id !== null) throw new Unauthorized();
  if (project !== undefined && project.domain_id !== DEFAULT_DOMAIN) throw new Unauthorized();
  if (token.trust_id !== null) requireDefaultDomain(app, trustOf(app, token));
  return { access: accessOf(app, token, token.token, false) };
}

/**
 * Both parties and the project are v2's. Upstream reads a trust that is spent before it looks whether
 * there is one, which is Python's mistake and so a 400. @throws Unauthorized, PythonTypeError
 */
function requireDefaultDomain({ database }: KeystoneApp, trust: Row<Trust> | undefined): void {
  if (trust === undefined) {
    throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
  }
  const { trustee_user_id, trustor_user_id, project_id } = trust;
  const places = [
    database.users.get(trustee_user_id),
    database.users.get(trustor_user_id),
    database.projects.get(project_id ?? ""),
  ];
  if (places.some((place) => place?.domain_id !== DEFAULT_DOMAIN)) throw new Unauthorized();
}

type Access = JsonObject & { readonly token: JsonObject };

/** @param own it is of v2 */
function accessOf(app: KeystoneApp, token: Draft, id: string, own: boolean): Access {
  const { database } = app;
  const { calendar, now } = app.env.kernel;
  const user = database.users.get(token.user_id);
  const project = token.project_id === null ? undefined : database.projects.get(token.project_id);
  if (user === undefined) throw new Unauthorized();
  const roles = token.role_ids.flatMap((id) => database.roles.get(id) ?? []);
  const domain = { id: DEFAULT_DOMAIN, name: database.domains.get(DEFAULT_DOMAIN)?.name ?? "" };
  const tenant =
    project && (own ? tenantBody(projectDict(project)) : { ...named(project), domain });
  const scoped = project !== undefined;
  const trust = trustOf(app, token);
  return {
    token: {
      issued_at: own ? token.issued_at : calendar.stamp(now),
      expires: calendar.iso(calendar.parse(token.expires)),
      id,
      ...(tenant && { tenant: { ...tenant, enabled: true } }),
      audit_ids: token.audit_ids,
    },
    ...(scoped && { serviceCatalog: catalogV2(database, substitutions(app, token)) }),
    ...(!scoped && own && { serviceCatalog: [] }),
    user: {
      username: user.name,
      roles_links: [],
      id: user.uuid,
      roles: own ? roles.map(({ name }) => ({ name })) : roles.map(roleDict),
      name: user.name,
    },
    ...((scoped || own || trust) && { metadata: { is_admin: 0, roles: [...token.role_ids] } }),
    ...(trust && {
      trust: {
        trustee_user_id: trust.trustee_user_id,
        id: trust.uuid,
        trustor_user_id: trust.trustor_user_id,
        impersonation: trust.impersonation,
      },
    }),
  };
}

/** The trust that it came by, if that can still be used. */
const trustOf = (app: KeystoneApp, { trust_id }: Draft): Row<Trust> | undefined =>
  trust_id === null ? undefined : usableTrust(app, trust_id);

const named = ({ uuid, name }: { uuid: string; name: string }): JsonObject => ({ id: uuid, name });

/** v2 knows no domains. */
export function tenantBody({ domain_id: _, ...project }: JsonObject): JsonObject {
  const { description, enabled, id, name, ...extra } = project;
  const columns = { description, enabled, id, name };
  const named = Object.entries(columns).filter(([key]) => key in project);
  return { ...(Object.fromEntries(named) as JsonObject), ...extra };
}

/** A user as v2 calls its members. */
export function userBody(user: JsonObject): JsonObject {
  const { default_project_id = null, domain_id: _domain, tenantId: _tenant, ...shown } = user;
  return {
    username: user["name"] ?? null,
    ...shown,
    ...(default_project_id !== null && { tenantId: default_project_id }),
  };
}

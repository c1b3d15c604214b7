/**
 * What v2 says about tokens, tenants, users and services. A token says what it said when it was
 * issued; one that v3 has issued is described anew. Upstream: keystone/token/providers/common.py,
 * keystone/common/controller.py (v3_to_v2_user) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized } from "../exception.js";
import { projectDict, roleDict } from "../managers/assignment.js";
import { DEFAULT_DOMAIN, type Token } from "../store/database.js";
import { catalogV2 } from "../tokens/catalog.js";
import { substitutions } from "../v3/bodies.js";

/** `{access: ...}` of a new token, which is kept with it. @throws UnexpectedError */
export function issuedAccess(app: KeystoneApp, token: Row<Token>): JsonObject {
  const body = accessBody(app, token, true);
  app.database.issued.set(token.token, body);
  return body;
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
  return accessBody(app, token, false);
}

/** @param own it is of v2 */
function accessBody(app: KeystoneApp, token: Row<Token>, own: boolean): JsonObject {
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
  return {
    access: {
      token: {
        issued_at: own ? token.issued_at : calendar.stamp(now),
        expires: calendar.iso(calendar.parse(token.expires)),
        id: token.token,
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
      ...((scoped || own) && { metadata: { is_admin: 0, roles: [...token.role_ids] } }),
    },
  };
}

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

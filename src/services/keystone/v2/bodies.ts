/** What v2 says about tokens, tenants and users. Upstream: keystone/token/providers/common.py. */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { catalogV2 } from "../tokens/catalog.js";
import type { Project, Role, Token, User } from "../database.js";
import { NotFound } from "../exception.js";
import { substitutions } from "../v3/bodies.js";

/** `{access: ...}`. @throws HttpFault 404 if the token's user or tenant is gone */
export function accessBody(app: KeystoneApp, token: Row<Token>): JsonObject {
  const { database } = app;
  const { calendar } = app.env.kernel;
  const user = database.users.get(token.user_id);
  const project = token.project_id === null ? undefined : database.projects.get(token.project_id);
  if (user === undefined || (token.project_id !== null && project === undefined)) {
    throw new NotFound({ what: "token", id: token.token });
  }
  const roles = token.role_ids.flatMap((id) => database.roles.get(id) ?? []);
  return {
    access: {
      token: {
        issued_at: token.issued_at,
        expires: calendar.iso(calendar.parse(token.expires)),
        id: token.token,
        ...(project && { tenant: tenantBody(project) }),
        audit_ids: token.audit_ids,
      },
      serviceCatalog: project === undefined ? [] : catalogV2(database, substitutions(app, token)),
      user: {
        username: user.name,
        roles_links: [],
        id: user.uuid,
        roles: roles.map(({ name }) => ({ name })),
        name: user.name,
      },
      metadata: { is_admin: 0, roles: [...token.role_ids] },
    },
  };
}

export const tenantBody = ({ uuid, name, description, enabled }: Row<Project>): JsonObject => ({
  description,
  enabled,
  id: uuid,
  name,
});

export const userBody = (user: Row<User>): JsonObject => ({
  username: user.name,
  name: user.name,
  id: user.uuid,
  enabled: user.enabled,
  email: user.email,
  ...(user.default_project_id !== null && { tenantId: user.default_project_id }),
});

export const roleBody = ({ uuid, name }: Row<Role>): JsonObject => ({ id: uuid, name });

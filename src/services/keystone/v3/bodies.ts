/** What v3 says about tokens and what it keeps. Upstream: keystone/token/providers/common.py. */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { catalogV3, type Substitutions } from "../tokens/catalog.js";
import type { Domain, Project, Role, Token, User } from "../database.js";
import { NotFound } from "../exception.js";

/** `{token: ...}`. @throws HttpFault 404 if what the token is for is gone */
export function tokenBody(app: KeystoneApp, token: Row<Token>, catalog: boolean): JsonObject {
  const { database } = app;
  const user = database.users.get(token.user_id);
  const project = token.project_id === null ? undefined : database.projects.get(token.project_id);
  const domain = token.domain_id === null ? undefined : database.domains.get(token.domain_id);
  if (user === undefined || (token.project_id !== null && project === undefined)) {
    throw new NotFound({ what: "token", id: token.token });
  }
  const scoped = project !== undefined || domain !== undefined;
  const roles = token.role_ids.flatMap((id) => database.roles.get(id) ?? []);
  return {
    token: {
      methods: token.methods,
      ...(scoped && { roles: roles.map(({ uuid: id, name }) => ({ id, name })) }),
      expires_at: `${token.expires}Z`,
      ...(project && { project: { domain: domainOf(app, project.domain_id), ...named(project) } }),
      ...(domain && { domain: named(domain) }),
      ...(scoped && catalog && { catalog: catalogV3(database, substitutions(app, token)) }),
      extras: {},
      user: { domain: domainOf(app, user.domain_id), ...named(user) },
      audit_ids: token.audit_ids,
      issued_at: `${token.issued_at}Z`,
    },
  };
}

/** What the URL templates of the catalog may name. */
export function substitutions(app: KeystoneApp, token: Row<Token>): Substitutions {
  const { admin_port, public_port } = app.flags;
  return {
    user_id: token.user_id,
    ...(token.project_id !== null && { tenant_id: token.project_id }),
    admin_port: String(admin_port),
    public_port: String(public_port),
  };
}

const named = ({ uuid, name }: { uuid: string; name: string }): JsonObject => ({ id: uuid, name });

function domainOf(app: KeystoneApp, id: string): JsonObject {
  return { id, name: app.database.domains.get(id)?.name ?? id };
}

/** Where a thing of v3 is to be found. */
export type Links = (path: string) => JsonObject;

export const linksAt =
  (base: string): Links =>
  (path) => ({ self: `${base}/v3/${path}` });

export const userV3 = (user: Row<User>, links: Links): JsonObject => ({
  id: user.uuid,
  name: user.name,
  domain_id: user.domain_id,
  enabled: user.enabled,
  ...(user.email !== null && { email: user.email }),
  ...(user.default_project_id !== null && { default_project_id: user.default_project_id }),
  links: links(`users/${user.uuid}`),
});

export const projectV3 = (project: Row<Project>, links: Links): JsonObject => ({
  id: project.uuid,
  name: project.name,
  domain_id: project.domain_id,
  description: project.description,
  enabled: project.enabled,
  links: links(`projects/${project.uuid}`),
});

export const roleV3 = ({ uuid, name }: Row<Role>, links: Links): JsonObject => ({
  id: uuid,
  name,
  links: links(`roles/${uuid}`),
});

export const domainV3 = ({ uuid, name, enabled }: Row<Domain>, links: Links): JsonObject => ({
  id: uuid,
  name,
  enabled,
  links: links(`domains/${uuid}`),
});

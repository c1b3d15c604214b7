/**
 * What v3 says about tokens. A token says what it said when it was issued; one that v2 has issued is
 * described anew, with both methods and with dates in v2's form. Upstream:
 * keystone/token/providers/common.py (V3TokenDataHelper, validate_v3_token) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { TokenNotFound, Unauthorized } from "../exception.js";
import { roleDict } from "../managers/assignment.js";
import type { Token } from "../store/rows.js";
import type { Draft, Grant, Issued } from "../tokens/provider.js";
import { catalogV3, type Substitutions } from "../tokens/catalog.js";

/** A new token, and the `{token: ...}` that it is kept with. */
export function issueToken(app: KeystoneApp, grant: Grant, catalog: boolean): Issued {
  const draft = app.tokens.draft(grant);
  return app.tokens.issue(draft, tokenBody(app, draft, { catalog, own: true }));
}

/** `{token: ...}` of a token that is asked about. */
export function validatedToken(app: KeystoneApp, token: Row<Token>, catalog: boolean): JsonObject {
  const { database } = app;
  const own = !database.isOfV2(token);
  const known = own ? database.issued.get(token.token) : undefined;
  const body = known ?? tokenBody(app, token, { catalog: true, own });
  if (catalog) return body;
  const { catalog: _, ...rest } = body["token"] as JsonObject;
  return { token: rest };
}

/** @param how whether with the catalog, and whether it is of v3 */
function tokenBody(
  app: KeystoneApp,
  token: Draft & { readonly token?: string },
  { catalog, own }: { readonly catalog: boolean; readonly own: boolean },
): JsonObject {
  const { database } = app;
  const trust = own && token.trust_id !== null ? database.trusts.get(token.trust_id) : undefined;
  const user = database.users.get(token.user_id);
  const project = token.project_id === null ? undefined : database.projects.get(token.project_id);
  const domain = token.domain_id === null ? undefined : database.domains.get(token.domain_id);
  if (user === undefined || (token.project_id !== null && project === undefined)) {
    throw new TokenNotFound({ token_id: token.token ?? "" });
  }
  const user_id = trust?.trustor_user_id ?? token.user_id;
  const places = substitutions(app, { user_id, project_id: token.project_id });
  const scoped = project !== undefined || domain !== undefined;
  const roles = token.role_ids.flatMap((id) => database.roles.get(id) ?? []);
  if (scoped && roles.length === 0) throw new Unauthorized();
  return {
    token: {
      methods: own ? token.methods : ["password", "token"],
      ...(scoped && { roles: roles.map((role) => (trust ? roleDict(role) : named(role))) }),
      expires_at: `${own ? token.expires : wholeSeconds(token.expires)}Z`,
      ...(project && { project: { domain: domainOf(app, project.domain_id), ...named(project) } }),
      ...(domain && { domain: named(domain) }),
      ...(scoped && catalog && { catalog: catalogV3(database, places) }),
      extras: {},
      user: { domain: domainOf(app, user.domain_id), ...named(user) },
      ...(trust && {
        "OS-TRUST:trust": {
          id: trust.uuid,
          trustor_user: { id: trust.trustor_user_id },
          trustee_user: { id: trust.trustee_user_id },
          impersonation: trust.impersonation,
        },
      }),
      audit_ids: token.audit_ids,
      issued_at: own ? `${token.issued_at}Z` : token.issued_at,
    },
  };
}

/** What the URL templates of the catalog may name. A token for a domain has `None` for a tenant. */
export function substitutions(
  app: KeystoneApp,
  token: Pick<Token, "user_id" | "project_id">,
): Substitutions {
  const { admin_port, public_port } = app.flags;
  return {
    user_id: token.user_id,
    tenant_id: token.project_id ?? "None",
    admin_port,
    public_port,
  };
}

const wholeSeconds = (stamp: string): string => stamp.replace(/\.\d+$/, ".000000");

const named = ({ uuid, name }: { uuid: string; name: string }): JsonObject => ({ id: uuid, name });

function domainOf(app: KeystoneApp, id: string): JsonObject {
  return { id, name: app.database.domains.get(id)?.name ?? id };
}

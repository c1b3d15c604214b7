/**
 * What the token middleware tells a service about who asks, made once for each token. Upstream:
 * keystonemiddleware 1.2.0 `auth_token.py` (_build_user_headers, _v3_to_v2_catalog).
 */
import type { Headers } from "../../http/index.js";
import type { JsonObject } from "../../python/index.js";
import { InvalidToken } from "./errors.js";

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Scoped extends Named {
  readonly domain: Named;
}

interface V3Service {
  readonly type: string;
  readonly name?: string;
  readonly endpoints: readonly {
    readonly region?: string;
    readonly interface: string;
    readonly url: string;
  }[];
}

interface V3Token {
  readonly expires_at: string;
  readonly user: Scoped;
  readonly project?: Scoped;
  readonly domain?: Named;
  readonly roles?: readonly Named[];
  readonly catalog?: readonly V3Service[];
}

interface V2Access {
  readonly token: { readonly expires: string; readonly tenant?: Named };
  readonly user: Named & { readonly roles: readonly { readonly name: string }[] };
  readonly serviceCatalog?: readonly JsonObject[];
}

/** What is said of a user, and under other names of a service that asks on a user's behalf. */
const NAMES = ["x-domain-id", "x-domain-name"]
  .concat(["x-project-id", "x-project-name", "x-project-domain-id", "x-project-domain-name"])
  .concat(["x-user-id", "x-user-name", "x-user-domain-id", "x-user-domain-name"])
  .concat(["x-roles"]);

const ofService = (name: string): string => name.replace("x-", "x-service-");

/** Only the middleware may say these things, so they are taken from what comes in. */
export const IDENTITY_HEADERS: ReadonlySet<string> = new Set(
  ["x-identity-status", "x-service-catalog"]
    .concat(NAMES, NAMES.map(ofService))
    .concat(["x-user", "x-tenant-id", "x-tenant-name", "x-tenant", "x-role"]),
);

/** The same of the one whose token `X-Service-Token` is. Upstream: _build_service_headers. */
export const serviceHeaders = (headers: Headers): Headers =>
  Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[ofService(name), value]];
    }),
  );

/** What the middleware keeps of an answer. */
export interface Identity {
  /** A date as Keystone writes it. */
  readonly expires: string;
  readonly headers: Headers;
}

/** @throws InvalidToken if v2 says nothing about a tenant, or the answer is no token at all */
export function identityOf(body: JsonObject, includeCatalog: boolean): Identity {
  if (body["token"] !== undefined) return ofV3(body["token"] as unknown as V3Token, includeCatalog);
  if (body["access"] !== undefined) {
    return ofV2(body["access"] as unknown as V2Access, includeCatalog);
  }
  throw new InvalidToken("Unable to determine what the answer of Keystone means");
}

function ofV3(token: V3Token, includeCatalog: boolean): Identity {
  const { user, project, domain } = token;
  const roles = (token.roles ?? []).map(({ name }) => name).join(",");
  return {
    expires: token.expires_at,
    headers: {
      ...confirmed(user, project, roles),
      "x-user-domain-id": user.domain.id,
      "x-user-domain-name": user.domain.name,
      ...(project && {
        "x-project-domain-id": project.domain.id,
        "x-project-domain-name": project.domain.name,
      }),
      ...(domain && { "x-domain-id": domain.id, "x-domain-name": domain.name }),
      ...(includeCatalog &&
        token.catalog !== undefined && {
          "x-service-catalog": JSON.stringify(token.catalog.map(v2Service)),
        }),
    },
  };
}

function ofV2({ token, user, serviceCatalog }: V2Access, includeCatalog: boolean): Identity {
  if (token.tenant === undefined) throw new InvalidToken("Unable to determine tenancy.");
  const roles = user.roles.map(({ name }) => name).join(",");
  return {
    expires: token.expires,
    headers: {
      ...confirmed(user, token.tenant, roles),
      ...(includeCatalog &&
        serviceCatalog !== undefined && { "x-service-catalog": JSON.stringify(serviceCatalog) }),
    },
  };
}

/** The headers that both versions lead to; those of 2011 at the end. */
function confirmed(user: Named, project: Named | undefined, roles: string): Headers {
  return {
    "x-identity-status": "Confirmed",
    "x-user-id": user.id,
    "x-user-name": user.name,
    "x-roles": roles,
    ...(project && { "x-project-id": project.id, "x-project-name": project.name }),
    "x-user": user.name,
    "x-role": roles,
    ...(project && {
      "x-tenant-id": project.id,
      "x-tenant-name": project.name,
      "x-tenant": project.name,
    }),
  };
}

/** The endpoints of one region together, as services that grew up with v2 expect. */
function v2Service({ type, name, endpoints }: V3Service) {
  const regions = new Map<string | undefined, Record<string, string>>();
  for (const { region, interface: face, url } of endpoints) {
    let shape = regions.get(region);
    if (shape === undefined) regions.set(region, (shape = region ? { region } : {}));
    shape[`${face.toLowerCase()}URL`] = url;
  }
  return { type, ...(name !== undefined && { name }), endpoints: [...regions.values()] };
}

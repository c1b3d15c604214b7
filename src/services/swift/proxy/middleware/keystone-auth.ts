/**
 * Who may, by roles and access lists, once the token middleware has said who asks. An account belongs to
 * the tenant that it is named after. Upstream: swift/common/middleware/keystoneauth.py at 2.2.0.
 */
import type { Headers, HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { answer, isSuccess, unauthorized } from "../../common/answer.js";
import type { ProxyApp } from "../app.js";
import type { Authorize, Filter, ProxyRequest } from "../request.js";
import { cleanAcl, parseAcl, referrerAllowed, type Acl } from "./acl.js";

interface Identity {
  readonly user: readonly [id: string, name: string];
  readonly tenant: readonly [id: string, name: string];
  /** In lower case. */
  readonly roles: readonly string[];
  readonly userDomain: string | undefined;
  readonly projectDomain: string | undefined;
}

const PROJECT_DOMAIN = "x-account-sysmeta-project-domain-id";
const DEFAULT_DOMAIN = "default";
/** Of an account that somebody else has made. */
const UNKNOWN = "_unknown";

type Parts = readonly [
  version: string | null,
  account: string | null,
  container: string | null,
  obj: string | null,
];

/** @param ask what look-ups are asked of: the application behind this filter */
export function keystoneAuth(app: ProxyApp): Filter {
  const { flags, env } = app;
  const prefix = flags.reseller_prefix.replace(/_?$/, flags.reseller_prefix === "" ? "" : "_");
  const operators = flags.operator_roles.map((role) => role.trim().toLowerCase());
  const resellerAdmin = flags.reseller_admin_role.toLowerCase();
  const owns = (account: string | null, [id]: Identity["tenant"]): boolean =>
    account === `${prefix}${id}`;

  return (next) => {
    /** Whether the account is there, and the domain that it was made in. */
    function* projectDomain(
      request: ProxyRequest,
      account: string,
    ): Op<{ readonly exists: boolean; readonly domain: string | undefined }> {
      const info = yield* app.info(next, request, account, null, true);
      return {
        exists: isSuccess(info?.status ?? 0),
        domain: info?.sysmeta["project-domain-id"],
      };
    }

    /** An account that is made, or may be, is told of whose domain it is. */
    function* setProjectDomain(
      request: ProxyRequest,
      [, account, container, obj]: Parts,
      identity: Identity,
    ): Op<void> {
      const { method, headers } = request;
      const made = method === "PUT" || (method === "POST" && !container);
      if (headers.has(PROJECT_DOMAIN) || obj || !made || account === null) return;
      const { exists, domain } = yield* projectDomain(request, account);
      const own = owns(account, identity.tenant);
      const asked = own ? identity.projectDomain : undefined;
      let fresh: string | undefined;
      if (!exists) fresh = own ? asked : UNKNOWN;
      else if (domain === undefined && asked === DEFAULT_DOMAIN) fresh = asked;
      else if (domain === UNKNOWN && own) fresh = asked ?? "";
      else if (own && domain !== asked) {
        env.log(
          "warning",
          `Inconsistent project domain id: ${asked ?? "None"} in token vs ` +
            `${domain ?? "None"} in account metadata.`,
        );
      }
      if (fresh !== undefined) headers.set(PROJECT_DOMAIN, fresh);
    }

    function* namesAllowed(request: ProxyRequest, parts: Parts, identity: Identity): Op<boolean> {
      if (!flags.allow_names_in_acls) return false;
      const { userDomain, projectDomain: project } = identity;
      if ([userDomain, project].some((id) => id !== undefined && id !== DEFAULT_DOMAIN)) {
        return false;
      }
      const [, account] = parts;
      if (owns(account, identity.tenant)) return true;
      const { exists, domain } = yield* projectDomain(request, account ?? "");
      return exists && (domain === undefined || domain === DEFAULT_DOMAIN);
    }

    function* authorizeIdentity(
      request: ProxyRequest,
      identity: Identity,
    ): Op<HttpResponse | undefined> {
      const { method, environ } = request;
      const acl = parseAcl(request.acl);
      if (method === "OPTIONS") return undefined;
      const parts = partsOf(request);
      if (parts === undefined) return answer(404);
      const [, account, container, obj] = parts;
      yield* setProjectDomain(request, parts, identity);
      if (identity.roles.includes(resellerAdmin)) {
        environ.owner = true;
        return undefined;
      }
      if (!container && !obj && method === "DELETE") return denied(request);
      if (acl.groups.length > 0) {
        const names = yield* namesAllowed(request, parts, identity);
        if (matches(identity, acl, names)) return undefined;
      }
      const byReferrer = unconfirmed(request, obj, acl);
      if (byReferrer === true) return undefined;
      if (!owns(account, identity.tenant)) return denied(request);
      const sameName = flags.swift_is_admin && identity.user[1] === identity.tenant[1];
      if (operators.some((role) => identity.roles.includes(role)) || sameName) {
        environ.owner = true;
        return undefined;
      }
      if (byReferrer !== undefined) return denied(request);
      const groups = acl.groups.map((group) => group.toLowerCase());
      return identity.roles.some((role) => groups.includes(role)) ? undefined : denied(request);
    }

    function* authorizeAnonymous(request: ProxyRequest): Op<HttpResponse | undefined> {
      const parts = partsOf(request);
      if (parts === undefined) return answer(404);
      if (request.method === "OPTIONS") return undefined;
      const [, account, , obj] = parts;
      if (account?.startsWith(prefix) !== true) return denied(request);
      const allowed = unconfirmed(request, obj, parseAcl(request.acl));
      return allowed === true ? undefined : denied(request);
    }

    return function* (request) {
      const { environ } = request;
      if (environ.override) return yield* next(request);
      const identity = identityOf(request);
      environ.cleanAcl = cleanAcl;
      environ.remoteUser = identity?.tenant[0];
      const authorize: Authorize =
        identity === undefined ? authorizeAnonymous : (asked) => authorizeIdentity(asked, identity);
      environ.authorize = authorize;
      return withDomain(yield* next(request));
    };
  };
}

function identityOf({ headers }: ProxyRequest): Identity | undefined {
  if (headers.get("x-identity-status") !== "Confirmed") return undefined;
  const text = (name: string): string => headers.get(name) ?? "";
  return {
    user: [text("x-user-id"), text("x-user-name")],
    tenant: [text("x-tenant-id"), text("x-tenant-name")],
    roles: text("x-roles").toLowerCase().split(","),
    userDomain: headers.get("x-user-domain-id"),
    projectDomain: headers.get("x-project-domain-id"),
  };
}

function partsOf(request: ProxyRequest): Parts | undefined {
  try {
    const [version = null, account = null, container = null, obj = null] = request.split(
      1,
      4,
      true,
    );
    return [version, account, container, obj];
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return undefined;
  }
}

/** `tenant:user`, either by id, by `*` or, if names count, by name. */
function matches({ user, tenant }: Identity, { groups }: Acl, names: boolean): boolean {
  const tenants = [tenant[0], "*", ...(names ? [tenant[1]] : [])];
  const users = [user[0], "*", ...(names ? [user[1]] : [])];
  return tenants.some((one) => users.some((other) => groups.includes(`${one}:${other}`)));
}

/** What a link's host allows; undefined if the list says nothing of it. */
function unconfirmed(
  { headers }: ProxyRequest,
  obj: string | null,
  { referrers, groups }: Acl,
): boolean | undefined {
  if (!referrerAllowed(headers.get("referer"), referrers)) return undefined;
  return Boolean(obj) || groups.includes(".rlistings");
}

const denied = (request: ProxyRequest): HttpResponse =>
  request.environ.remoteUser ? answer(403) : unauthorized(request.path);

/** Clients see the domain of an account under a name of its own. */
function withDomain(response: HttpResponse): HttpResponse {
  const domain = response.headers[PROJECT_DOMAIN];
  if (!domain) return response;
  const headers: Headers = { ...response.headers, "x-account-project-domain-id": domain };
  return { ...response, headers };
}

/**
 * The middleware in front of every REST service: it takes a token in and hands the service an
 * identity, or refuses. It trusts Keystone for as long as its cache lasts; of signed tokens it knows
 * itself what they are worth. memcached is not simulated. Upstream: keystonemiddleware 1.2.0 `auth_token.py`; other-services §1.3.
 */
import { respond, type Application, type Headers, type HttpRequest } from "../../http/index.js";
import type { HttpResponse } from "../../http/index.js";
import { caught, quietly, seconds, type Op } from "../../kernel/index.js";
import type { AuthTokenFlags } from "./flags.js";
import { identityOf } from "./headers.js";
import { IdentityServer, InvalidToken, NetworkError } from "./identity-server.js";
import type { Env } from "../process/env.js";
import { TokenCache, type CachedToken } from "./cache.js";
import { HASH_ALGORITHMS, hashToken, isSigned } from "./cms.js";
import { SignedTokens } from "./signed-tokens.js";

/** Only this middleware may say these things, so they are taken from what comes in. */
const IDENTITY_HEADERS: ReadonlySet<string> = new Set([
  "x-identity-status",
  ...["x-domain-id", "x-domain-name"],
  ...["x-project-id", "x-project-name", "x-project-domain-id", "x-project-domain-name"],
  ...["x-user-id", "x-user-name", "x-user-domain-id", "x-user-domain-name"],
  ...["x-roles", "x-service-catalog"],
  ...["x-user", "x-tenant-id", "x-tenant-name", "x-tenant", "x-role"],
]);

const INVALID: Headers = { "x-identity-status": "Invalid" };

/** Puts the middleware of one process in front of an application. */
export function authToken(
  env: Env,
  flagSet: AuthTokenFlags,
): (application: Application) => Application {
  const flags = env.flags.read(flagSet);
  const { kernel } = env;
  const keystone = new IdentityServer(env, flags);
  const cache = new TokenCache(kernel, seconds(flags.token_cache_time));
  const signed = new SignedTokens(kernel, keystone, flags.revocation_cache_time);
  const challenge: Headers = { "www-authenticate": `Keystone uri='${flags.auth_uri}'` };

  /** The headers of a good token; undefined if it is not good, whatever the reason. */
  function* validate(token: string): Op<Headers | undefined> {
    let key: string | undefined;
    try {
      const ids = idsOf(token);
      key = ids[0];
      const body = isSigned(token)
        ? yield* signed.verify(token, ids)
        : yield* keystone.verify(token);
      const { headers, expires } = identityOf(body, flags.include_service_catalog);
      const end = kernel.calendar.parse(expires);
      if (!(end > kernel.now)) throw new InvalidToken("Token authorization failed");
      cache.store(key ?? token, headers, end);
      return headers;
    } catch (thrown) {
      return yield* refused(thrown, key);
    }
  }

  /** The same for a token that is remembered: it may have been revoked since. */
  function* look(ids: readonly string[], known: Headers): Op<Headers | undefined> {
    try {
      if (yield* signed.revoked(ids)) throw new InvalidToken("Token authorization failed");
      return known;
    } catch (thrown) {
      return yield* refused(thrown, ids[0]);
    }
  }

  function* refused(thrown: unknown, key: string | undefined): Op<undefined> {
    const error = yield* caught(thrown);
    // Silence says nothing about the token; any answer but yes is remembered as no.
    if (!(error instanceof NetworkError) && key !== undefined) cache.store(key, undefined, 0);
    env.log("warning", "Authorization failed for token");
    return undefined;
  }

  /** By what a token is remembered: itself, or the hashes of one that is signed. @throws ValueError */
  const idsOf = (token: string): readonly string[] =>
    isSigned(token)
      ? flags.hash_algorithms.map((algorithm) => hashToken(token, algorithm))
      : [token];

  /** What is remembered of a token. A hash that nobody knows is found out later. */
  function remembered(token: string): CachedToken | undefined {
    if (!isSigned(token)) return cache.get(token);
    const algorithms = flags.hash_algorithms.filter((name) => HASH_ALGORITHMS.includes(name));
    for (const algorithm of algorithms) {
      const known = cache.get(hashToken(token, algorithm));
      if (known !== undefined) return known;
    }
    return undefined;
  }

  return (application) => {
    function decide(request: HttpRequest, identity: Headers | undefined): Op<HttpResponse> {
      if (identity !== undefined) return application(withIdentity(request, identity));
      if (flags.delay_auth_decision) return application(withIdentity(request, INVALID));
      return refuse(challenge);
    }

    function* after(request: HttpRequest, check: Op<Headers | undefined>): Op<HttpResponse> {
      const identity = yield* quietly(check);
      return yield* decide(request, identity);
    }

    return (request) => {
      const token = request.headers["x-auth-token"] ?? request.headers["x-storage-token"];
      if (token === undefined || token === "") return decide(request, undefined);
      const known = remembered(token);
      if (known === undefined) return after(request, validate(token));
      const headers = known.expires > kernel.now ? known.headers : undefined;
      if (headers === undefined || !flags.check_revocations_for_cached) {
        return decide(request, headers);
      }
      return after(request, look(idsOf(token), headers));
    };
  };
}

function* refuse(challenge: Headers): Op<HttpResponse> {
  return respond(401, "Authentication required", challenge);
}

function withIdentity(request: HttpRequest, identity: Headers): HttpRequest {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(request.headers)) {
    if (!IDENTITY_HEADERS.has(name)) headers[name] = request.headers[name] as string;
  }
  Object.assign(headers, identity);
  return { ...request, headers };
}

/**
 * The middleware in front of every REST service: it takes a token in and hands the service an
 * identity, or refuses. It trusts Keystone for as long as its cache lasts. PKI tokens and memcached
 * are not simulated. Upstream: keystonemiddleware 1.2.0 `auth_token.py`; other-services §1.3.
 */
import { respond, type Application, type Headers, type HttpRequest } from "../../http/index.js";
import type { HttpResponse } from "../../http/index.js";
import { caught, quietly, seconds, type Op } from "../../kernel/index.js";
import type { AuthTokenFlags } from "./flags.js";
import { identityOf } from "./headers.js";
import { IdentityServer, InvalidToken, NetworkError } from "./identity-server.js";
import type { Env } from "../process/env.js";
import { TokenCache } from "./cache.js";

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
  const challenge: Headers = { "www-authenticate": `Keystone uri='${flags.auth_uri}'` };

  /** The headers of a good token; undefined if it is not good, whatever the reason. */
  function* validate(token: string): Op<Headers | undefined> {
    try {
      const body = yield* keystone.verify(token);
      const { headers, expires } = identityOf(body, flags.include_service_catalog);
      const end = kernel.calendar.parse(expires);
      if (!(end > kernel.now)) throw new InvalidToken("Token authorization failed");
      cache.store(token, headers, end);
      return headers;
    } catch (thrown) {
      const error = yield* caught(thrown);
      // Silence says nothing about the token; any answer but yes is remembered as no.
      if (!(error instanceof NetworkError)) cache.store(token, undefined, 0);
      env.log("warning", "Authorization failed for token");
      return undefined;
    }
  }

  return (application) => {
    function decide(request: HttpRequest, identity: Headers | undefined): Op<HttpResponse> {
      if (identity !== undefined) return application(withIdentity(request, identity));
      if (flags.delay_auth_decision) return application(withIdentity(request, INVALID));
      return refuse(challenge);
    }

    function* afterValidation(request: HttpRequest, token: string): Op<HttpResponse> {
      const identity = yield* quietly(validate(token));
      return yield* decide(request, identity);
    }

    return (request) => {
      const token = request.headers["x-auth-token"] ?? request.headers["x-storage-token"];
      if (token === undefined || token === "") return decide(request, undefined);
      const known = cache.get(token);
      if (known === undefined) return afterValidation(request, token);
      return decide(request, known.expires > kernel.now ? known.headers : undefined);
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

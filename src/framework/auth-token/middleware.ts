/**
 * The middleware in front of every REST service: it takes a token in and hands the service an
 * identity, or refuses. It trusts Keystone for as long as its cache lasts; of signed tokens it knows
 * itself what they are worth. memcached is not simulated. Upstream: keystonemiddleware 1.2.0 `auth_token.py`; other-services §1.3.
 */
import { respond, type Application, type Headers, type HttpRequest } from "../../http/index.js";
import type { HttpResponse } from "../../http/index.js";
import { caught, quietly, type Micros, type Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import type { AuthTokenFlags } from "./flags.js";
import { IDENTITY_HEADERS, identityOf, serviceHeaders } from "./headers.js";
import { InvalidToken, NetworkError } from "./errors.js";
import { IdentityServer } from "./identity-server.js";
import { MemoryCache } from "../memory-cache.js";
import type { Env } from "../process/env.js";
import { HASH_ALGORITHMS, hashToken, isSigned } from "./cms.js";
import { SignedTokens } from "./signed-tokens.js";

/** What is remembered of a token: whose it is, and until when; nothing of one that was refused. */
interface CachedToken {
  readonly identity: Identified | undefined;
  readonly expires: Micros;
}

/** Whose a token is, and all that Keystone said of it. */
interface Identified {
  readonly headers: Headers;
  readonly tokenInfo: JsonObject;
}

const CHALLENGE = "www-authenticate";

const INVALID: Headers = { "x-identity-status": "Invalid" };
const NOBODY: Identified = { headers: INVALID, tokenInfo: {} };

/**
 * Puts the middleware of one process in front of an application.
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   HttpFault,
 *   authToken,
 *   authTokenFlags,
 *   defineProject,
 *   identified,
 *   identityContext,
 *   onController,
 *   policyMaker,
 *   process,
 *   respond,
 *   routeMaker,
 *   webService,
 *   type RequestContext,
 * } from "novasim";
 *
 * const flags = authTokenFlags("echo", false);
 * const route = routeMaker<null, RequestContext, "echo">();
 * const policy = policyMaker<RequestContext>()({
 *   checks: { anybody: () => true },
 *   rules: { echo: "anybody" },
 *   refusal: () => new HttpFault(403, "No."),
 * });
 * const echo = defineProject({
 *   name: "echo",
 *   processes: [
 *     process({
 *       binary: "echo-api",
 *       on: "controller",
 *       uses: {},
 *       flags: [flags],
 *       make: (env) =>
 *         webService(env, {
 *           port: 9996,
 *           app: null,
 *           layers: [authToken(env, flags), identified],
 *           context: identityContext(env),
 *           policy,
 *           routes: [
 *             route("GET", "/me", "echo", function* ({ ctxt }) {
 *               return respond(200, { you: ctxt.user_name });
 *             }),
 *           ],
 *           lost: (status) => respond(status),
 *         }),
 *     }),
 *   ],
 *   stores: {},
 *   catalog: [{ type: "echo", url: onController(9996) }],
 *   serviceUser: "echo",
 *   options: {},
 *   seed: () => undefined,
 *   resolve: () => ({}),
 * });
 * const cloud = new Cloud();
 * cloud.add(echo);
 * console.log(cloud.run(cloud.user("demo").request("echo", "GET", "/me")).body); // { you: 'demo' }
 * ```
 */
export function authToken(
  env: Env,
  flagSet: AuthTokenFlags,
): (application: Application) => Application {
  const flags = env.flags.read(flagSet);
  const { kernel } = env;
  const keystone = new IdentityServer(env, flags);
  const cache = new MemoryCache<CachedToken>(kernel);
  const keep = (key: string, known: Identified | undefined, expires: Micros): void => {
    cache.set(key, { identity: known, expires }, flags.token_cache_time);
  };
  const signed = new SignedTokens(kernel, keystone, flags.revocation_cache_time);
  const challenge: Headers = { [CHALLENGE]: `Keystone uri='${flags.auth_uri}'` };

  /** Whose a good token is; undefined if it is not good, whatever the reason. */
  function* validate(token: string): Op<Identified | undefined> {
    let key: string | undefined;
    try {
      const ids = idsOf(token);
      key = ids[0];
      const tokenInfo = isSigned(token)
        ? yield* signed.verify(token, ids)
        : yield* keystone.verify(token);
      const { headers, expires } = identityOf(tokenInfo, flags.include_service_catalog);
      const end = kernel.calendar.parse(expires);
      if (!(end > kernel.now)) throw new InvalidToken("Token authorization failed");
      const known = { headers, tokenInfo };
      keep(key ?? token, known, end);
      return known;
    } catch (thrown) {
      return yield* refused(thrown, key);
    }
  }

  /** The same for a token that is remembered: it may have been revoked since. */
  function* look(ids: readonly string[], known: Identified): Op<Identified | undefined> {
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
    if (!(error instanceof NetworkError) && key) keep(key, undefined, 0);
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

  /** Whose token it is, by memory or by asking; undefined for one that is no good. */
  function* identity(token: string): Op<Identified | undefined> {
    const cached = remembered(token);
    if (cached === undefined) return yield* quietly(validate(token));
    const known = cached.expires > kernel.now ? cached.identity : undefined;
    if (known === undefined || !flags.check_revocations_for_cached) return known;
    return yield* quietly(look(idsOf(token), known));
  }

  return (application) =>
    function* (request) {
      const token = request.headers["x-auth-token"] ?? request.headers["x-storage-token"];
      const user = token === undefined || token === "" ? undefined : yield* identity(token);
      if (user === undefined && !flags.delay_auth_decision) return refusal(challenge);
      const service = request.headers["x-service-token"];
      // Not even a service that decides itself hears of one that asks with a token that is no good.
      const helper = service === undefined ? NOBODY : yield* identity(service);
      if (helper === undefined) return refusal(challenge);
      const said = user?.headers ?? INVALID;
      const all = service === undefined ? said : { ...said, ...serviceHeaders(helper.headers) };
      const response = yield* application(withIdentity(request, all, user?.tokenInfo));
      return response.status === 401 ? challenged(response, challenge) : response;
    };
}

const refusal = (challenge: Headers): HttpResponse =>
  respond(401, "Authentication required", challenge);

/** A service that refuses somebody itself is made to say where tokens are had, too. */
function challenged(response: HttpResponse, challenge: Headers): HttpResponse {
  const own = response.headers[CHALLENGE];
  const all =
    own === undefined ? challenge : { [CHALLENGE]: `${own}, ${challenge[CHALLENGE] ?? ""}` };
  return { ...response, headers: { ...response.headers, ...all } };
}

function withIdentity(
  request: HttpRequest,
  identity: Headers,
  tokenInfo: JsonObject | undefined,
): HttpRequest {
  const headers: Record<string, string> = {};
  for (const name of Object.keys(request.headers)) {
    if (!IDENTITY_HEADERS.has(name)) headers[name] = request.headers[name] as string;
  }
  Object.assign(headers, identity);
  return { ...request, headers, ...(tokenInfo && { tokenInfo }) };
}

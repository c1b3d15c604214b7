/**
 * A REST service: a pipeline of layers, then who asks, then the route and its rule, then the handler.
 * What a project says in its api-paste.ini, policy.json and router.py, as one value. It knows no
 * project: bodies of faults, contexts and rules come with the value.
 */
import {
  Router,
  raisingBehind,
  type Addressed,
  type Application,
  type HttpRequest,
  type HttpResponse,
} from "../../http/index.js";
import type { Params } from "../../http/index.js";
import { InvariantError, done, type Op } from "../../kernel/index.js";
import type { Env } from "../process/env.js";
import { pipeline, type Layer } from "./layers.js";
import type { Policy } from "./policy.js";
import { rulesOf, type ApiRoute, type RoutePolicy } from "./route.js";
import { WsgiService, type WsgiServer } from "./wsgi-service.js";

/** What listens at one port. */
export interface WebApplication<A, C, R extends string, T = unknown> {
  readonly port: number;
  readonly app: A;
  /** The first is the outermost. */
  readonly layers: readonly Layer[];
  /** Who asks, past all layers; a route is looked for afterwards. */
  readonly context: (request: HttpRequest) => C;
  readonly policy: Policy<C, R, T>;
  readonly routes: readonly ApiRoute<A, C, R, T>[];
  /** Refuses a request to a route, whatever its rule. */
  readonly admit?: (ctxt: C, params: Params, request: HttpRequest) => void;
  /** What is answered where no route leads; 405: for another method there would be one. */
  readonly lost: (status: 404 | 405, request: HttpRequest) => HttpResponse;
}

/**
 * The process of a REST service; Keystone's listens on two ports. @throws AddressInUse
 *
 * @example
 * ```ts
 * import {
 *   Cloud,
 *   HttpFault,
 *   defineProject,
 *   onController,
 *   policyMaker,
 *   process,
 *   respond,
 *   routeMaker,
 *   webService,
 * } from "novasim";
 *
 * const route = routeMaker<null, null, "clock:read">();
 * const policy = policyMaker<null>()({
 *   checks: { anybody: () => true },
 *   rules: { "clock:read": "anybody" },
 *   refusal: () => new HttpFault(403, "No."),
 * });
 * const clock = defineProject({
 *   name: "clock",
 *   processes: [
 *     process({
 *       binary: "clock-api",
 *       on: "controller",
 *       uses: {},
 *       flags: [],
 *       make: (env) =>
 *         webService(env, {
 *           port: 9998,
 *           app: null,
 *           layers: [],
 *           context: () => null,
 *           policy,
 *           routes: [
 *             route("GET", "/now", "clock:read", function* () {
 *               return respond(200, { now: env.utcnow() });
 *             }),
 *           ],
 *           lost: (status) => respond(status),
 *         }),
 *     }),
 *   ],
 *   stores: {},
 *   catalog: [{ type: "clock", url: onController(9998) }],
 *   options: {},
 *   seed: () => undefined,
 *   resolve: () => ({}),
 * });
 * const cloud = new Cloud();
 * cloud.add(clock);
 * const answer = cloud.run(cloud.user("demo").request("clock", "GET", "/now"));
 * console.log(answer.status); // 200
 * ```
 */
export function webService<A, C, R extends string, T>(
  env: Env,
  ...applications: readonly WebApplication<A, C, R, T>[]
): WsgiService {
  return new WsgiService(env, { servers: applications.map(serverOf) });
}

/** What listens for it, beside others of the same process. */
export function serverOf<A, C, R extends string, T>(web: WebApplication<A, C, R, T>): WsgiServer {
  const routed = routing(web);
  return {
    port: web.port,
    application: pipeline(web.layers, routed),
    raising: (raised) => pipeline(web.layers, raisingBehind(routed)(raised)),
  };
}

/** Routers by the lists of routes that they are made of, which never change. */
const ROUTERS = new WeakMap<readonly Addressed[], unknown>();

function routerOf<R extends Addressed>(routes: readonly R[]): Router<R> {
  const known = ROUTERS.get(routes) as Router<R> | undefined;
  if (known !== undefined) return known;
  const router = new Router(routes);
  ROUTERS.set(routes, router);
  return router;
}

/** What is behind the layers. */
function routing<A, C, R extends string, T>(web: WebApplication<A, C, R, T>): Application {
  const router = routerOf(web.routes);
  return (request) => {
    const ctxt = web.context(request);
    const found = router.match(request.method, request.path);
    if (found.route === undefined) return done(web.lost(found.status, request));
    web.admit?.(ctxt, found.params, request);
    return judged(web, found.route, { ctxt, request, params: found.params });
  };
}

interface Asked<C> {
  readonly ctxt: C;
  readonly request: HttpRequest;
  readonly params: Params;
}

/** Runs the handler under the route's rule. */
function judged<A, C, R extends string, T>(
  { app, policy }: WebApplication<A, C, R, T>,
  route: ApiRoute<A, C, R, T>,
  { ctxt, request, params }: Asked<C>,
): Op<HttpResponse> {
  const rules = rulesOf(route.policy);
  const judgement = { asked: false };
  const require = (rule: R, target?: T): void => {
    judgement.asked = true;
    if (!policy.allows(rule, ctxt, target)) throw policy.refusal(rule);
  };
  const enforce = (target: T, rule?: R): void => {
    const which = rule ?? rules[0];
    if (rule === undefined && rules.length > 1) {
      throw new InvariantError(`${nameOf(route)} has several rules: name one`);
    }
    if (which === undefined || !rules.includes(which)) {
      throw new InvariantError(`${nameOf(route)} has no rule ${which ?? "at all"}`);
    }
    require(which, target);
  };
  const before = typeof route.policy === "string";
  if (before) require(route.policy);
  const response = route.handler({ app, ctxt, request, params, enforce });
  if (before || rules.length === 0 || mayGoUnasked(route.policy)) return response;
  return onceAsked(response, () => {
    if (!judgement.asked) {
      throw new InvariantError(`${nameOf(route)} never asked its rule ${rules.join(", ")}`);
    }
  });
}

/** What a handler answers, which is nobody's before it has asked its rule. */
function* onceAsked(response: Op<HttpResponse>, assertAsked: () => void): Op<HttpResponse> {
  const answer = yield* response;
  assertAsked();
  return answer;
}

const mayGoUnasked = (policy: RoutePolicy<string>): boolean =>
  typeof policy === "object" && policy !== null && "each" in policy;

const nameOf = ({ method, path }: { readonly method: string; readonly path: string }): string =>
  `${method} ${path}`;

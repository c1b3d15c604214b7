/**
 * Routes of cinder-api, each at `/v1/{tenant_id}` and `/v2/{tenant_id}` unless it says otherwise.
 * Upstream: cinder/api/v1/router.py, cinder/api/v2/router.py at 2014.2.
 */
import {
  routeMaker,
  type ApiRoute,
  type Call,
  type RequestContext,
  type RoutePolicy,
} from "../../../framework/index.js";
import type { HttpResponse, ParametersOf } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { CinderApp } from "./app.js";
import type { CinderRule, Target } from "./policy.js";

export type ApiVersion = "v1" | "v2";

export type CinderRoute = ApiRoute<CinderApp, RequestContext, CinderRule, Target>;

/** One request, as its handler sees it. */
export type CinderCall<Names extends string = string> = Call<
  CinderApp,
  RequestContext,
  CinderRule,
  Target,
  Names
>;

/** Who asks, and how the rule about it is asked: what the volume API is given. */
export type Asking = Pick<CinderCall, "app" | "ctxt" | "enforce">;

/** What a list of routes is made with: `route(method, path, policy, handler)` below its version. */
type RouteOf = <const P extends string>(
  method: CinderRoute["method"],
  path: P,
  policy: RoutePolicy<CinderRule>,
  handler: (call: CinderCall<ParametersOf<`/${ApiVersion}/{tenant_id}${P}`>>) => Op<HttpResponse>,
) => CinderRoute;

const make = routeMaker<CinderApp, RequestContext, CinderRule, Target>();

/** The same routes in each of `versions`, made by what may look at the version. */
export const inVersions = (
  versions: readonly ApiVersion[],
  routes: (route: RouteOf, version: ApiVersion) => readonly CinderRoute[],
): readonly CinderRoute[] =>
  versions.flatMap((version) =>
    routes(
      (method, path, policy, handler) =>
        make(method, `/${version}/{tenant_id}${path}`, policy, handler),
      version,
    ),
  );

export const BOTH: readonly ApiVersion[] = ["v1", "v2"];

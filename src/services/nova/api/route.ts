/**
 * A route of nova-api below `/v2/{tenant_id}`: method, path, the rule that it is under, the handler.
 * Upstream: nova/api/openstack/compute/__init__.py (APIRouter) at 2014.2.
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
import type { NovaApp } from "./app.js";
import type { NovaRule, Target } from "./policy.js";

export type NovaRoute = ApiRoute<NovaApp, RequestContext, NovaRule, Target>;

/** One request, as its handler sees it. */
export type NovaCall<Names extends string = string> = Call<
  NovaApp,
  RequestContext,
  NovaRule,
  Target,
  Names
>;

/** The same routes where paste mounts the application once more: at `v1.1`, at `v2.1`. */
export const mountedAt =
  (version: string) =>
  (v2: NovaRoute): NovaRoute => ({
    ...v2,
    path: v2.path.replace(/^\/v2/, `/${version}`),
    handler: (call) => v2.handler({ ...call, app: call.app.under(version) }),
  });

const PREFIX = "/v2/{tenant_id}";

const make = routeMaker<NovaApp, RequestContext, NovaRule, Target>();

export const route = <const P extends string>(
  method: NovaRoute["method"],
  path: P,
  policy: RoutePolicy<NovaRule>,
  handler: (call: NovaCall<ParametersOf<`${typeof PREFIX}${P}`>>) => Op<HttpResponse>,
): NovaRoute => make(method, `${PREFIX}${path}`, policy, handler);

/**
 * A route of trove-api below `/v1.0/{tenant_id}`, with the schema that its body is held to. Trove of Juno has
 * no policy.json: some routes are for administrators, and all else is for whoever is let in. Upstream:
 * trove/common/api.py (API), trove/common/auth.py (admin_context) at 2014.2.
 */
import {
  noPolicy,
  routeMaker,
  type ApiRoute,
  type Call,
  type Policy,
} from "../../../framework/index.js";
import { respond, type HttpResponse, type ParametersOf } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import { Forbidden } from "../exception.js";
import type { TroveApp } from "./app.js";

export type TroveRoute = ApiRoute<TroveApp, TroveContext, never>;

export type TroveCall<Names extends string = string> = Call<
  TroveApp,
  TroveContext,
  never,
  unknown,
  Names
>;

export const trovePolicy: Policy<TroveContext, never> = noPolicy;

const PREFIX = "/v1.0/{tenant_id}";

const make = routeMaker<TroveApp, TroveContext, never>();

export const route = <const P extends string>(
  method: TroveRoute["method"],
  path: P,
  handler: (call: TroveCall<ParametersOf<`${typeof PREFIX}${P}`>>) => Op<HttpResponse>,
): TroveRoute => make(method, `${PREFIX}${path}`, null, handler);

/** A route for administrators. */
export const adminRoute = <const P extends string>(
  method: TroveRoute["method"],
  path: P,
  handler: (call: TroveCall<ParametersOf<`${typeof PREFIX}${P}`>>) => Op<HttpResponse>,
): TroveRoute =>
  make(method, `${PREFIX}${path}`, null, (call) => {
    if (!call.ctxt.is_admin) throw new Forbidden({}, "User does not have admin privileges.");
    return handler(call);
  });

export const accepted = (): HttpResponse => respond(202);

export const shown = (body: JsonObject): HttpResponse => respond(200, body);

/** A body, where there is none: an empty one. */
export const bodyOf = ({ request }: TroveCall): Json => request.body ?? {};

/**
 * A route of trove-api below `/v1.0/{tenant_id}`, with the schema that its body is held to. Trove of Juno has
 * no policy.json: some routes are for administrators, and all else is for whoever is let in. Upstream:
 * trove/common/api.py (API), trove/common/auth.py (admin_context), trove/common/wsgi.py
 * (Resource.execute_action) at 2014.2.
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
import { PythonTypeError, type Json, type JsonObject } from "../../../python/index.js";
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

export interface RouteOptions {
  /** For administrators, which is asked after the body has been looked at. */
  readonly admin?: true;
  /** What the controller's schema says of a body. */
  readonly check?: (body: Json) => void;
  /** Whether the method has an argument `body`; default: whether its verb is one that brings something. */
  readonly takesBody?: boolean;
}

type Handler<P extends string> = (
  call: TroveCall<ParametersOf<`${typeof PREFIX}${P}`>>,
) => Op<HttpResponse>;

export const route = <const P extends string>(
  method: TroveRoute["method"],
  path: P,
  handler: Handler<P>,
  { admin, check, takesBody = ["POST", "PUT", "PATCH"].includes(method) }: RouteOptions = {},
): TroveRoute =>
  make(method, `${PREFIX}${path}`, null, (call) => {
    const { body } = call.request;
    const given = body !== null && body !== "";
    check?.(given ? body : {});
    if (admin === true && !call.ctxt.is_admin) {
      throw new Forbidden({}, "User does not have admin privileges.");
    }
    if (given !== takesBody) throw misfit(path, takesBody);
    return handler(call);
  });

/** A route for administrators. */
export const adminRoute = <const P extends string>(
  method: TroveRoute["method"],
  path: P,
  handler: Handler<P>,
  options: Omit<RouteOptions, "admin"> = {},
): TroveRoute => route(method, path, handler, { ...options, admin: true });

/** The body is an argument like any other: too many or too few are no fault of the client's. */
function misfit(path: string, takesBody: boolean): PythonTypeError {
  if (!takesBody) return new PythonTypeError("got an unexpected keyword argument 'body'");
  // Beside what the path says: self, the request, the tenant and the body.
  const count = path.split("{").length - 1 + 4;
  return new PythonTypeError(
    `takes exactly ${String(count)} arguments (${String(count - 1)} given)`,
  );
}

export const accepted = (): HttpResponse => respond(202);

export const shown = (body: JsonObject): HttpResponse => respond(200, body);

export const bodyOf = ({ request }: TroveCall): Json => request.body;

/**
 * A route of a REST service as data: method, path, the rule that it is under, the handler. Made once
 * for a project and not for a process, so that pages and gateways read the same list. Upstream: the
 * mapper.connect calls of a router.py, and the policy checks that open a controller's methods.
 */
import type { HttpRequest, HttpResponse, ParametersOf } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";

/** One request, as its handler sees it. */
export interface Call<A, C, R extends string, T, Names extends string> {
  readonly app: A;
  /** Who asks. */
  readonly ctxt: C;
  readonly request: HttpRequest;
  /** What the path says, unquoted. */
  readonly params: Readonly<Record<Names, string>>;
  /**
   * Asks the route's rule about what the handler has found.
   * @param rule which, where the route is under several
   * @throws what the policy refuses with
   */
  readonly enforce: (target: T, rule?: R) => void;
}

/**
 * A rule that needs no target is asked before the handler; the handler asks about a target itself
 * (`inside`), or leaves the request to whoever it hands it to, or asks about each thing that it
 * finds (`each`), of which there may be none; null: upstream has no rule, so everybody may.
 */
export type RoutePolicy<R extends string> =
  R | { readonly inside: R | readonly R[] } | { readonly each: R } | null;

/** `A`: what handlers work with; `C`: who asks; `R`: the rules of the project; `T`: their target. */
export interface ApiRoute<A, C, R extends string, T = unknown> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
  /** `/v2/{tenant_id}/servers/{id}`. */
  readonly path: string;
  readonly policy: RoutePolicy<R>;
  /** A method, as a handler knows the parameters of its own path only. */
  handler(call: Call<A, C, R, T, string>): Op<HttpResponse>;
}

/**
 * `const route = routeMaker<GlanceApp, ImageContext, GlanceRule, Image>()`.
 *
 * @example
 * ```ts
 * import { respond, routeMaker } from "novasim";
 *
 * const route = routeMaker<Map<string, string>, null, "note:read">();
 * const show = route("GET", "/notes/{id}", "note:read", function* ({ app, params }) {
 *   return respond(200, { text: app.get(params.id) ?? null });
 * });
 * console.log(show.method, show.path); // GET /notes/{id}
 * ```
 */
export const routeMaker =
  <A, C, R extends string, T = unknown>() =>
  <const P extends string>(
    method: ApiRoute<A, C, R, T>["method"],
    path: P,
    policy: RoutePolicy<R>,
    handler: (call: Call<A, C, R, T, ParametersOf<P>>) => Op<HttpResponse>,
  ): ApiRoute<A, C, R, T> => ({ method, path, policy, handler });

/** The rules that a request by `policy` may be asked about. */
export function rulesOf<R extends string>(policy: RoutePolicy<R>): readonly R[] {
  if (policy === null) return [];
  if (typeof policy === "string") return [policy];
  if ("each" in policy) return [policy.each];
  return typeof policy.inside === "string" ? [policy.inside] : policy.inside;
}

/**
 * Who asks, out of what the token middleware put in front: what most projects make of it. Upstream:
 * neutron/auth.py, cinder/api/middleware/auth.py and their like.
 */
import { respond } from "../../http/index.js";
import type { HttpRequest } from "../../http/index.js";
import { RequestContext } from "../request-context.js";
import type { Env } from "../process/env.js";
import { shortcut } from "./layers.js";

/**
 * The layer that refuses whom the middleware did not name.
 *
 * @example
 * ```ts
 * import { Kernel, done, identified, respond } from "novasim";
 *
 * const application = identified(() => done(respond(200)));
 * const nobody = { method: "GET", path: "/", headers: {} } as never;
 * console.log(new Kernel().complete(application(nobody), { name: "request" }).status); // 401
 * ```
 */
export const identified = shortcut(({ headers }) =>
  headers["x-user-id"] === undefined ? respond(401, "Authentication required") : undefined,
);

/**
 * Makes the context of a request, which bears the id that it has by then.
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
export const identityContext =
  (env: Env) =>
  ({ headers }: HttpRequest): RequestContext =>
    new RequestContext({
      request_id: env.currentRequest(),
      user_id: headers["x-user-id"] ?? null,
      project_id: headers["x-project-id"] ?? headers["x-tenant-id"] ?? null,
      user_name: headers["x-user-name"] ?? null,
      project_name: headers["x-project-name"] ?? null,
      roles: (headers["x-roles"] ?? "").split(",").filter((role) => role !== ""),
      auth_token: headers["x-auth-token"] ?? null,
      timestamp: env.utcnow(),
    });

/**
 * The filters that stand before a service's routes, each an application around the next. Which of
 * them a service has, and in which order, is its own: an id that is drawn before a refusal is not the
 * same as one that is drawn after. Upstream: the filters of each project's api-paste.ini.
 */
import type { Application, HttpRequest, HttpResponse } from "../../http/index.js";
import { caught, done } from "../../kernel/index.js";
import { type Exception } from "../../python/index.js";
import type { Env } from "../process/env.js";

/** A filter of a pipeline. The token's is `authToken`. */
export type Layer = (next: Application) => Application;

/** `layers` in front of `application`; the first is the outermost. */
export const pipeline = (layers: readonly Layer[], application: Application): Application =>
  layers.reduceRight((next, layer) => layer(next), application);

/**
 * Draws the request's id, under which it goes through every service, and tells the client.
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
 *   requestId,
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
 *           layers: [requestId(env, "x-clock-request-id")],
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
 * console.log(answer.headers["x-clock-request-id"]?.slice(0, 4)); // req-
 * ```
 */
export const requestId =
  (env: Env, header: string): Layer =>
  (next) =>
    function* (request) {
      const id = env.requestId();
      const { current } = env.kernel;
      if (current !== undefined) current.request = id;
      const { status, body, headers } = yield* next(request);
      return { status, body, headers: { ...headers, [header]: id } };
    };

/**
 * Turns what is raised further in into a response; what `answer` has no answer to goes on.
 *
 * @example
 * ```ts
 * import { Exception, HttpFault, Kernel, faults, respond, type Application } from "novasim";
 *
 * const layer = faults((error) =>
 *   error instanceof HttpFault ? respond(error.status, { error: error.message }) : undefined,
 * );
 * const application: Application = layer(function* () {
 *   throw new HttpFault(404, "There is nothing here.");
 * });
 * const response = new Kernel().complete(application({} as never), { name: "request" });
 * console.log(response.status, Exception.module); // 404 exceptions
 * ```
 */
export const faults =
  (answer: (error: Exception, request: HttpRequest) => HttpResponse | undefined): Layer =>
  (next) =>
    function* (request) {
      try {
        return yield* next(request);
      } catch (thrown) {
        const error = yield* caught(thrown);
        const response = answer(error, request);
        if (response === undefined) throw error;
        return response;
      }
    };

/**
 * Answers what needs nothing of what is further in, such as the list of versions.
 *
 * @example
 * ```ts
 * import { Kernel, done, respond, shortcut } from "novasim";
 *
 * const versions = shortcut(({ path }) =>
 *   path === "/" ? respond(300, { versions: ["v1"] }) : undefined,
 * );
 * const application = versions(() => done(respond(404)));
 * const ask = (path: string) =>
 *   new Kernel().complete(application({ path } as never), { name: "request" }).status;
 * console.log(ask("/"), ask("/notes")); // 300 404
 * ```
 */
export const shortcut =
  (answer: (request: HttpRequest) => HttpResponse | undefined): Layer =>
  (next) =>
  (request) => {
    const response = answer(request);
    return response === undefined ? next(request) : done(response);
  };

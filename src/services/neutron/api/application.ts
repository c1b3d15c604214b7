/**
 * The REST API of neutron-server: routes, the caller's context, and errors in Neutron's body.
 * Upstream: neutron/api/v2/router.py, neutron/auth.py, neutron/api/v2/resource.py.
 */
import { RequestContext } from "../../../framework/index.js";
import {
  HttpFault,
  Router,
  handle,
  respond,
  type Application,
  type HttpRequest,
  type HttpResponse,
  type Route,
} from "../../../http/index.js";
import { self, type Op } from "../../../kernel/index.js";
import { NeutronException } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import { Acts, Controller } from "./controller.js";
import { extensionRoutes } from "./extensions.js";
import { quotaRoutes } from "./quotas.js";
import { resourcesOf, type Resource } from "./resource.js";
import { resourceIndex } from "./versions.js";

/** Every route of the API. */
export function neutronRoutes(plugin: Plugin): Route<RequestContext>[] {
  const acts = new Acts(plugin);
  return [
    ...resourcesOf(plugin).flatMap((resource) => routesOf(acts, resource)),
    ...quotaRoutes(plugin),
    ...extensionRoutes,
    { method: "GET", path: "/v2.0", handler: () => resourceIndex(baseOf(plugin)) },
  ];
}

/** `http://controller:9696`. */
export const baseOf = ({ app: { flags, env } }: Plugin): string =>
  `http://${env.host}:${flags.neutron_port}`;

function routesOf(acts: Acts, resource: Resource): Route<RequestContext>[] {
  const controller = new Controller(acts, resource);
  const { create, update, delete: remove, path } = resource;
  const all = `/v2.0/${path}`;
  const one = `${all}/{id}`;
  const routes: Route<RequestContext>[] = [
    { method: "GET", path: all, handler: (ctxt, request) => controller.index(ctxt, request) },
    { method: "GET", path: one, handler: (ctxt, request, p) => controller.show(ctxt, request, p) },
  ];
  const add = (method: string, at: string, handler: Route<RequestContext>["handler"]): void => {
    routes.push({ method, path: at, handler });
  };
  if (create) add("POST", all, (ctxt, request) => controller.create(ctxt, request, create));
  if (update) add("PUT", one, (ctxt, request, p) => controller.update(ctxt, request, p, update));
  if (remove) add("DELETE", one, (ctxt, _request, p) => controller.delete(ctxt, p, remove));
  return routes;
}

/** The API without its authentication: it believes the identity headers. */
export function neutronApplication(plugin: Plugin): Application {
  const router = new Router(neutronRoutes(plugin));
  return function* (request: HttpRequest): Op<HttpResponse> {
    const ctxt = contextOf(plugin, request);
    if (ctxt === undefined) return respond(401, "Authentication required");
    const thread = yield* self();
    thread.request = ctxt.request_id;
    const id = { "x-openstack-request-id": ctxt.request_id };
    const answer = yield* answerOf(router, ctxt, request);
    return { ...answer, headers: { ...answer.headers, ...id } };
  };
}

function* answerOf(
  router: Router<Route<RequestContext>>,
  ctxt: RequestContext,
  request: HttpRequest,
): Op<HttpResponse> {
  try {
    // Clients say the format in the path: `/v2.0/ports.json`.
    const path = request.path.replace(/\.json$/, "");
    const response = yield* handle(router, ctxt, { ...request, path });
    if (response.body !== null || response.status < 400) return response;
    // Upstream's router knows no 405: a method that a path does not take is a path not found.
    return error(404, "HTTPNotFound", "The resource could not be found.");
  } catch (thrown) {
    if (thrown instanceof NeutronException) {
      return error(thrown.status, thrown.name, thrown.message);
    }
    if (thrown instanceof HttpFault) {
      return error(thrown.status, HTTP_NAMES.get(thrown.status) ?? "HTTPError", thrown.message);
    }
    throw thrown;
  }
}

const HTTP_NAMES: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
]);

const error = (status: number, type: string, message: string): HttpResponse =>
  respond(status, { NeutronError: { message, type, detail: "" } });

/** Who asks, out of what the authentication middleware put in front. */
function contextOf({ app }: Plugin, { headers }: HttpRequest): RequestContext | undefined {
  const user_id = headers["x-user-id"];
  if (user_id === undefined) return undefined;
  return new RequestContext({
    request_id: app.env.requestId(),
    user_id,
    project_id: headers["x-project-id"] ?? headers["x-tenant-id"] ?? null,
    user_name: headers["x-user-name"] ?? null,
    project_name: headers["x-project-name"] ?? null,
    roles: (headers["x-roles"] ?? "").split(",").filter((role) => role !== ""),
    auth_token: headers["x-auth-token"] ?? null,
    timestamp: app.env.utcnow(),
  });
}

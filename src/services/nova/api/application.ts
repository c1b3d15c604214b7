/**
 * nova-api as an application: from the outside in, the request's id, faults as responses, the token,
 * the context, the route. Upstream: etc/nova/api-paste.ini (openstack_compute_api_v2),
 * nova/api/compute_req_id.py, nova/api/openstack/wsgi.py at 2014.2.
 */
import { authToken, type RequestContext, type Env } from "../../../framework/index.js";
import { HttpFault, Router, respond } from "../../../http/index.js";
import type { Application, HttpRequest, HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import type { NovaApp } from "./app.js";
import { faultWrapper } from "./faults.js";
import { ContextMaker } from "./middleware/request-context.js";
import type { NovaRoute } from "./route.js";
import { versionsResponse } from "./versions.js";

/** The routes library's own answer, which is no fault of Nova's. */
const NO_ROUTE = "404 Not Found\n\nThe resource could not be found.\n\n   ";

export function novaApplication(app: NovaApp, routes: readonly NovaRoute[]): Application {
  const { env } = app;
  const contexts = new ContextMaker(env);
  const router = new Router(routes);
  const log = (message: string): void => {
    env.log("error", message);
  };
  const routed = (request: HttpRequest): Op<HttpResponse> =>
    dispatch(router, contexts.make(request, currentRequest(env)), request);
  const guarded = authToken(env, { user: "nova" })(routed);
  // The list of versions is for everybody; what is below a version needs a token.
  const composite: Application = (request) => versionsResponse(app, request) ?? guarded(request);
  return withRequestId(env, faultWrapper(composite, log));
}

/** The id that the request bears through every service, told to the client as well. */
function withRequestId(env: Env, application: Application): Application {
  return function* (request) {
    const id = env.requestId();
    const { current } = env.kernel;
    if (current !== undefined) current.request = id;
    const { status, body, headers } = yield* application(request);
    return { status, body, headers: { ...headers, "x-compute-request-id": id } };
  };
}

const currentRequest = (env: Env): string => env.kernel.current?.request ?? env.requestId();

function* dispatch(
  router: Router<NovaRoute>,
  ctxt: RequestContext,
  request: HttpRequest,
): Op<HttpResponse> {
  const { route, params } = match(router, request);
  if (route === undefined) {
    return respond(404, NO_ROUTE, { "content-type": "text/plain; charset=UTF-8" });
  }
  const tenant = params["tenant_id"];
  if (tenant !== undefined && tenant !== ctxt.project_id) {
    throw new HttpFault(400, "Malformed request url");
  }
  return yield* route.handler(ctxt, request, params);
}

/** A method that a path does not have is a path that does not exist. */
function match(router: Router<NovaRoute>, { method, path }: HttpRequest) {
  const found = router.match(method, path);
  return found.route === undefined ? { route: undefined, params: {} } : found;
}

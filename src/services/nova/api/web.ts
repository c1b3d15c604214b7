/**
 * nova-api as a web service: the layers before its routes, and what is answered where no route leads.
 * Upstream: etc/nova/api-paste.ini (openstack_compute_api_v2), nova/api/compute_req_id.py,
 * nova/api/openstack/wsgi.py at 2014.2.
 */
import {
  authToken,
  faults,
  namedFault,
  requestId,
  shortcut,
  tooLarge,
  withoutFormat,
  type RequestContext,
  type WebApplication,
} from "../../../framework/index.js";
import { respond } from "../../../http/index.js";
import type { NovaApp } from "./app.js";
import { ContextMaker } from "./context.js";
import { faultOf } from "./faults.js";
import { novaAuthFlags } from "./flags.js";
import { novaPolicy, type NovaRule, type Target } from "./policy.js";
import { admit } from "./request-stack.js";
import { withoutMethod } from "./resource-paths.js";
import { mountedAt } from "./route.js";
import { novaRoutes } from "./routes.js";
import { microversion, versionsResponse } from "./versions.js";

/** The routes library's own answer, which is no fault of Nova's. */
const NO_ROUTE = "404 Not Found\n\nThe resource could not be found.\n\n   ";

const V2 = [...novaRoutes, ...novaRoutes.map(mountedAt("v1.1"))];

/** The versions of the API by whether v2.1 is there, as lists for all clouds: a router is made once of each. */
const ROUTES = { v2: V2, v21: [...V2, ...novaRoutes.map(mountedAt("v2.1"))] };

export function novaWeb(app: NovaApp): WebApplication<NovaApp, RequestContext, NovaRule, Target> {
  const { env } = app;
  const contexts = new ContextMaker(env);
  return {
    port: app.flags.osapi_compute_listen_port,
    app,
    layers: [
      // The list of versions is for everybody, in a pipeline of its own; the rest needs a token.
      shortcut((request) => versionsResponse(app, request) ?? microversion(app, request)),
      requestId(env, "x-compute-request-id"),
      faults((error) => faultOf(error, env)),
      shortcut((request) => tooLarge(request, app.flags.osapi_max_request_body_size)),
      authToken(env, novaAuthFlags),
      shortcut((request) => app.rates?.refusal(request)),
      (next) => (request) => next(withoutFormat(request)),
    ],
    context: (request) => contexts.make(request),
    policy: novaPolicy,
    routes: app.flags.osapi_v3_enabled ? ROUTES.v21 : ROUTES.v2,
    admit,
    // A method that a path does not have is a path that does not exist, unless routes knows of it.
    lost: (_status, request) => {
      const fault = withoutMethod(request);
      if (fault !== undefined) return namedFault(fault);
      return respond(404, NO_ROUTE, { "content-type": "text/plain; charset=UTF-8" });
    },
  };
}

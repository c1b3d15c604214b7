/**
 * cinder-api as a web service: the layers before its routes, and what is answered where no route leads.
 * There is no rate limiting. Upstream: etc/cinder/api-paste.ini (keystone pipelines of v1 and v2),
 * cinder/api/middleware/auth.py, cinder/api/openstack/wsgi.py at 2014.2.
 */
import {
  authToken,
  CatalogReader,
  checkBody,
  faults,
  identityContext,
  requestId,
  shortcut,
  tooLarge,
  withoutFormat,
  type RequestContext,
  type WebApplication,
} from "../../../framework/index.js";
import { HttpFault, addressOf, respond } from "../../../http/index.js";
import { CATALOG_TYPES } from "../context.js";
import type { CinderApp } from "./app.js";
import { badRequest, faultOf } from "./faults.js";
import { cinderAuthFlags } from "./flags.js";
import { cinderPolicy, type CinderRule, type Target } from "./policy.js";
import { CINDER_JSON } from "./resources/volume-actions.js";
import { cinderRoutes } from "./routes.js";
import { versionsResponse, withoutV3 } from "./versions.js";

/** The routes library's own answer, which is no fault of Cinder's. */
const NO_ROUTE = "404 Not Found\n\nThe resource could not be found.\n\n   ";

export function cinderWeb(
  app: CinderApp,
): WebApplication<CinderApp, RequestContext, CinderRule, Target> {
  const { env } = app;
  const identity = identityContext(env);
  const catalog = new CatalogReader(CATALOG_TYPES);
  return {
    port: app.flags.osapi_volume_listen_port,
    app,
    layers: [
      // The list of versions is for everybody, in a pipeline of its own; the rest needs a token.
      shortcut((request) => versionsResponse(app, request)),
      requestId(env, "x-compute-request-id"),
      faults((error) => faultOf(error, env)),
      shortcut((request) => tooLarge(request, app.flags.osapi_max_request_body_size)),
      authToken(env, cinderAuthFlags),
      (next) => (request) => next(withoutV3(app, withoutFormat(request))),
    ],
    context: (request) => {
      if (request.headers["x-user-id"] === undefined) throw new HttpFault(401, "Unauthorized");
      return identity(request).with({
        remote_address: addressOf(request.from),
        catalog_types: CATALOG_TYPES,
        service_catalog: catalog.read(request.headers["x-service-catalog"]),
      });
    },
    policy: cinderPolicy,
    routes: cinderRoutes,
    admit: (ctxt, { tenant_id }, request) => {
      checkBody(request, CINDER_JSON);
      if (tenant_id === undefined || tenant_id === ctxt.project_id) return;
      throw badRequest("Malformed request url");
    },
    lost: () => respond(404, NO_ROUTE, { "content-type": "text/plain; charset=UTF-8" }),
  };
}

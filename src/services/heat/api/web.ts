/**
 * heat-api as a web service: the layers before its routes, and what is answered where no route leads. Upstream:
 * etc/heat/api-paste.ini (pipeline:heat-api), heat/api/middleware/version_negotiation.py,
 * heat/common/auth_url.py at 2014.2.
 */
import {
  authToken,
  faults,
  requestId,
  shortcut,
  type Layer,
  type WebApplication,
} from "../../../framework/index.js";
import { HttpFault, explanation, plainFault, type HttpRequest } from "../../../http/index.js";
import { done } from "../../../kernel/index.js";
import { contextMaker, type HeatContext } from "../context.js";
import type { HeatApp } from "./app.js";
import { faultOf } from "./faults.js";
import { heatAuthFlags } from "../flags.js";
import { heatPolicy, type HeatRule } from "./policy.js";
import { checkBody } from "./route.js";
import { heatRoutes } from "./routes.js";
import { versionNegotiation } from "../versions.js";

export function heatWeb(app: HeatApp): WebApplication<HeatApp, HeatContext, HeatRule> {
  const { env, flags } = app;
  const { auth_uri } = env.flags.read(heatAuthFlags);
  const wrapped = faults(faultOf(env));
  return {
    port: flags.heat_api_bind_port,
    app,
    layers: [
      requestId(env, "x-openstack-request-id"),
      wrapped,
      shortcut((request) => versionNegotiation(app.base, request)),
      (next) => (request) => next(withAuthUrl(request, auth_uri)),
      authToken(env, heatAuthFlags),
      unquoted,
    ],
    context: contextMaker(env),
    policy: heatPolicy,
    routes: heatRoutes,
    admit: (ctxt, { tenant_id }, request) => {
      checkBody(request, flags.max_json_body_size);
      if (tenant_id !== ctxt.tenant_id) throw new HttpFault(403, explanation(403));
    },
    lost: () => plainFault(404),
  };
}

/** Where Keystone is, is the service's own to say. */
const withAuthUrl = (request: HttpRequest, authUri: string): HttpRequest => ({
  ...request,
  headers: { ...request.headers, "x-auth-url": authUri },
});

/**
 * A slash that was quoted separates the parts of a path like any other, as WSGI has it. Slashes in a row are one only before the version,
 * which WebOb takes away: no urlmap is before these routes, and a part of a path has a sign at least (`buildfullreg` of routes/route.py,
 * Routes 1.13).
 */
const unquoted: Layer = (next) => (request) => {
  const path = request.path.replace(/%2f/giu, "/").replace(/^\/+/u, "/");
  return path.includes("//") ? done(plainFault(404)) : next({ ...request, path });
};

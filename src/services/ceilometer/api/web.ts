/**
 * ceilometer-api as a web service. Its server answers one request after the other, so that one that waits keeps
 * all others waiting. Neither the page at `/` nor XML is here. Upstream: ceilometer/api/app.py,
 * etc/ceilometer/api_paste.ini at 2014.2; wsgiref.simple_server of CPython 2.7.
 */
import {
  authToken,
  faults,
  identityContext,
  shortcut,
  type Layer,
  type RequestContext,
  type WebApplication,
} from "../../../framework/index.js";
import { HttpFault, respond } from "../../../http/index.js";
import { Lock } from "../../../kernel/index.js";
import type { CeilometerApp } from "./app.js";
import { faultOf, pecanFault } from "./faults.js";
import { ceilometerAuthFlags } from "./flags.js";
import { ceilometerPolicy, type CeilometerRule } from "./policy.js";
import { ceilometerRoutes } from "./routes.js";

const oneByOne = (): Layer => {
  const turn = new Lock("the server of ceilometer-api");
  return (next) => (request) => turn.hold(next(request));
};

/** Pecan: an empty part at the end does not count (`lookup_controller`). */
const withoutLastSlash: Layer = (next) => (request) =>
  next({ ...request, path: request.path.replace(/(?<=.)\/$/u, "") });

export function ceilometerWeb(
  app: CeilometerApp,
): WebApplication<CeilometerApp, RequestContext, CeilometerRule> {
  const { env } = app;
  const identity = identityContext(env);
  return {
    port: app.flags.ceilometer_api_port,
    app,
    layers: [
      oneByOne(),
      authToken(env, ceilometerAuthFlags),
      shortcut(({ path }) => (path.startsWith("/v1/") ? respond(404) : undefined)),
      faults((error) => faultOf(error, env)),
      withoutLastSlash,
    ],
    context: (request) => {
      if (request.headers["x-user-id"] === undefined) throw new HttpFault(401, "");
      return identity(request);
    },
    policy: ceilometerPolicy,
    routes: ceilometerRoutes,
    lost: (status) => pecanFault(status),
  };
}

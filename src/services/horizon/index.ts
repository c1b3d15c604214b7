/**
 * Horizon: a site of Django's behind Apache, one greenthread a request, in which calls to services come one after another. It
 * has no database, no place in the catalog and nothing to say over the bus. Apache's processes and threads are not modelled.
 * Upstream: openstack_dashboard/wsgi at 2014.2.
 */
import { WsgiService, type Env, type Process } from "../../framework/index.js";
import type { HttpRequest, HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { SETTINGS } from "./settings.js";
import { resolve } from "./urls.js";
import { served } from "./web/middleware.js";
import { HorizonRequest, type ProjectCache } from "./web/request.js";
import type { SignedCookies } from "./web/session.js";

export function horizon(env: Env, signed: SignedCookies): Process {
  const projects: ProjectCache = new Map();
  const application = (http: HttpRequest): Op<HttpResponse> =>
    served(new HorizonRequest(env, http, signed, projects), resolve);
  return new WsgiService(env, { servers: [{ port: SETTINGS.port, application }] });
}

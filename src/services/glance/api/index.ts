/** The process `glance-api`. Upstream: glance/cmd/api.py, etc/glance-api-paste.ini; other-services §2. */
import { authToken, faults, requestId, webService } from "../../../framework/index.js";
import type { Env, Process } from "../../../framework/index.js";
import { REQUEST_ID, confirmed, contextMaker } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import { faultBody, noRoute } from "../faults.js";
import { glanceAuthFlags } from "../flags.js";
import { GlanceApp, type ImageDisk } from "./app.js";
import { cachedImageRoutes, isOfCache } from "./cache/cached-images.js";
import { imageCaching } from "./cache/filter.js";
import { glancePolicy } from "./policy.js";
import { glanceRoutes } from "./routes.js";
import { versionNegotiation } from "./versions.js";

export function glanceApi(env: Env, database: GlanceDatabase, disk: ImageDisk): Process {
  const app = new GlanceApp(env, database, disk);
  const contextOf = contextMaker(env, app.flags.admin_role);
  const { flavor } = app;
  return webService(env, {
    port: app.flags.glance_api_port,
    app,
    layers: [
      faults(faultBody),
      versionNegotiation(app),
      authToken(env, glanceAuthFlags),
      // A refusal further in passes the token middleware as an answer.
      faults(faultBody),
      confirmed,
      requestId(env, REQUEST_ID),
      ...(flavor.caching ? [imageCaching(app, app.openCache(), contextOf)] : []),
    ],
    context: contextOf,
    policy: glancePolicy,
    routes: flavor.managing ? [...glanceRoutes, ...cachedImageRoutes] : glanceRoutes,
    lost: (status, request) => noRoute(isOfCache(request.path) ? 404 : status, request),
  });
}

/** The process `glance-api`. Upstream: glance/cmd/api.py, etc/glance-api-paste.ini; other-services §2. */
import { WsgiService, authToken, type Process, type Env } from "../../../framework/index.js";
import { Router, handle } from "../../../http/index.js";
import { withContext } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import { withFaults } from "../faults.js";
import type { ImageFiles } from "../file-store.js";
import { GlanceApp } from "./app.js";
import { v1Routes } from "./v1-routes.js";
import { v2DataRoutes } from "./v2-data-routes.js";
import { v2ImageRoutes } from "./v2-image-routes.js";
import { v2MemberRoutes } from "./v2-member-routes.js";
import { withVersions } from "./versions.js";

/** @param files what is on the disk of its host; as the database, it outlives the process */
export function glanceApi(env: Env, database: GlanceDatabase, files: ImageFiles): Process {
  const app = new GlanceApp(env, database, files);
  const port = app.flags.glance_api_port;
  const router = new Router([
    ...v1Routes(app),
    ...v2ImageRoutes(app),
    ...v2DataRoutes(app),
    ...v2MemberRoutes(app),
  ]);
  const guarded = withContext(env, app.flags.admin_role, (ctxt, request) =>
    handle(router, ctxt, request),
  );
  const guard = authToken(env, { user: "glance", delayAuthDecision: true });
  const base = `http://${env.host}:${port}`;
  const application = withFaults(withVersions(base, guard(guarded)));
  return new WsgiService(env, { servers: [{ port, application }] });
}

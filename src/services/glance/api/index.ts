/** The process `glance-api`. Upstream: glance/cmd/api.py, etc/glance-api-paste.ini; other-services §2. */
import { authToken, faults, requestId, webService } from "../../../framework/index.js";
import type { Env, Process } from "../../../framework/index.js";
import { REQUEST_ID, confirmed, contextMaker } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import { faultBody, noRoute } from "../faults.js";
import type { ImageFiles } from "../stores/file-store.js";
import { glanceAuthFlags } from "../flags.js";
import { GlanceApp } from "./app.js";
import { glancePolicy } from "./policy.js";
import { glanceRoutes } from "./routes.js";
import { versionNegotiation } from "./versions.js";

/** @param files what is on the disk of its host; as the database, it outlives the process */
export function glanceApi(env: Env, database: GlanceDatabase, files: ImageFiles): Process {
  const app = new GlanceApp(env, database, files);
  return webService(env, {
    port: app.flags.glance_api_port,
    app,
    layers: [
      faults(faultBody),
      versionNegotiation(app.base),
      authToken(env, glanceAuthFlags),
      // A refusal further in passes the token middleware as an answer.
      faults(faultBody),
      confirmed,
      requestId(env, REQUEST_ID),
    ],
    context: contextMaker(env, app.flags.admin_role),
    policy: glancePolicy,
    routes: glanceRoutes,
    lost: noRoute,
  });
}

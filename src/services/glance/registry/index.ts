/** The process `glance-registry`. Upstream: glance/cmd/registry.py; other-services §2.1. */
import { authToken, faults, noPolicy, requestId, webService } from "../../../framework/index.js";
import type { Env, Process } from "../../../framework/index.js";
import { REQUEST_ID, confirmed, contextMaker } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import { faultBody, noRoute } from "../faults.js";
import { glanceAuthFlags, glanceRegistryFlags } from "../flags.js";
import { Images } from "../images.js";
import { registryRoutes } from "./routes.js";

export function glanceRegistry(env: Env, database: GlanceDatabase): Process {
  const flags = env.flags.read(glanceRegistryFlags);
  return webService(env, {
    port: flags.glance_registry_port,
    app: { env, database, images: new Images(database), flags },
    layers: [
      faults(faultBody),
      authToken(env, glanceAuthFlags),
      // A refusal further in passes the token middleware as an answer.
      faults(faultBody),
      confirmed,
      requestId(env, REQUEST_ID),
    ],
    context: contextMaker(env, flags.admin_role),
    policy: noPolicy,
    routes: registryRoutes,
    lost: noRoute,
  });
}

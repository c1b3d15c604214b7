/** The process `glance-registry`. Upstream: glance/cmd/registry.py; other-services §2.1. */
import { WsgiService, authToken, type Process, type Env } from "../../../framework/index.js";
import { Router, handle } from "../../../http/index.js";
import { withContext } from "../context.js";
import type { GlanceDatabase } from "../database.js";
import { withFaults } from "../faults.js";
import { glanceRegistryFlags } from "../flags.js";
import { Images } from "../images.js";
import { registryMemberRoutes } from "./member-routes.js";
import { registryRoutes } from "./routes.js";

export function glanceRegistry(env: Env, database: GlanceDatabase): Process {
  const flags = env.flags.read(glanceRegistryFlags);
  const images = new Images(database);
  const router = new Router([
    ...registryRoutes(env, images, flags),
    ...registryMemberRoutes(database, images),
  ]);
  const guarded = withContext(env, flags.admin_role, (ctxt, request) =>
    handle(router, ctxt, request),
  );
  const guard = authToken(env, { user: "glance", delayAuthDecision: true });
  const application = withFaults(guard(guarded));
  return new WsgiService(env, { servers: [{ port: flags.glance_registry_port, application }] });
}

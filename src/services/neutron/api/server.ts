/**
 * neutron-server: REST and RPC in one process, as with the default of no workers. The L3 plugin and
 * its topic `q-l3-plugin` are not here: there are no routers yet. Upstream: neutron/server/__init__.py,
 * etc/api-paste.ini.
 */
import {
  authToken,
  faults,
  identified,
  identityContext,
  requestId,
  shortcut,
  webService,
  withRpc,
} from "../../../framework/index.js";
import type { Env, Layer, Process } from "../../../framework/index.js";
import type { NeutronDatabase } from "../database.js";
import { neutronAuthFlags } from "../flags.js";
import { PluginManager } from "../rpc/plugin-manager.js";
import { pluginApi } from "../rpcapi.js";
import { faultBody, noRoute } from "./faults.js";
import { NeutronApi } from "./neutron-api.js";
import { neutronPolicy } from "./policy.js";
import { neutronRoutes } from "./routes.js";
import { versions } from "./versions.js";

/** Clients say the format in the path: `/v2.0/ports.json`. */
const formatless: Layer = (next) => (request) =>
  next({ ...request, path: request.path.replace(/\.json$/, "") });

/** A neutron-server process over its database. */
export function neutronServer(env: Env, database: NeutronDatabase): Process {
  const app = new NeutronApi(env, database);
  const web = webService(env, {
    port: app.plugin.app.flags.neutron_port,
    app,
    layers: [
      shortcut(versions(app.base)),
      authToken(env, neutronAuthFlags),
      identified,
      requestId(env, "x-openstack-request-id"),
      faults(faultBody),
      formatless,
    ],
    context: identityContext(env),
    policy: neutronPolicy,
    routes: neutronRoutes,
    lost: noRoute,
  });
  const endpoints = new PluginManager(app.plugin).endpoints();
  return withRpc(env, web, [{ topic: pluginApi.topic, endpoints }]);
}

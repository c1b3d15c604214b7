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
import { isUuidLike } from "../../../python/index.js";
import type { NeutronDatabase } from "../database.js";
import { neutronAuthFlags } from "../flags.js";
import { PluginManager } from "../rpc/plugin-manager.js";
import { pluginApi } from "../rpcapi.js";
import { faultBody, noRoute } from "./faults.js";
import { NeutronApi } from "./neutron-api.js";
import { neutronPolicy } from "./policy.js";
import { neutronRoutes } from "./routes.js";
import { versions } from "./versions.js";

/** Clients say the format in the path. */
const formatless =
  (app: NeutronApi): Layer =>
  (next) =>
  (request) =>
    next(app.withoutFormat(request));

/** `REQUIREMENTS` of api/v2/router.py: what is no UUID is no path to a thing of the core. */
const coreIds = shortcut(({ path }) => {
  const [, id] = /^\/v2\.0\/(?:networks|subnets|ports)\/([^/]+)\/?$/.exec(path) ?? [];
  return id === undefined || isUuidLike(id) ? undefined : noRoute();
});

/** A neutron-server process over its database. */
export function neutronServer(env: Env, database: NeutronDatabase): Process {
  const app = new NeutronApi(env, database);
  const web = webService(env, {
    port: app.plugin.app.flags.neutron_port,
    app,
    layers: [
      shortcut(versions(app.base)),
      requestId(env, "x-openstack-request-id"),
      authToken(env, neutronAuthFlags),
      identified,
      formatless(app),
      coreIds,
      faults(faultBody),
    ],
    context: identityContext(env),
    policy: neutronPolicy,
    routes: neutronRoutes,
    lost: noRoute,
  });
  const endpoints = new PluginManager(app.plugin).endpoints();
  return withRpc(env, web, [{ topic: pluginApi.topic, endpoints }]);
}

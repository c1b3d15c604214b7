/**
 * neutron-server: REST and RPC in one process, as with the default of no workers. Without the L3
 * plugin (`service_plugins`) there are no routers, and no topic `q-l3-plugin`; of floating IPs there
 * is an empty list for those who look, where upstream has no path. Load balancing has a plugin and a topic too. Upstream:
 * neutron/server/__init__.py, etc/api-paste.ini.
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
import type { NeutronDatabase } from "../db/database.js";
import { neutronAuthFlags } from "../flags.js";
import { lbaasPluginApi } from "../load-balancing/rpcapi.js";
import type { Plugin } from "../plugin/index.js";
import { l3PluginApi } from "../routing/rpcapi.js";
import { L3Callbacks } from "../rpc/l3-callbacks.js";
import { LbaasCallbacks } from "../rpc/lbaas-callbacks.js";
import { PluginManager } from "../rpc/plugin-manager.js";
import { pluginApi } from "../rpcapi.js";
import { faultBody, noRoute } from "./faults.js";
import { NeutronApi } from "./neutron-api.js";
import { neutronPolicy } from "./policy.js";
import { neutronRoutes } from "./routes.js";
import { versions } from "./versions.js";
import { neutronSerializer } from "../context.js";

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

/** What the L3 plugin would answer, where it is not loaded. */
const withoutRouters = (app: NeutronApi): Layer =>
  shortcut(({ method, path }) => {
    if (app.plugin.app.hasRouters) return undefined;
    const [, collection, id] =
      /^\/v2\.0\/(routers|floatingips|agents\/[^/]+\/l3-routers)(\/.*)?$/.exec(path) ?? [];
    if (collection === undefined) return undefined;
    const looks = collection === "floatingips" && method === "GET" && id === undefined;
    return looks ? undefined : noRoute();
  });

/** What the plugin of load balancing would answer, where it is not loaded. */
const withoutLoadBalancers = (app: NeutronApi): Layer =>
  shortcut(({ path }) =>
    app.plugin.app.hasLoadBalancers || !OF_LOAD_BALANCERS.test(path) ? undefined : noRoute(),
  );

const OF_LOAD_BALANCERS =
  /^\/v2\.0\/(lb|service-providers|agents\/[^/]+\/loadbalancer-pools)(\/.*)?$/;

/** A neutron-server process over its database. */
export function neutronServer(env: Env, database: NeutronDatabase): Process {
  const app = new NeutronApi(env, database);
  const web = webService(env, {
    port: app.plugin.app.flags.neutron_port,
    app,
    layers: [
      shortcut(versions(app)),
      requestId(env, "x-openstack-request-id"),
      authToken(env, neutronAuthFlags),
      identified,
      formatless(app),
      coreIds,
      withoutRouters(app),
      withoutLoadBalancers(app),
      faults(faultBody),
    ],
    context: identityContext(env),
    policy: neutronPolicy,
    routes: neutronRoutes,
    lost: noRoute,
  });
  const { plugin } = app;
  const { hasLoadBalancers, hasRouters } = plugin.app;
  const manager = new PluginManager(plugin);
  const topics = [{ topic: pluginApi.topic, endpoints: manager.endpoints() }];
  if (hasRouters) {
    topics.push({ topic: l3PluginApi.topic, endpoints: new L3Callbacks(plugin).endpoints() });
  }
  if (hasLoadBalancers) {
    const lbaas = [...new LbaasCallbacks(plugin).endpoints(), manager.ofReports()];
    topics.push({ topic: lbaasPluginApi.topic, endpoints: lbaas });
  }
  const process = withRpc(env, web, topics, neutronSerializer);
  return hasRouters ? withFailover(plugin, process) : process;
}

/** It looks after the routers of dead agents as well, if it is told to. */
function withFailover({ l3: { rescheduling } }: Plugin, process: Process): Process {
  return {
    *start() {
      rescheduling.start();
      yield* process.start();
    },
    *stop() {
      rescheduling.stop();
      yield* process.stop();
    },
    crash() {
      rescheduling.stop();
      process.crash();
    },
  };
}

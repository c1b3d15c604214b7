/**
 * neutron-server: REST and RPC in one process, as with the default of no workers. The L3 plugin and
 * its topic `q-l3-plugin` are not here: there are no routers yet. Upstream: neutron/server/__init__.py.
 */
import {
  WsgiService,
  authToken,
  withRpc,
  type Env,
  type Process,
} from "../../../framework/index.js";
import { baseOf, neutronApplication } from "./application.js";
import type { NeutronDatabase } from "../database.js";
import { Plugin } from "../plugin/index.js";
import { PluginManager } from "../rpc/plugin-manager.js";
import { pluginApi } from "../rpcapi.js";
import { withVersions } from "./versions.js";

/** A neutron-server process over its database. */
export function neutronServer(env: Env, database: NeutronDatabase): Process {
  const plugin = new Plugin(env, database);
  const authenticated = authToken(env, { user: "neutron" });
  const port = plugin.app.flags.neutron_port;
  const application = withVersions(baseOf(plugin), authenticated(neutronApplication(plugin)));
  const web = new WsgiService(env, { servers: [{ port, application }] });
  const endpoints = new PluginManager(plugin).endpoints();
  return withRpc(env, web, [{ topic: pluginApi.topic, endpoints }]);
}

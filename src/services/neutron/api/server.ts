/**
 * neutron-server: REST and RPC in one process, as with the default of no workers. The L3 plugin and
 * its topic `q-l3-plugin` are not here: there are no routers yet. Upstream: neutron/server/__init__.py.
 */
import { RpcServer } from "../../../bus/index.js";
import {
  WsgiService,
  authToken,
  contextSerializer,
  serviceFlags,
  type Process,
  type RequestContext,
  type Env,
} from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { baseOf, neutronApplication } from "./application.js";
import type { NeutronDatabase } from "../database.js";
import { Plugin } from "../plugin/index.js";
import { PluginManager } from "../rpc/plugin-manager.js";
import { pluginApi } from "../rpcapi.js";
import { withVersions } from "./versions.js";

class NeutronServer implements Process {
  readonly #rpc: RpcServer<RequestContext>;
  readonly #wsgi: WsgiService;

  constructor(env: Env, database: NeutronDatabase) {
    const plugin = new Plugin(env, database);
    const { rpc_thread_pool_size: poolSize } = env.flags.read(serviceFlags);
    this.#rpc = new RpcServer(env.bus, {
      topic: pluginApi.topic,
      server: env.host,
      serializer: contextSerializer,
      endpoints: new PluginManager(plugin).endpoints(),
      poolSize,
      onError: (error, { method }) => {
        env.log(
          "error",
          `Exception during message handling of ${method}: ${error.name}: ${error.message}`,
        );
      },
    });
    const authenticated = authToken(env, { user: "neutron" });
    this.#wsgi = new WsgiService(env, {
      servers: [
        {
          port: plugin.app.flags.neutron_port,
          application: withVersions(baseOf(plugin), authenticated(neutronApplication(plugin))),
        },
      ],
    });
  }

  *start(): Op<void> {
    this.#rpc.start();
    yield* this.#wsgi.start();
  }

  *stop(): Op<void> {
    this.#rpc.stop();
    yield* this.#rpc.wait();
    yield* this.#wsgi.stop();
  }

  crash(): void {
    this.#rpc.crash();
    this.#wsgi.crash();
  }
}

/** A neutron-server process over its database. */
export const neutronServer = (env: Env, database: NeutronDatabase): Process =>
  new NeutronServer(env, database);

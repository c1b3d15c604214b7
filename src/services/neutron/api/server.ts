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
  type Surroundings,
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

  constructor(surroundings: Surroundings, database: NeutronDatabase) {
    const plugin = new Plugin(surroundings, database);
    const { rpc_thread_pool_size: poolSize } = surroundings.flags.read(serviceFlags);
    this.#rpc = new RpcServer(surroundings.bus, {
      topic: pluginApi.topic,
      server: surroundings.host,
      serializer: contextSerializer,
      endpoints: new PluginManager(plugin).endpoints(),
      poolSize,
      onError: (error, { method }) => {
        surroundings.log(
          "error",
          `Exception during message handling of ${method}: ${error.name}: ${error.message}`,
        );
      },
    });
    const authenticated = authToken(surroundings, { user: "neutron" });
    this.#wsgi = new WsgiService(surroundings, {
      application: withVersions(baseOf(plugin), authenticated(neutronApplication(plugin))),
      ports: [plugin.app.flags.neutron_port],
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
export const neutronServer = (surroundings: Surroundings, database: NeutronDatabase): Process =>
  new NeutronServer(surroundings, database);

/**
 * What an agent of load balancing asks of neutron-server, and says to it: all of it are calls. Upstream:
 * neutron/services/loadbalancer/agent/agent_api.py (LbaasAgentApi) at 2014.2.
 */
import { clientOf, RpcClient } from "../../../bus/index.js";
import { adminContext, type Env, type RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { neutronSerializer } from "../context.js";
import { lbaasPluginApi, type LogicalDevice } from "../load-balancing/rpcapi.js";

/** What has a status: of a health monitor the id says which pool's it is. */
export type WithStatus = "vip" | "pool" | "member" | "health_monitor";

export class LbaasPlugin {
  readonly ctxt: RequestContext;
  readonly #host: string;
  readonly #server;

  constructor(env: Env) {
    this.ctxt = adminContext(env);
    this.#host = env.host;
    this.#server = clientOf(lbaasPluginApi, new RpcClient(env.bus, neutronSerializer));
  }

  getReadyDevices(): Op<string[]> {
    return this.#server.get_ready_devices(this.ctxt, { host: this.#host });
  }

  getLogicalDevice(pool_id: string): Op<LogicalDevice> {
    return this.#server.get_logical_device(this.ctxt, { pool_id });
  }

  poolDeployed(pool_id: string): Op<void> {
    return this.#server.pool_deployed(this.ctxt, { pool_id });
  }

  poolDestroyed(pool_id: string): Op<void> {
    return this.#server.pool_destroyed(this.ctxt, { pool_id });
  }

  updateStatus(obj_type: WithStatus, obj_id: Json, status: "ACTIVE" | "ERROR"): Op<void> {
    return this.#server.update_status(this.ctxt, { obj_type, obj_id, status });
  }

  plugVipPort(port_id: string): Op<void> {
    return this.#server.plug_vip_port(this.ctxt, { port_id, host: this.#host });
  }

  unplugVipPort(port_id: string): Op<void> {
    return this.#server.unplug_vip_port(this.ctxt, { port_id, host: this.#host });
  }

  updatePoolStats(pool_id: string, stats: JsonObject): Op<void> {
    return this.#server.update_pool_stats(this.ctxt, { pool_id, stats, host: this.#host });
  }
}

/**
 * neutron-lbaas-agent's work: what it is told to do with a pool and its parts it has a device driver do, and says how
 * it went. Upstream:
 * neutron/services/loadbalancer/agent/agent_manager.py (LbaasAgentManager) at 2014.2.
 */
import { endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import {
  FixedIntervalLoopingCall,
  Manager,
  PeriodicTasks,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { caught, quietly, seconds, type Op, type Span } from "../../../kernel/index.js";
import { repr, str, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { lbaasAgentFlags } from "../flags.js";
import { HAPROXY_NS, LOADBALANCER_AGENT } from "../load-balancing/rows.js";
import { lbaasAgentApi, lbaasPluginApi } from "../load-balancing/rpcapi.js";
import { StateReports } from "../state-reports.js";
import { Instances } from "./instances.js";
import { LbaasPlugin, type WithStatus } from "./plugin.js";

interface Monitor {
  readonly health_monitor: JsonObject;
  readonly pool_id: string;
}

export class LbaasAgentManager
  extends Manager
  implements Serves<typeof lbaasAgentApi, RequestContext>
{
  readonly #plugin: LbaasPlugin;
  readonly #instances: Instances;
  readonly #reports: StateReports;
  readonly #flags: FlagsOf<typeof lbaasAgentFlags>;
  readonly #tasks: PeriodicTasks;
  readonly #ticks: FixedIntervalLoopingCall;
  #adminStateUp = true;

  /** @throws FlagError */
  constructor(env: Env, deployInstance: Span, namespaces: NetworkNamespaces) {
    super(env);
    const flags = env.flags.read(lbaasAgentFlags);
    this.#plugin = new LbaasPlugin(env);
    this.#flags = flags;
    const parts = { plugin: this.#plugin, namespaces, deployInstance };
    this.#instances = new Instances(env, flags.device_driver, parts);
    this.#reports = new StateReports(
      env,
      this.#plugin.ctxt,
      () => ({
        binary: "neutron-lbaas-agent",
        host: this.host,
        topic: lbaasAgentApi.topic,
        agent_type: LOADBALANCER_AGENT,
        configurations: { device_drivers: [HAPROXY_NS], instances: this.#instances.count },
      }),
      { topic: lbaasPluginApi.topic },
    );
    this.#tasks = new PeriodicTasks(env, [
      { name: "periodic_resync", run: () => this.#instances.resync() },
      { name: "collect_stats", spacing: 6, run: () => this.#instances.collectStats() },
    ]);
    this.#ticks = new FixedIntervalLoopingCall(env, "periodic_tasks", () => this.#tick());
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(lbaasAgentApi, this)];
  }

  override *init_host(): Op<void> {
    const reports = this.#reports.start(this.#flags.agent_report_interval);
    this.env.spawn("report_state", reports, { daemon: false });
    yield* this.#instances.sync();
  }

  override *post_start_hook(): Op<void> {
    this.#ticks.start(seconds(this.#flags.lbaas_periodic_interval), { daemon: true });
  }

  override *cleanup_host(): Op<void> {
    this.stop();
  }

  stop(): void {
    this.#reports.stop();
    this.#ticks.stop();
  }

  create_vip(_ctxt: RequestContext, { vip }: { vip: JsonObject }): Op<void> {
    return this.#refresh("create", "vip", vip["id"] ?? null, textOf(vip, "pool_id"));
  }

  update_vip(_ctxt: RequestContext, { vip }: { vip: JsonObject }): Op<void> {
    return this.#refresh("update", "vip", vip["id"] ?? null, textOf(vip, "pool_id"));
  }

  *delete_vip(_ctxt: RequestContext, { vip }: { vip: JsonObject }): Op<void> {
    const pool = textOf(vip, "pool_id");
    yield* this.#instances.driverOf(pool).undeploy(pool);
  }

  /** It needs an address before anything is to be done. */
  *create_pool(
    _ctxt: RequestContext,
    { pool, driver_name }: { pool: JsonObject; driver_name: string },
  ): Op<void> {
    const id = textOf(pool, "id");
    if (driver_name !== HAPROXY_NS) {
      this.env.log("error", `No device driver on agent: ${str(driver_name)}.`);
      yield* this.#plugin.updateStatus("pool", id, "ERROR");
      return;
    }
    this.#instances.add(id);
    yield* this.#plugin.updateStatus("pool", id, "ACTIVE");
  }

  update_pool(_ctxt: RequestContext, { pool }: { pool: JsonObject }): Op<void> {
    return this.#refresh("update", "pool", pool["id"] ?? null, textOf(pool, "id"));
  }

  *delete_pool(_ctxt: RequestContext, { pool }: { pool: JsonObject }): Op<void> {
    yield* this.#instances.delete(textOf(pool, "id"));
  }

  create_member(_ctxt: RequestContext, { member }: { member: JsonObject }): Op<void> {
    return this.#refresh("create", "member", member["id"] ?? null, textOf(member, "pool_id"));
  }

  update_member(_ctxt: RequestContext, { member }: { member: JsonObject }): Op<void> {
    return this.#refresh("update", "member", member["id"] ?? null, textOf(member, "pool_id"));
  }

  *delete_member(_ctxt: RequestContext, { member }: { member: JsonObject }): Op<void> {
    const pool = textOf(member, "pool_id");
    yield* this.#instances.driverOf(pool).refresh(pool);
  }

  create_pool_health_monitor(_ctxt: RequestContext, monitor: Monitor): Op<void> {
    return this.#refreshMonitor("create", monitor);
  }

  update_pool_health_monitor(_ctxt: RequestContext, monitor: Monitor): Op<void> {
    return this.#refreshMonitor("update", monitor);
  }

  *delete_pool_health_monitor(_ctxt: RequestContext, { pool_id }: Monitor): Op<void> {
    yield* this.#instances.driverOf(pool_id).refresh(pool_id);
  }

  /** One that is disabled has no pools any more; enabled again, it asks for them. */
  *agent_updated(
    _ctxt: RequestContext,
    { payload }: { payload: { admin_state_up: boolean } },
  ): Op<void> {
    if (payload.admin_state_up === this.#adminStateUp) return;
    this.#adminStateUp = payload.admin_state_up;
    if (this.#adminStateUp) this.#instances.outOfStep();
    else yield* this.#instances.destroyAll();
    this.env.log("info", `Agent_updated by server side ${repr(payload)}!`);
  }

  #refreshMonitor(operation: string, { health_monitor, pool_id }: Monitor): Op<void> {
    const id = { pool_id, monitor_id: health_monitor["id"] ?? null };
    return this.#refresh(operation, "health_monitor", id, pool_id);
  }

  /** Have the pool as it is by now, and say whether the part of it that was told of is there. */
  *#refresh(operation: string, type: WithStatus, id: Json, pool: string): Op<void> {
    const driver = this.#instances.driverOf(pool);
    let status: "ACTIVE" | "ERROR" = "ACTIVE";
    try {
      yield* driver.refresh(pool);
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      const act = operation.slice(0, 1).toUpperCase() + operation.slice(1);
      const what = `${act} ${type} ${str(id)} failed on device driver ${HAPROXY_NS}`;
      this.env.log("error", `${what}: ${name}: ${message}`);
      status = "ERROR";
    }
    yield* this.#plugin.updateStatus(type, id, status);
  }

  *#tick(): Op<void> {
    yield* quietly(this.#tasks.run(this.#plugin.ctxt));
  }
}

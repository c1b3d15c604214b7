/**
 * What goes between neutron-server and its agents of load balancing: the server casts each change to the agent
 * that hosts the pool, the agents call `n-lbaas-plugin`. Reports go there as well. Upstream:
 * neutron/services/loadbalancer/drivers/common/agent_driver_base.py (LoadBalancerCallbacks,
 * LoadBalancerAgentApi), agent/agent_api.py at 2014.2.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, type Json, type JsonObject } from "../../../python/index.js";

/** A pool and what belongs to it, as it is to run. */
export interface LogicalDevice extends JsonObject {
  readonly pool: JsonObject;
  readonly vip?: JsonObject;
  readonly members: readonly JsonObject[];
  readonly healthmonitors: readonly JsonObject[];
  readonly driver: string;
}

const none = otherwise(null);

export const lbaasPluginApi = defineRpcApi({
  topic: "n-lbaas-plugin",
  version: "2.0",
  methods: {
    get_ready_devices: call<{ host: string }, string[]>(undefined, { host: none }),
    get_logical_device: call<{ pool_id: string }, LogicalDevice>(undefined, { pool_id: none }),
    pool_deployed: call<{ pool_id: string }, void>(undefined, { pool_id: required() }),
    pool_destroyed: call<{ pool_id: string }, void>(undefined, { pool_id: none }),
    /** Of a health monitor `obj_id` says which one, and of which pool. */
    update_status: call<{ obj_type: string; obj_id: Json; status: string }, void>(undefined, {
      obj_type: required(),
      obj_id: required(),
      status: required(),
    }),
    plug_vip_port: call<{ port_id: string; host: string }, void>(undefined, {
      port_id: none,
      host: none,
    }),
    unplug_vip_port: call<{ port_id: string; host: string }, void>(undefined, {
      port_id: none,
      host: none,
    }),
    update_pool_stats: call<{ pool_id: string; stats: JsonObject; host: string }, void>(undefined, {
      pool_id: none,
      stats: none,
      host: none,
    }),
  },
});

const ofPool = dictLike({ pool_id: anything, id: anything });
const withId = dictLike({ id: anything });
const monitor = { health_monitor: required(withId), pool_id: required() };

interface Monitor {
  readonly health_monitor: JsonObject;
  readonly pool_id: string;
}

export const lbaasAgentApi = defineRpcApi({
  topic: "n-lbaas_agent",
  version: "2.0",
  methods: {
    create_vip: cast<{ vip: JsonObject }>(undefined, { vip: required(ofPool) }),
    update_vip: cast<{ old_vip: JsonObject; vip: JsonObject }>(undefined, {
      old_vip: required(),
      vip: required(ofPool),
    }),
    delete_vip: cast<{ vip: JsonObject }>(undefined, { vip: required(ofPool) }),
    create_pool: cast<{ pool: JsonObject; driver_name: string }>(undefined, {
      pool: required(withId),
      driver_name: required(),
    }),
    update_pool: cast<{ old_pool: JsonObject; pool: JsonObject }>(undefined, {
      old_pool: required(),
      pool: required(withId),
    }),
    delete_pool: cast<{ pool: JsonObject }>(undefined, { pool: required(withId) }),
    create_member: cast<{ member: JsonObject }>(undefined, { member: required(ofPool) }),
    update_member: cast<{ old_member: JsonObject; member: JsonObject }>(undefined, {
      old_member: required(),
      member: required(ofPool),
    }),
    delete_member: cast<{ member: JsonObject }>(undefined, { member: required(ofPool) }),
    create_pool_health_monitor: cast<Monitor>(undefined, monitor),
    update_pool_health_monitor: cast<Monitor & { old_health_monitor: JsonObject }>(undefined, {
      old_health_monitor: required(),
      ...monitor,
    }),
    delete_pool_health_monitor: cast<Monitor>(undefined, monitor),
    agent_updated: cast<{ payload: { admin_state_up: boolean } }>(undefined, {
      payload: required(dictLike({ admin_state_up: anything })),
    }),
  },
});

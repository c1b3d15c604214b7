/**
 * What goes between neutron-server and its L3 agents: the agents ask on `q-l3-plugin`, the server
 * casts to `l3_agent`. What DVR, HA and FWaaS add is not here. Upstream: neutron/agent/l3_agent.py
 * (L3PluginApi), api/rpc/handlers/l3_rpc.py, api/rpc/agentnotifiers/l3_rpc_agent_api.py at 2014.2.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, listLike, optional, type JsonObject } from "../../../python/index.js";
import type { FloatingIpStatus } from "./rows.js";

/** A router with the ports and floating IPs that are to be there. */
export interface SyncedRouter extends JsonObject {
  readonly id: string;
  readonly external_gateway_info: JsonObject | null;
  readonly gw_port?: JsonObject;
  readonly _interfaces?: readonly JsonObject[];
  readonly _floatingips?: readonly JsonObject[];
}

const none = otherwise(null);
const rest = { rest: true };

export const l3PluginApi = defineRpcApi({
  topic: "q-l3-plugin",
  version: "1.4",
  methods: {
    sync_routers: call<{ host: string; router_ids: readonly string[] | null }, SyncedRouter[]>(
      "1.0",
      { host: none, router_ids: otherwise(null, optional(listLike())) },
      rest,
    ),
    /** @throws TooManyExternalNetworks */
    get_external_network_id: call<{ host: string }, string | null>("1.0", { host: none }, rest),
    update_floatingip_statuses: call<
      { router_id: string; fip_statuses: Readonly<Record<string, FloatingIpStatus>> },
      void
    >("1.1", { router_id: required(), fip_statuses: required(dictLike()) }),
    get_service_plugin_list: call<Record<string, never>, string[]>("1.3", {}, rest),
  },
});

export const l3AgentApi = defineRpcApi({
  topic: "l3_agent",
  version: "1.2",
  methods: {
    routers_updated: cast<{ routers: readonly string[] }>("1.1", {
      routers: required(optional(listLike())),
    }),
    router_added_to_agent: cast<{ payload: readonly string[] }>("1.0", {
      payload: required(optional(listLike())),
    }),
    router_removed_from_agent: cast<{ payload: { router_id: string } }>("1.0", {
      payload: required(dictLike({ router_id: anything })),
    }),
    agent_updated: cast<{ payload: { admin_state_up: boolean } }>("1.0", {
      payload: required(),
    }),
    router_deleted: cast<{ router_id: string }>("1.0", { router_id: required() }),
  },
});

/**
 * What L3 agents ask of neutron-server on `q-l3-plugin`: the routers that are theirs, the one external
 * network, and to note what became of floating IPs. Upstream: api/rpc/handlers/l3_rpc.py
 * (L3RpcCallback) at 2014.2.
 */
import { endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { dictOrder, type JsonObject } from "../../../python/index.js";
import { PortNotFound } from "../errors.js";
import { L3_AGENT } from "../plugin/agents.js";
import type { Plugin } from "../plugin/index.js";
import { AgentNotFoundByTypeHost, TooManyExternalNetworks } from "../routing/errors.js";
import type { FloatingIpStatus } from "../routing/rows.js";
import { l3PluginApi, type SyncedRouter } from "../routing/rpcapi.js";

export class L3Callbacks implements Serves<typeof l3PluginApi, RequestContext> {
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(l3PluginApi, this)];
  }

  /** An agent that is disabled gets none. @throws AgentNotFoundByTypeHost before its first report */
  *sync_routers(
    _ctxt: RequestContext,
    { host, router_ids }: { host: string; router_ids: readonly string[] | null },
  ): Op<SyncedRouter[]> {
    const { app, l3 } = this.#plugin;
    const ctxt = app.adminContext();
    if (app.flags.router_auto_schedule) l3.scheduling.scheduleFor(host, router_ids);
    const agent = app.database.agentOn(host, L3_AGENT);
    if (agent === undefined) throw new AgentNotFoundByTypeHost({ agent_type: L3_AGENT, host });
    if (!agent.admin_state_up) return [];
    const hosted = l3.scheduling.hostedBy(agent.uuid);
    // An empty list asks for all, as none does.
    const asked = router_ids !== null && router_ids.length > 0 ? router_ids : hosted;
    const routers = l3.syncData.of(
      ctxt,
      hosted.filter((id) => asked.includes(id)),
    );
    for (const { gw_port, _interfaces = [] } of routers) {
      for (const port of [...(gw_port === undefined ? [] : [gw_port]), ..._interfaces]) {
        yield* this.#bind(ctxt, host, port);
      }
    }
    return routers;
  }

  *get_external_network_id(): Op<string | null> {
    const [network, another] = this.#plugin.app.database.networks.find({ router_external: true });
    if (another !== undefined) throw new TooManyExternalNetworks();
    return network?.uuid ?? null;
  }

  *get_service_plugin_list(): Op<string[]> {
    const loaded = this.#plugin.app.hasLoadBalancers ? ["LOADBALANCER"] : [];
    return dictOrder(["CORE", "L3_ROUTER_NAT", ...loaded]);
  }

  *update_floatingip_statuses(
    _ctxt: RequestContext,
    args: { router_id: string; fip_statuses: Readonly<Record<string, FloatingIpStatus>> },
  ): Op<void> {
    this.#plugin.l3.floatingIps.reported(args.router_id, args.fip_statuses);
  }

  /** A router's ports are where its agent is; one that could not be bound there is told again. */
  *#bind(ctxt: RequestContext, host: string, port: JsonObject): Op<void> {
    const failed = port["binding:vif_type"] === "binding_failed";
    if (port["binding:host_id"] === host && !failed) return;
    try {
      yield* this.#plugin.ports.update(ctxt, port["id"] as string, { "binding:host_id": host });
    } catch (error) {
      if (!(error instanceof PortNotFound)) throw error;
    }
  }
}

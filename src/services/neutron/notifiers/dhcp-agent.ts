/**
 * Tells the DHCP agents of a network what the API did to it; a network that nobody serves is given
 * to an agent when its first port comes. Upstream: api/rpc/agentnotifiers/dhcp_rpc_agent_api.py.
 */
import { RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import { contextSerializer, type RequestContext, type Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Plugin } from "../plugin/index.js";
import { dhcpAgentApi } from "../rpcapi.js";
import type { Agent } from "../rows.js";

type Resource = "network" | "subnet" | "port";
type Act = "create" | "update" | "delete";

export class DhcpAgentNotifier {
  readonly #plugin: Plugin;
  readonly #agents: ClientOf<typeof dhcpAgentApi, RequestContext>;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
    const rpc = new RpcClient(plugin.app.env.bus, contextSerializer);
    this.#agents = clientOf(dhcpAgentApi, rpc);
  }

  /** `object` is as the API shows it: after the act, or before if it is gone now. */
  *notify(ctxt: RequestContext, resource: Resource, act: Act, object: JsonObject): Op<void> {
    const id = object["id"] as string;
    if (resource === "network") {
      // Nothing at creation, so that an admin can choose an agent by hand.
      if (act === "delete") {
        yield* this.#agents.prepare({ fanout: true }).network_delete_end(ctxt, {
          payload: { network_id: id },
        });
      } else if (act === "update") {
        for (const agent of this.#hosting(id)) {
          yield* this.#to(agent).network_update_end(ctxt, { payload: { network: object } });
        }
      }
      return;
    }
    const networkId = object["network_id"] as string;
    if (resource === "port" && act === "create") yield* this.#schedule(ctxt, networkId, object);
    for (const agent of this.#hosting(networkId)) {
      yield* resource === "port"
        ? this.#portEvent(ctxt, agent, act, object)
        : this.#subnetEvent(ctxt, agent, act, object);
    }
  }

  *#portEvent(ctxt: RequestContext, agent: Row<Agent>, act: Act, port: JsonObject): Op<void> {
    const to = this.#to(agent);
    if (act === "create") yield* to.port_create_end(ctxt, { payload: { port } });
    else if (act === "update") yield* to.port_update_end(ctxt, { payload: { port } });
    else yield* to.port_delete_end(ctxt, { payload: { port_id: port["id"] as string } });
  }

  *#subnetEvent(ctxt: RequestContext, agent: Row<Agent>, act: Act, subnet: JsonObject): Op<void> {
    const to = this.#to(agent);
    if (act === "create") yield* to.subnet_create_end(ctxt, { payload: { subnet } });
    else if (act === "update") yield* to.subnet_update_end(ctxt, { payload: { subnet } });
    else yield* to.subnet_delete_end(ctxt, { payload: { subnet_id: subnet["id"] as string } });
  }

  *#schedule(ctxt: RequestContext, networkId: string, port: JsonObject): Op<void> {
    const { app, dhcp } = this.#plugin;
    if (!app.flags.network_auto_schedule || port["device_owner"] === "network:dhcp") return;
    for (const agent of dhcp.schedule(networkId)) {
      yield* this.#to(agent).network_create_end(ctxt, { payload: { network: { id: networkId } } });
    }
  }

  /** Dead agents too: what is sent to them waits in their queue. */
  #hosting(networkId: string): Row<Agent>[] {
    return this.#plugin.dhcp.hosting(networkId).filter(({ admin_state_up }) => admin_state_up);
  }

  #to(agent: Row<Agent>): ClientOf<typeof dhcpAgentApi, RequestContext> {
    return this.#agents.prepare({ server: agent.host });
  }
}

/**
 * Tells the DHCP agents of a network what the API did to it; a network that nobody serves is given
 * to an agent when its first port comes. Upstream: api/rpc/agentnotifiers/dhcp_rpc_agent_api.py.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { RESERVED_DHCP_PORT } from "../dhcp-device.js";
import type { Plugin } from "../plugin/index.js";
import type { dhcpAgentApi } from "../rpcapi.js";
import type { Agent } from "../db/rows.js";

type Resource = "network" | "subnet" | "port";
type Act = "create" | "update" | "delete";

export class DhcpAgentNotifier {
  readonly #plugin: Plugin;
  readonly #agents: ClientOf<typeof dhcpAgentApi, RequestContext>;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
    this.#agents = plugin.app.dhcpAgents;
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
    if (port["device_id"] === RESERVED_DHCP_PORT) return;
    const had = dhcp.hosting(networkId);
    const found = dhcp.schedule(networkId);
    for (const agent of found) yield* this.networkAdded(ctxt, networkId, agent);
    if (found.length > 0 || had.length > 0) return;
    app.env.log(
      "warning",
      `Unable to schedule network ${networkId}: no agents available; will retry on subsequent port creation events.`,
    );
  }

  networkAdded(ctxt: RequestContext, id: string, agent: Row<Agent>): Op<void> {
    return this.#to(agent).network_create_end(ctxt, { payload: { network: { id } } });
  }

  networkRemoved(ctxt: RequestContext, network_id: string, agent: Row<Agent>): Op<void> {
    return this.#to(agent).network_delete_end(ctxt, { payload: { network_id } });
  }

  /** Dead agents too: what is sent to them waits in their queue. */
  #hosting(networkId: string): Row<Agent>[] {
    const { agents, app, dhcp } = this.#plugin;
    const hosting = dhcp.hosting(networkId);
    const enabled = hosting.filter(({ admin_state_up }) => admin_state_up);
    const active = hosting.filter((agent) => agents.isAlive(agent));
    if (active.length < enabled.length) {
      app.env.log(
        "warning",
        `Only ${String(active.length)} of ${String(enabled.length)} DHCP agents associated with network '${networkId}' are marked as active, so  notifications may be sent to inactive agents.`,
      );
    }
    return enabled;
  }

  #to(agent: Row<Agent>): ClientOf<typeof dhcpAgentApi, RequestContext> {
    return this.#agents.prepare({ server: agent.host });
  }
}

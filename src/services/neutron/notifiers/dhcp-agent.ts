/**
 * Tells the DHCP agents of a network what the API did to it; a network that nobody serves is given
 * to an agent when its first port comes. Upstream: neutron/api/rpc/agentnotifiers/dhcp_rpc_agent_api.py at
 * 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
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
        const payload = { network: object };
        for (const agent of this.#enabled(id, this.#hosting(id), "network_update_end", payload)) {
          yield* this.#to(agent).network_update_end(ctxt, { payload });
        }
      }
      return;
    }
    const networkId = object["network_id"] as string;
    let hosting = this.#hosting(networkId);
    if (resource === "port" && act === "create" && object["device_id"] !== RESERVED_DHCP_PORT) {
      hosting = yield* this.#schedule(ctxt, networkId, hosting);
    }
    const payload = act === "delete" ? { [`${resource}_id`]: id } : { [resource]: object };
    const method = `${resource}_${act}_end`;
    for (const agent of this.#enabled(networkId, hosting, method, payload)) {
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

  /** @returns new agents before those that it had */
  *#schedule(
    ctxt: RequestContext,
    networkId: string,
    had: readonly Row<Agent>[],
  ): Op<readonly Row<Agent>[]> {
    const { app, dhcp } = this.#plugin;
    const found = dhcp.schedule(networkId);
    for (const agent of found) yield* this.networkAdded(ctxt, networkId, agent);
    if (found.length === 0 && had.length === 0) {
      const what = `Unable to schedule network ${networkId}: no agents available`;
      app.env.log("warning", `${what}; will retry on subsequent port creation events.`);
    }
    return [...found, ...had];
  }

  networkAdded(ctxt: RequestContext, id: string, agent: Row<Agent>): Op<void> {
    return this.#to(agent).network_create_end(ctxt, { payload: { network: { id } } });
  }

  networkRemoved(ctxt: RequestContext, network_id: string, agent: Row<Agent>): Op<void> {
    return this.#to(agent).network_delete_end(ctxt, { payload: { network_id } });
  }

  #hosting(networkId: string): readonly Row<Agent>[] {
    return this.#plugin.dhcp.hosting(networkId);
  }

  /** Dead agents too: what is sent to them waits in their queue. `_get_enabled_agents` */
  #enabled(
    networkId: string,
    hosting: readonly Row<Agent>[],
    method: string,
    payload: JsonObject,
  ): Row<Agent>[] {
    const { agents, app } = this.#plugin;
    const enabled = hosting.filter(({ admin_state_up }) => admin_state_up);
    const active = hosting.filter((agent) => agents.isAlive(agent));
    if (active.length < enabled.length) {
      app.env.log(
        "warning",
        `Only ${String(active.length)} of ${String(enabled.length)} DHCP agents associated with network '${networkId}' are marked as active, so  notifications may be sent to inactive agents.`,
      );
    }
    const { ports, subnets } = app.database;
    const network_id = networkId;
    if (
      enabled.length === 0 &&
      ports.count({ network_id }) > 0 &&
      subnets.count({ network_id }) > 0
    ) {
      const what = `Will not send event ${method} for network ${networkId}: no agent available.`;
      app.env.log("error", `${what} Payload: ${str(payload)}`);
    }
    return enabled;
  }

  #to(agent: Row<Agent>): ClientOf<typeof dhcpAgentApi, RequestContext> {
    return this.#agents.prepare({ server: agent.host });
  }
}

/**
 * Which DHCP agent serves which network: chosen by chance among those alive when the first port
 * comes, or taken by an agent that starts; never moved in Juno. Upstream:
 * neutron/scheduler/dhcp_agent_scheduler.py, db/agentschedulers_db.py.
 */
import type { Row } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import type { Agent } from "../rows.js";
import { DHCP_AGENT, type Agents } from "./agents.js";
import type { NeutronApp } from "./app.js";

export class DhcpScheduling {
  readonly #app: NeutronApp;
  readonly #agents: Agents;
  readonly #stream: Stream;

  constructor(app: NeutronApp, agents: Agents) {
    this.#app = app;
    this.#agents = agents;
    this.#stream = app.env.stream("dhcp agent choice");
  }

  /** The agents that serve a network, alive or not. */
  hosting(networkId: string): Row<Agent>[] {
    const { agents, dhcpAgentBindings } = this.#app.database;
    return dhcpAgentBindings
      .find({ network_id: networkId })
      .map(({ dhcp_agent_id }) => agents.get(dhcp_agent_id))
      .filter((agent) => agent !== undefined);
  }

  /** Find agents for a network that has too few. @returns the new ones */
  schedule(networkId: string): Row<Agent>[] {
    const { database, flags } = this.#app;
    if (!this.#hasDhcp(networkId)) return [];
    const hosting = this.hosting(networkId);
    const wanted = flags.dhcp_agents_per_network - hosting.length;
    const able = database.agents
      .find({ agent_type: DHCP_AGENT })
      .filter((agent) => agent.admin_state_up && this.#agents.isAlive(agent))
      .filter(({ uuid }) => !hosting.some((other) => other.uuid === uuid));
    const chosen: Row<Agent>[] = [];
    while (chosen.length < wanted && able.length > 0) {
      const agent = this.#stream.pick(able);
      able.splice(able.indexOf(agent), 1);
      chosen.push(agent);
    }
    for (const { uuid } of chosen) this.#bind(networkId, uuid);
    return chosen;
  }

  /** An agent asks for work: it gets every network that has too few agents. */
  scheduleFor(host: string): void {
    const { database, flags } = this.#app;
    const agent = database.agentOn(host, DHCP_AGENT);
    if (agent === undefined || !agent.admin_state_up || !this.#agents.isAlive(agent)) return;
    for (const { uuid } of database.networks.find()) {
      if (!this.#hasDhcp(uuid)) continue;
      const hosting = this.hosting(uuid);
      if (hosting.length >= flags.dhcp_agents_per_network) continue;
      if (!hosting.some((other) => other.uuid === agent.uuid)) this.#bind(uuid, agent.uuid);
    }
  }

  /** The networks that the agent on `host` serves. */
  networksOf(host: string): string[] {
    const { database } = this.#app;
    const agent = database.agentOn(host, DHCP_AGENT);
    if (agent === undefined || !agent.admin_state_up) return [];
    return database.dhcpAgentBindings
      .find({ dhcp_agent_id: agent.uuid })
      .map(({ network_id }) => network_id)
      .filter((id) => database.networks.get(id)?.admin_state_up === true);
  }

  #hasDhcp(networkId: string): boolean {
    const { subnets } = this.#app.database;
    return subnets.find({ network_id: networkId }).some(({ enable_dhcp }) => enable_dhcp);
  }

  #bind(network_id: string, dhcp_agent_id: string): void {
    this.#app.database.dhcpAgentBindings.insert({ network_id, dhcp_agent_id });
  }
}

/**
 * Which DHCP agent serves which network: chosen by chance among those alive when a port comes, taken
 * by an agent that starts, or said by an admin; never moved in Juno. Upstream:
 * neutron/scheduler/dhcp_agent_scheduler.py, neutron/db/agentschedulers_db.py at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import {
  InvalidDHCPAgent,
  NetworkHostedByDHCPAgent,
  NetworkNotHostedByDhcpAgent,
} from "../errors.js";
import { dhcpDeviceId, RESERVED_DHCP_PORT } from "../dhcp-device.js";
import type { Agent } from "../db/rows.js";
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

  /**
   * Those of them that have reported lately. That they are enabled is asked without a join of agent and
   * binding: all of them are, as soon as any agent of whatever kind is, and otherwise none (LP 1410841).
   */
  #activeHosting(networkId: string): Row<Agent>[] {
    const { agents } = this.#app.database;
    if (agents.first({ admin_state_up: true }) === undefined) return [];
    return this.hosting(networkId).filter((agent) => this.#agents.isAlive(agent));
  }

  /** The networks that an agent serves, whatever becomes of it. */
  servedBy(agentId: string): string[] {
    const { dhcpAgentBindings } = this.#app.database;
    return dhcpAgentBindings.find({ dhcp_agent_id: agentId }).map(({ network_id }) => network_id);
  }

  /** @throws AgentNotFound, InvalidDHCPAgent, NetworkHostedByDHCPAgent */
  add(id: string, network_id: string): Row<Agent> {
    const agent = this.#agents.row(id);
    if (agent.agent_type !== DHCP_AGENT || !agent.admin_state_up)
      throw new InvalidDHCPAgent({ id });
    if (this.hosting(network_id).some(({ uuid }) => uuid === id)) {
      throw new NetworkHostedByDHCPAgent({ network_id, agent_id: id });
    }
    this.#bind(network_id, id);
    return agent;
  }

  /**
   * The agent's port stays, for whoever serves the network next.
   * @throws AgentNotFound, NetworkNotHostedByDhcpAgent
   */
  remove(id: string, network_id: string): Row<Agent> {
    const { dhcpAgentBindings, ports } = this.#app.database;
    const agent = this.#agents.row(id);
    const binding = dhcpAgentBindings.first({ network_id, dhcp_agent_id: id });
    if (binding === undefined) throw new NetworkNotHostedByDhcpAgent({ network_id, agent_id: id });
    for (const { uuid } of ports.find({ device_id: dhcpDeviceId(network_id, agent.host) })) {
      ports.update(uuid, { device_id: RESERVED_DHCP_PORT });
    }
    dhcpAgentBindings.remove(binding.id);
    return agent;
  }

  /** Find agents for a network that has too few that are alive. @returns the new ones */
  schedule(networkId: string): Row<Agent>[] {
    const { database, env, flags } = this.#app;
    const hosting = this.#activeHosting(networkId);
    const wanted = flags.dhcp_agents_per_network - hosting.length;
    if (wanted <= 0) return [];
    const able = database.agents
      .find({ agent_type: DHCP_AGENT, admin_state_up: true })
      .filter((agent) => this.#agents.isAlive(agent))
      .filter(({ uuid }) => !hosting.some((other) => other.uuid === uuid));
    if (able.length === 0) env.log("warning", "No more DHCP agents");
    const chosen: Row<Agent>[] = [];
    while (chosen.length < wanted && able.length > 0) {
      const agent = this.#stream.pick(able);
      able.splice(able.indexOf(agent), 1);
      chosen.push(agent);
    }
    for (const { uuid } of chosen) this.#bind(networkId, uuid);
    return chosen;
  }

  /** An agent asks for work: it gets every network with DHCP that has too few agents alive. */
  scheduleFor(host: string): void {
    const { database, env, flags } = this.#app;
    const networks = database.networks.find().filter(({ uuid }) => this.#hasDhcp(uuid));
    const agent = database.agentOn(host, DHCP_AGENT);
    if (networks.length === 0 || agent?.admin_state_up !== true) return;
    if (!this.#agents.isAlive(agent)) {
      env.log("warning", `DHCP agent ${agent.uuid} is not active`);
      return;
    }
    for (const { uuid } of networks) {
      const hosting = this.#activeHosting(uuid);
      if (hosting.length >= flags.dhcp_agents_per_network) continue;
      if (!hosting.some((other) => other.uuid === agent.uuid)) this.#bind(uuid, agent.uuid);
    }
  }

  /** The networks that the agent on `host` serves. */
  networksOf(host: string): string[] {
    const { database } = this.#app;
    const agent = database.agentOn(host, DHCP_AGENT);
    if (agent === undefined || !agent.admin_state_up) return [];
    const served = new Set(this.servedBy(agent.uuid));
    return database.networks
      .find({ admin_state_up: true })
      .map(({ uuid }) => uuid)
      .filter((id) => served.has(id));
  }

  #hasDhcp(networkId: string): boolean {
    const { subnets } = this.#app.database;
    return subnets.find({ network_id: networkId }).some(({ enable_dhcp }) => enable_dhcp);
  }

  /** Once only: somebody may have done so already. */
  #bind(network_id: string, dhcp_agent_id: string): void {
    const { dhcpAgentBindings } = this.#app.database;
    if (dhcpAgentBindings.first({ network_id, dhcp_agent_id }) !== undefined) return;
    dhcpAgentBindings.insert({ network_id, dhcp_agent_id });
  }
}

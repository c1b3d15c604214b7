/**
 * Which L3 agent hosts which router: chosen by chance or for having the fewest when a router changes,
 * taken by an agent that asks for work, or said by an admin. One that is bound to an agent stays there,
 * dead or alive, enabled or not. Upstream: neutron/scheduler/l3_agent_scheduler.py (ChanceScheduler,
 * LeastRoutersScheduler), db/l3_agentschedulers_db.py at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import type { Stream } from "../../../../kernel/index.js";
import { truth } from "../../../../python/index.js";
import {
  InvalidL3Agent,
  RouterHostedByL3Agent,
  RouterL3AgentMismatch,
  RouterNotFound,
  RouterNotHostedByL3Agent,
} from "../../routing/errors.js";
import type { Router } from "../../routing/rows.js";
import type { Agent } from "../../db/rows.js";
import { L3_AGENT, type Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";

const LEAST_ROUTERS = "neutron.scheduler.l3_agent_scheduler.LeastRoutersScheduler";

/** What decides who can host a router. */
interface Wanted {
  readonly id: string;
  /** The network of its gateway. */
  readonly external: string | null;
}

export class L3Scheduling {
  readonly #app: NeutronApp;
  readonly #agents: Agents;
  readonly #stream: Stream;

  constructor(app: NeutronApp, agents: Agents) {
    this.#app = app;
    this.#agents = agents;
    this.#stream = app.env.stream("l3 agent choice");
  }

  /** The agents that a router is bound to. */
  hosting(routerId: string): Row<Agent>[] {
    const { agents, routerAgentBindings } = this.#app.database;
    return routerAgentBindings
      .find({ router_id: routerId })
      .map(({ l3_agent_id }) => agents.get(l3_agent_id))
      .filter((agent) => agent !== undefined);
  }

  /**
   * Those that an enabled agent is asked for among. The filter is not joined with the binding: all of
   * them, as soon as any agent of whatever kind is enabled, and otherwise none (LP 1410841).
   */
  #hostingFiltered(routerId: string): Row<Agent>[] {
    const { agents } = this.#app.database;
    return agents.first({ admin_state_up: true }) === undefined ? [] : this.hosting(routerId);
  }

  /** Those of them that have reported lately, whether they are enabled or not. */
  activeHosting(routerId: string): Row<Agent>[] {
    return this.#hostingFiltered(routerId).filter((agent) => this.#agents.isAlive(agent));
  }

  /** The routers that are bound to an agent, whatever became of either. */
  hostedBy(agentId: string): string[] {
    const { routerAgentBindings } = this.#app.database;
    return routerAgentBindings.find({ l3_agent_id: agentId }).map(({ router_id }) => router_id);
  }

  /** Find an agent for a router that is on none. `candidates`: only among these. @throws RouterNotFound */
  schedule(routerId: string, candidates?: readonly Row<Agent>[]): Row<Agent> | undefined {
    const router = this.#wanted(routerId);
    const able = candidates ?? this.#candidatesFor(router);
    if (able.length === 0) return undefined;
    const agent = this.#choose(able);
    this.#bind(routerId, agent.uuid);
    return agent;
  }

  /** An agent asks for work: it gets the routers that nobody hosts, of those or of all. */
  scheduleFor(host: string, routerIds: readonly string[] | null): void {
    const { database, env } = this.#app;
    const agent = database.agents.first({ host, agent_type: L3_AGENT, admin_state_up: true });
    if (agent === undefined) return;
    if (!this.#agents.isAlive(agent)) {
      env.log("warning", `L3 agent agent ${agent.uuid} is not active`);
    }
    const free =
      routerIds === null
        ? database.routers.find().filter(({ uuid }) => this.hosting(uuid).length === 0)
        : routerIds
            .map((id) => database.routers.get(id))
            .filter((router) => router !== undefined)
            .filter(({ uuid }) => this.#hostingFiltered(uuid).length === 0);
    // HA routers would be given to one more agent here; there are none.
    if (free.length === 0) return;
    const suitable = free.filter(({ uuid }) => canHost(agent, this.#wanted(uuid)));
    if (suitable.length === 0) {
      const message = `No routers compatible with L3 agent configuration on host ${host}`;
      env.log("warning", message);
    }
    for (const { uuid } of suitable) this.#bind(uuid, agent.uuid);
  }

  /** Enabled agents that report and could host the router. */
  ableToHost(router: Wanted): Row<Agent>[] {
    return this.#active().filter((agent) => canHost(agent, router));
  }

  /**
   * By an admin's hand. @returns whether it is new there
   * @throws RouterL3AgentMismatch, InvalidL3Agent, RouterHostedByL3Agent
   */
  add(agent: Row<Agent>, router: Row<Router>): boolean {
    const { uuid: router_id } = router;
    const mode = modeOf(agent);
    if (mode === "dvr") {
      const agent_id = agent.uuid;
      const router_type = "centralized";
      throw new RouterL3AgentMismatch({ router_type, router_id, agent_mode: mode, agent_id });
    }
    const able = agent.agent_type === L3_AGENT && canHost(agent, this.#wanted(router_id));
    if (!able) throw new InvalidL3Agent({ id: agent.uuid });
    const [bound] = this.#app.database.routerAgentBindings.find({ router_id });
    if (bound === undefined) {
      this.#bind(router_id, agent.uuid);
      return true;
    }
    if (this.hosting(router_id).some(({ uuid }) => uuid === agent.uuid)) return false;
    throw new RouterHostedByL3Agent({ router_id, agent_id: bound.l3_agent_id });
  }

  /** @throws RouterNotHostedByL3Agent */
  unbind(router_id: string, agent_id: string): void {
    const { routerAgentBindings } = this.#app.database;
    const binding = routerAgentBindings.first({ router_id, l3_agent_id: agent_id });
    if (binding === undefined) throw new RouterNotHostedByL3Agent({ router_id, agent_id });
    routerAgentBindings.remove(binding.id);
  }

  #candidatesFor(router: Wanted): Row<Agent>[] {
    if (this.#hostingFiltered(router.id).length > 0) return [];
    const { env } = this.#app;
    if (this.#active().length === 0) {
      env.log("warning", "No active L3 agents");
      return [];
    }
    const able = this.ableToHost(router);
    if (able.length === 0) env.log("warning", `No L3 agents can host the router ${router.id}`);
    return able;
  }

  /** `_choose_router_agent` of the driver. */
  #choose(able: readonly Row<Agent>[]): Row<Agent> {
    const { flags } = this.#app;
    return flags.router_scheduler_driver === LEAST_ROUTERS
      ? this.#leastLoaded(able)
      : this.#stream.pick(able);
  }

  /** Of several with as few the query has the one whose id comes first. */
  #leastLoaded(able: readonly Row<Agent>[]): Row<Agent> {
    const { routerAgentBindings } = this.#app.database;
    const loads = able.map((agent) => {
      const { length } = routerAgentBindings.find({ l3_agent_id: agent.uuid });
      return { agent, length };
    });
    const [least] = loads.sort(
      (one, other) => one.length - other.length || (one.agent.uuid < other.agent.uuid ? -1 : 1),
    );
    return (least as (typeof loads)[number]).agent;
  }

  #active(): Row<Agent>[] {
    const { agents } = this.#app.database;
    return agents.find({ agent_type: L3_AGENT }).filter((agent) => this.#isActive(agent));
  }

  #isActive(agent: Row<Agent>): boolean {
    return agent.admin_state_up && this.#agents.isAlive(agent);
  }

  /** @throws RouterNotFound */
  #wanted(id: string): Wanted {
    const { ports, routers } = this.#app.database;
    const router = routers.get(id);
    if (router === undefined) throw new RouterNotFound({ router_id: id });
    const port = router.gw_port_id;
    return { id, external: port === null ? null : (ports.get(port)?.network_id ?? null) };
  }

  #bind(router_id: string, l3_agent_id: string): void {
    const { routerAgentBindings } = this.#app.database;
    if (routerAgentBindings.first({ router_id, l3_agent_id }) !== undefined) return;
    routerAgentBindings.insert({ router_id, l3_agent_id });
  }
}

const modeOf = ({ configurations }: Agent): unknown => configurations["agent_mode"] ?? "legacy";

/** `get_l3_agent_candidates`, of a router that is not distributed. */
function canHost(agent: Agent, { id, external }: Wanted): boolean {
  if (!agent.admin_state_up) return false;
  const { configurations: said } = agent;
  if (!truth(said["use_namespaces"] ?? true) && said["router_id"] !== id) return false;
  const own = said["gateway_external_network_id"] ?? null;
  if (external === null && !truth(said["handle_internal_only_routers"] ?? true)) return false;
  if (external !== null && truth(own) && own !== external) return false;
  const mode = modeOf(agent);
  return mode === "legacy" || mode === "dvr_snat";
}

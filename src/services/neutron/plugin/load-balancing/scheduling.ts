/**
 * Which agent hosts which pool: chosen by chance when the pool is made, and kept for as long as it is there, dead or
 * alive. Upstream: neutron/services/loadbalancer/agent_scheduler.py (ChanceScheduler, LbaasAgentSchedulerDbMixin) at
 * 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import type { Stream } from "../../../../kernel/index.js";
import { contains, subscript, type Json } from "../../../../python/index.js";
import type { Agent } from "../../db/rows.js";
import { LOADBALANCER_AGENT } from "../../load-balancing/rows.js";
import type { Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";

export class LbaasScheduling {
  readonly #app: NeutronApp;
  readonly #agents: Agents;
  readonly #stream: Stream;

  constructor(app: NeutronApp, agents: Agents) {
    this.#app = app;
    this.#agents = agents;
    this.#stream = app.env.stream("lbaas agent choice");
  }

  /** `get_lbaas_agent_hosting_pool`, whether it is alive or not. */
  hosting(poolId: string): Row<Agent> | undefined {
    const { agents, poolAgentBindings } = this.#app.database;
    const binding = poolAgentBindings.get(poolId);
    return binding && agents.get(binding.agent_id);
  }

  /** The pools that an agent hosts. */
  hostedBy(agentId: string): string[] {
    const { poolAgentBindings } = this.#app.database;
    return poolAgentBindings.find({ agent_id: agentId }).map(({ pool_id }) => pool_id);
  }

  /** Find an agent for a new pool, if there is one. */
  schedule(pool_id: string, driver: string): Row<Agent> | undefined {
    const { database, env } = this.#app;
    const active = database.agents
      .find({ agent_type: LOADBALANCER_AGENT, admin_state_up: true })
      .filter((agent) => this.#agents.isAlive(agent));
    if (active.length === 0) {
      env.log("warning", `No active lbaas agents for pool ${pool_id}`);
      return undefined;
    }
    const able = active.filter(({ configurations }) =>
      contains(subscript(configurations, "device_drivers") as Json, driver),
    );
    if (able.length === 0) {
      env.log("warning", `No lbaas agent supporting device driver ${driver}`);
      return undefined;
    }
    const chosen = this.#stream.pick(able);
    database.poolAgentBindings.insert({ pool_id, agent_id: chosen.uuid });
    return chosen;
  }
}

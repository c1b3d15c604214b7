/**
 * Routers move from agent to agent: because an admin says so, because another gateway wants another
 * agent, or, if that is allowed, because an agent has long been dead. Upstream:
 * neutron/db/l3_agentschedulers_db.py at 2014.2.
 */
import {
  adminContext,
  FixedIntervalLoopingCall,
  type RequestContext,
  type Row,
} from "../../../../framework/index.js";
import { seconds, type Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import { RouterReschedulingFailed } from "../../routing/errors.js";
import type { Agent } from "../../db/rows.js";
import type { Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";
import type { RouterStore } from "./router-store.js";
import type { L3Scheduling } from "./scheduling.js";

export class Rescheduling {
  readonly #app: NeutronApp;
  readonly #agents: Agents;
  readonly #store: RouterStore;
  readonly #scheduling: L3Scheduling;
  readonly #notifier: L3AgentNotifier;
  readonly #loop: FixedIntervalLoopingCall;

  constructor(
    app: NeutronApp,
    parts: {
      readonly agents: Agents;
      readonly store: RouterStore;
      readonly scheduling: L3Scheduling;
      readonly notifier: L3AgentNotifier;
    },
  ) {
    this.#app = app;
    this.#agents = parts.agents;
    this.#store = parts.store;
    this.#scheduling = parts.scheduling;
    this.#notifier = parts.notifier;
    this.#loop = new FixedIntervalLoopingCall(app.env, "reschedule_routers_from_down_agents", () =>
      this.#fromDownAgents(),
    );
  }

  /** @throws RouterNotFound, AgentNotFound, and what scheduling refuses */
  *add(ctxt: RequestContext, agentId: string, routerId: Json): Op<void> {
    const router = this.#store.row(ctxt, routerId);
    const agent = this.#agents.row(agentId);
    if (!this.#scheduling.add(agent, router)) return;
    yield* this.#notifier.routerAdded(ctxt, router.uuid, agent.host);
  }

  /** Nobody has it then, until it changes. @throws AgentNotFound, RouterNotHostedByL3Agent */
  *remove(ctxt: RequestContext, agentId: string, routerId: string): Op<void> {
    const { host } = this.#agents.row(agentId);
    this.#scheduling.unbind(routerId, agentId);
    yield* this.#notifier.routerRemoved(ctxt, routerId, host);
  }

  /** From all agents that have it to another one, which may be one of them. @throws RouterReschedulingFailed */
  *reschedule(
    ctxt: RequestContext,
    routerId: string,
    candidates?: readonly Row<Agent>[],
  ): Op<void> {
    const before = this.#scheduling.hosting(routerId);
    const agent = yield* this.#app.database.atomically(this.#move(routerId, before, candidates));
    for (const { host } of before) yield* this.#notifier.routerRemoved(ctxt, routerId, host);
    yield* this.#notifier.routerAdded(ctxt, routerId, agent.host);
  }

  *#move(
    router_id: string,
    before: readonly Row<Agent>[],
    candidates: readonly Row<Agent>[] | undefined,
  ): Op<Row<Agent>> {
    for (const { uuid } of before) this.#scheduling.unbind(router_id, uuid);
    const agent = this.#scheduling.schedule(router_id, candidates);
    if (agent === undefined) throw new RouterReschedulingFailed({ router_id });
    return agent;
  }

  /** `start_periodic_agent_status_check`: a loop that ends with the first router that nobody can take. */
  start(): void {
    const { env, flags } = this.#app;
    if (!flags.allow_automatic_l3agent_failover) {
      const why = "automatic router rescheduling is disabled";
      env.log("info", `Skipping period L3 agent status check because ${why}.`);
      return;
    }
    const interval = Math.max(Math.floor(flags.agent_down_time / 2), 1);
    const first = env.stream("l3 agent status check").int(interval, interval * 2);
    this.#loop.start(seconds(interval), { initialDelay: seconds(first), daemon: true });
  }

  stop(): void {
    this.#loop.stop();
  }

  /** Agents have twice the time that makes others call them dead. */
  *#fromDownAgents(): Op<void> {
    const { database, env, flags } = this.#app;
    const limit = flags.agent_down_time * 2;
    const { kernel } = env;
    const cutoff = kernel.now - seconds(limit);
    const down = database.routerAgentBindings.find().filter(({ l3_agent_id }) => {
      const agent = database.agents.get(l3_agent_id);
      if (agent?.admin_state_up !== true) return false;
      return kernel.calendar.parse(agent.heartbeat_timestamp) < cutoff;
    });
    for (const { router_id, l3_agent_id } of down) {
      env.log(
        "warning",
        `Rescheduling router ${router_id} from agent ${l3_agent_id} because the agent did not report to the server in the last ${String(limit)} seconds.`,
      );
      yield* this.reschedule(adminContext(env), router_id);
    }
  }
}

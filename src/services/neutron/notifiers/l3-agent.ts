/**
 * Tells L3 agents of routers: the one that hosts a router, if it is alive, or all of them. A router
 * that nobody hosts is given to an agent when there is something to tell of it. Upstream:
 * api/rpc/agentnotifiers/l3_rpc_agent_api.py (L3AgentNotifyAPI) at 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { NeutronApp } from "../plugin/app.js";
import type { L3Scheduling } from "../plugin/l3/scheduling.js";
import type { l3AgentApi } from "../routing/rpcapi.js";

export class L3AgentNotifier {
  readonly #scheduling: L3Scheduling;
  readonly #agents: ClientOf<typeof l3AgentApi, RequestContext>;

  constructor({ l3Agents }: NeutronApp, scheduling: L3Scheduling) {
    this.#scheduling = scheduling;
    this.#agents = l3Agents;
  }

  /** One message for each router and agent; a dead agent is sent none. */
  *routersUpdated(ctxt: RequestContext, routers: readonly string[]): Op<void> {
    for (const id of routers) this.#scheduling.schedule(id);
    for (const id of routers) {
      for (const { host } of this.#scheduling.activeHosting(id)) {
        yield* this.#agents.prepare({ server: host }).routers_updated(ctxt, { routers: [id] });
      }
    }
  }

  /** Every agent hears of it. */
  routerDeleted(ctxt: RequestContext, router_id: string): Op<void> {
    return this.#agents.prepare({ fanout: true }).router_deleted(ctxt, { router_id });
  }

  routerAdded(ctxt: RequestContext, router: string, host: string): Op<void> {
    return this.#agents.prepare({ server: host }).router_added_to_agent(ctxt, {
      payload: [router],
    });
  }

  routerRemoved(ctxt: RequestContext, router_id: string, host: string): Op<void> {
    return this.#agents.prepare({ server: host }).router_removed_from_agent(ctxt, {
      payload: { router_id },
    });
  }
}

/**
 * What is done for load balancers by agents: each change is cast to the host of the agent that has the pool, after
 * it was written down. Upstream: neutron/services/loadbalancer/drivers/common/agent_driver_base.py
 * (AgentDriverBase), neutron/services/loadbalancer/drivers/haproxy/plugin_driver.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import type { Agent } from "../../db/rows.js";
import { NoActiveLbaasAgent, NoEligibleLbaasAgent } from "../../load-balancing/errors.js";
import { HAPROXY_NS } from "../../load-balancing/rows.js";
import type { NeutronApp } from "../app.js";
import type { LbaasScheduling } from "./scheduling.js";

export class AgentDriver {
  readonly #app: NeutronApp;
  readonly #scheduling: LbaasScheduling;

  constructor(app: NeutronApp, scheduling: LbaasScheduling) {
    this.#app = app;
    this.#scheduling = scheduling;
  }

  createVip(ctxt: RequestContext, vip: JsonObject): Op<void> {
    return this.#hosting(textOf(vip, "pool_id")).create_vip(ctxt, { vip });
  }

  updateVip(ctxt: RequestContext, old_vip: JsonObject, vip: JsonObject): Op<void> {
    return this.#hosting(textOf(vip, "pool_id")).update_vip(ctxt, { old_vip, vip });
  }

  deleteVip(ctxt: RequestContext, vip: JsonObject): Op<void> {
    return this.#hosting(textOf(vip, "pool_id")).delete_vip(ctxt, { vip });
  }

  /** @throws NoEligibleLbaasAgent */
  *createPool(ctxt: RequestContext, pool: JsonObject): Op<void> {
    const id = textOf(pool, "id");
    const agent = this.#scheduling.schedule(id, HAPROXY_NS);
    if (agent === undefined) throw new NoEligibleLbaasAgent({ pool_id: id });
    yield* this.#on(agent).create_pool(ctxt, { pool, driver_name: HAPROXY_NS });
  }

  updatePool(ctxt: RequestContext, old_pool: JsonObject, pool: JsonObject): Op<void> {
    return this.#hosting(textOf(pool, "id")).update_pool(ctxt, { old_pool, pool });
  }

  /** @param erase takes the pool out of the database, and with it who has hosted it */
  *deletePool(ctxt: RequestContext, pool: JsonObject, erase: () => void): Op<void> {
    const agent = this.#scheduling.hosting(textOf(pool, "id"));
    erase();
    if (agent !== undefined) yield* this.#on(agent).delete_pool(ctxt, { pool });
  }

  createMember(ctxt: RequestContext, member: JsonObject): Op<void> {
    return this.#hosting(textOf(member, "pool_id")).create_member(ctxt, { member });
  }

  *updateMember(ctxt: RequestContext, old_member: JsonObject, member: JsonObject): Op<void> {
    const [was, is] = [textOf(old_member, "pool_id"), textOf(member, "pool_id")];
    const host = this.#hosting(is);
    if (was === is) {
      yield* host.update_member(ctxt, { old_member, member });
      return;
    }
    const before = this.#scheduling.hosting(was);
    if (before !== undefined) {
      yield* this.#on(before).delete_member(ctxt, { member: old_member });
    }
    yield* host.create_member(ctxt, { member });
  }

  deleteMember(ctxt: RequestContext, member: JsonObject): Op<void> {
    return this.#hosting(textOf(member, "pool_id")).delete_member(ctxt, { member });
  }

  createPoolHealthMonitor(
    ctxt: RequestContext,
    health_monitor: JsonObject,
    pool_id: string,
  ): Op<void> {
    const args = { health_monitor, pool_id };
    return this.#hosting(pool_id).create_pool_health_monitor(ctxt, args);
  }

  updatePoolHealthMonitor(
    ctxt: RequestContext,
    old_health_monitor: JsonObject,
    health_monitor: JsonObject,
    pool_id: string,
  ): Op<void> {
    const args = { old_health_monitor, health_monitor, pool_id };
    return this.#hosting(pool_id).update_pool_health_monitor(ctxt, args);
  }

  deletePoolHealthMonitor(
    ctxt: RequestContext,
    health_monitor: JsonObject,
    pool_id: string,
  ): Op<void> {
    const args = { health_monitor, pool_id };
    return this.#hosting(pool_id).delete_pool_health_monitor(ctxt, args);
  }

  /** The agent that has the pool, whether it is alive or not. @throws NoActiveLbaasAgent */
  #hosting(pool_id: string) {
    const agent = this.#scheduling.hosting(pool_id);
    if (agent === undefined) throw new NoActiveLbaasAgent({ pool_id });
    return this.#on(agent);
  }

  #on({ host }: Row<Agent>) {
    return this.#app.lbaasAgents.prepare({ server: host });
  }
}

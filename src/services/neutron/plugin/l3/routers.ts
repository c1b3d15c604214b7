/**
 * Routers, as the API makes, changes and removes them. Distributed and highly available ones are not
 * modelled: they are refused as by a plugin that does not implement them. Upstream:
 * neutron/db/l3_db.py, extraroute_db.py, l3_hamode_db.py, l3_dvr_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { NotImplementedException, truth, type JsonObject } from "../../../../python/index.js";
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import {
  DistributedHARouterNotSupported,
  HANotEnoughAvailableAgents,
  RouterInUse,
} from "../../routing/errors.js";
import { ROUTER_INTERFACE, type Router } from "../../routing/rows.js";
import type { Agent, HostRoute } from "../../db/rows.js";
import { L3_AGENT } from "../agents.js";
import type { NeutronApp } from "../app.js";
import { requiredText } from "../columns.js";
import type { Ports } from "../ports/ports.js";
import type { ExtraRoutes } from "./extra-routes.js";
import { refused, type Gateways } from "./gateways.js";
import type { Rescheduling } from "./rescheduling.js";
import type { RouterStore } from "./router-store.js";
import type { L3Scheduling } from "./scheduling.js";

export interface RouterParts {
  readonly store: RouterStore;
  readonly gateways: Gateways;
  readonly routes: ExtraRoutes;
  readonly ports: Ports;
  readonly scheduling: L3Scheduling;
  readonly rescheduling: Rescheduling;
  readonly notifier: L3AgentNotifier;
}

export class Routers {
  readonly #app: NeutronApp;
  readonly #parts: RouterParts;

  constructor(app: NeutronApp, parts: RouterParts) {
    this.#app = app;
    this.#parts = parts;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    const { store } = this.#parts;
    return store.view(store.row(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    const { store } = this.#parts;
    return store.all(ctxt).map((row) => store.view(row));
  }

  /** Nobody is told: no agent has it before something else happens to it. */
  create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    this.#refuseUnmodelled(attrs);
    return this.#app.database.atomically(this.#create(ctxt, attrs));
  }

  *#create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { gateways } = this.#parts;
    const { uuid } = this.#app.database.routers.insert({
      uuid: this.#app.newId("router"),
      tenant_id: requiredText(attrs["tenant_id"]),
      name: requiredText(attrs["name"]),
      status: "ACTIVE",
      admin_state_up: attrs["admin_state_up"] as boolean,
      gw_port_id: null,
      enable_snat: true,
      routes: [],
    });
    const info = gatewayInfo(attrs);
    if (info !== null) yield* gateways.update(ctxt, uuid, info);
    return this.get(ctxt.elevated(), uuid);
  }

  /** Routes first, and they stay if the rest fails; then the gateway; then all else. */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { notifier, rescheduling, routes, store } = this.#parts;
    const router = store.row(ctxt, id);
    const asked = attrs["routes"] as unknown as readonly HostRoute[] | undefined;
    if (asked !== undefined) routes.replace(ctxt, router, asked);
    const info = attrs["external_gateway_info"] === undefined ? undefined : gatewayInfo(attrs);
    const candidates = info ? this.#candidates(id, info) : undefined;
    yield* this.#app.database.atomically(this.#change(ctxt, id, attrs, info));
    if (candidates !== undefined) yield* rescheduling.reschedule(ctxt, id, candidates);
    const view = this.get(ctxt, id);
    yield* notifier.routersUpdated(ctxt, [id]);
    return view;
  }

  *#change(
    ctxt: RequestContext,
    id: string,
    attrs: JsonObject,
    info: JsonObject | null | undefined,
  ): Op<void> {
    if (info !== undefined) yield* this.#parts.gateways.update(ctxt, id, info);
    const { admin_state_up } = attrs as Partial<Router>;
    // From centralized to distributed one may go upstream.
    if (attrs["distributed"] === true) throw new NotImplementedException("");
    this.#app.database.routers.update(id, {
      ...(attrs["name"] === undefined ? {} : { name: requiredText(attrs["name"]) }),
      ...(admin_state_up === undefined ? {} : { admin_state_up }),
    });
  }

  /** @throws RouterInUse while it has interfaces or floating IPs; a gateway alone goes with it */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { notifier, ports, store } = this.#parts;
    const { floatingIps, routerAgentBindings, routerPorts, routers } = this.#app.database;
    store.row(ctxt, id);
    const used = routerPorts.count({ router_id: id, port_type: ROUTER_INTERFACE });
    if (floatingIps.count({ router_id: id }) > 0 || used > 0) {
      throw new RouterInUse({ router_id: id });
    }
    const own = store.portsOf(id);
    routers.update(id, { gw_port_id: null });
    for (const { uuid } of own) ports.erase(uuid);
    for (const binding of routerAgentBindings.find({ router_id: id })) {
      routerAgentBindings.remove(binding.id);
    }
    routers.remove(id);
    yield* notifier.routerDeleted(ctxt, id);
  }

  /**
   * `_check_router_needs_rescheduling`: where there are several external networks, an agent that
   * serves another one than the new gateway's cannot keep the router. @throws BadRequest
   */
  #candidates(id: string, info: JsonObject): readonly Row<Agent>[] | undefined {
    const network = info["network_id"] as string;
    const { scheduling } = this.#parts;
    if (this.#app.database.networks.count({ router_external: true }) <= 1) return undefined;
    const serves = scheduling.hosting(id).some(({ configurations: said }) => {
      const own = said["gateway_external_network_id"];
      return own === network || (!truth(own) && !truth(said["external_network_bridge"] ?? "br-ex"));
    });
    if (serves) return undefined;
    const able = scheduling.ableToHost({ id, external: network });
    if (able.length > 0) return able;
    throw refused(`No eligible l3 agent associated with external network ${network} found`);
  }

  #refuseUnmodelled({ distributed, ha }: JsonObject): void {
    if (ha === true) {
      if (distributed === true) throw new DistributedHARouterNotSupported();
      const min_agents = this.#app.flags.min_l3_agents_per_router;
      const num_agents = this.#app.database.agents.count({ agent_type: L3_AGENT });
      if (num_agents < min_agents) throw new HANotEnoughAvailableAgents({ min_agents, num_agents });
    }
    if (ha === true || distributed === true) throw new NotImplementedException("");
  }
}

/** Null for whatever Python takes for nothing. */
const gatewayInfo = ({ external_gateway_info: info = null }: JsonObject): JsonObject | null =>
  truth(info) ? (info as JsonObject) : null;

/**
 * The L3 service plugin put together: routers, their interfaces and gateways, floating IPs, and which
 * agent has which router. Upstream: neutron/services/l3_router/l3_router_plugin.py (L3RouterPlugin).
 */
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import type { Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";
import type { Networks } from "../networks.js";
import type { Ports } from "../ports/ports.js";
import type { Subnets } from "../subnets/subnets.js";
import { Associations } from "./associations.js";
import { ExtraRoutes } from "./extra-routes.js";
import { FloatingIps } from "./floating-ips.js";
import { Gateways } from "./gateways.js";
import { Interfaces } from "./interfaces.js";
import { Rescheduling } from "./rescheduling.js";
import { RouterStore } from "./router-store.js";
import { Routers } from "./routers.js";
import type { L3Scheduling } from "./scheduling.js";
import { SyncData } from "./sync-data.js";

export interface CoreParts {
  readonly agents: Agents;
  readonly networks: Networks;
  readonly subnets: Subnets;
  readonly ports: Ports;
  readonly scheduling: L3Scheduling;
  readonly notifier: L3AgentNotifier;
}

export class L3Plugin {
  readonly store: RouterStore;
  readonly routers: Routers;
  readonly interfaces: Interfaces;
  readonly floatingIps: FloatingIps;
  readonly syncData: SyncData;
  readonly scheduling: L3Scheduling;
  readonly rescheduling: Rescheduling;

  constructor(app: NeutronApp, core: CoreParts) {
    const { agents, networks, subnets, ports, scheduling, notifier } = core;
    const store = new RouterStore(app);
    const routes = new ExtraRoutes(app, subnets);
    const gateways = new Gateways(app, store, networks, ports);
    const associations = new Associations(app, store, ports, subnets);
    const rescheduling = new Rescheduling(app, { agents, store, scheduling, notifier });
    const parts = { store, routes, gateways, ports, subnets, scheduling, notifier };
    this.store = store;
    this.scheduling = scheduling;
    this.rescheduling = rescheduling;
    this.routers = new Routers(app, { ...parts, rescheduling });
    this.interfaces = new Interfaces(app, parts);
    this.floatingIps = new FloatingIps(app, { store, ports, associations, notifier });
    this.syncData = new SyncData(app, store, this.floatingIps);
  }
}

/**
 * The service plugin of load balancing put together: pools, their addresses, members and health monitors, which
 * agent has which pool, and who provides it. Upstream: neutron/services/loadbalancer/plugin.py (LoadBalancerPlugin)
 * at 2014.2.
 */
import type { Agents } from "../agents.js";
import type { NeutronApp } from "../app.js";
import type { Ports } from "../ports/ports.js";
import type { Subnets } from "../subnets/subnets.js";
import { AgentDriver } from "./agent-driver.js";
import { HealthMonitors } from "./health-monitors.js";
import { Members } from "./members.js";
import { Pools } from "./pools.js";
import { ServiceProviders } from "./providers.js";
import { LbaasScheduling } from "./scheduling.js";
import { LoadBalancingStore } from "./store.js";
import { Vips } from "./vips.js";

export interface CoreParts {
  readonly agents: Agents;
  readonly subnets: Subnets;
  readonly ports: Ports;
}

export class LoadBalancing {
  readonly store: LoadBalancingStore;
  readonly scheduling: LbaasScheduling;
  readonly providers: ServiceProviders;
  readonly pools: Pools;
  readonly vips: Vips;
  readonly members: Members;
  readonly healthMonitors: HealthMonitors;

  constructor(app: NeutronApp, { agents, subnets, ports }: CoreParts) {
    const store = new LoadBalancingStore(app.database);
    const scheduling = new LbaasScheduling(app, agents);
    const providers = new ServiceProviders(app);
    const driver = new AgentDriver(app, scheduling);
    this.store = store;
    this.scheduling = scheduling;
    this.providers = providers;
    this.pools = new Pools(app, { store, driver, providers });
    this.vips = new Vips(app, { store, driver, ports, subnets });
    this.members = new Members(app, store, driver);
    this.healthMonitors = new HealthMonitors(app, store, driver);
  }
}

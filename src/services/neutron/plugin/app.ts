/**
 * What every part of neutron-server works with: the database, the flags, chance, and the ways to
 * tell agents, Nova and whoever listens. Upstream: NeutronManager, which holds the core plugin.
 */
import { Notifier, RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import {
  adminContext,
  serviceFlags,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import { AgentNotifier } from "../rpc/agent-notifier.js";
import type { NeutronDatabase } from "../db/database.js";
import { neutronServerFlags } from "../flags.js";
import { NovaNotifier } from "../notifiers/nova.js";
import { lbaasAgentApi } from "../load-balancing/rpcapi.js";
import { l3AgentApi } from "../routing/rpcapi.js";
import { dhcpAgentApi } from "../rpcapi.js";
import { neutronSerializer } from "../context.js";

export class NeutronApp {
  readonly env: Env;
  readonly database: NeutronDatabase;
  readonly flags: FlagsOf<typeof neutronServerFlags>;
  readonly notifier: Notifier;
  /** Publishes as `router.<host>`. */
  readonly routerNotifier: Notifier;
  readonly agentNotifier: AgentNotifier;
  readonly dhcpAgents: ClientOf<typeof dhcpAgentApi, RequestContext>;
  readonly l3Agents: ClientOf<typeof l3AgentApi, RequestContext>;
  readonly lbaasAgents: ClientOf<typeof lbaasAgentApi, RequestContext>;
  /** Tells Nova that a port came up or went down. */
  readonly statusNotifier: NovaNotifier;
  /** Tells Nova that a port was changed through the API; batches apart from the other one. */
  readonly dataNotifier: NovaNotifier;

  constructor(env: Env, database: NeutronDatabase) {
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.database = database;
    this.flags = env.flags.read(neutronServerFlags);
    const notifier = (service: string): Notifier<RequestContext> =>
      new Notifier(env.bus, {
        publisherId: `${service}.${env.host}`,
        drivers: notification_driver,
        topics: notification_topics,
        serializer: neutronSerializer,
      });
    this.notifier = notifier("network");
    this.routerNotifier = notifier("router");
    this.agentNotifier = new AgentNotifier(env.bus);
    const rpc = new RpcClient(env.bus, neutronSerializer);
    this.dhcpAgents = clientOf(dhcpAgentApi, rpc);
    this.l3Agents = clientOf(l3AgentApi, rpc);
    this.lbaasAgents = clientOf(lbaasAgentApi, rpc);
    this.statusNotifier = new NovaNotifier(env, "port status");
    this.dataNotifier = new NovaNotifier(env, "port data");
  }

  /** Whether the L3 service plugin is loaded: without it nobody knows of routers. */
  get hasRouters(): boolean {
    return this.flags.service_plugins.some((name) => L3_PLUGINS.includes(name));
  }

  /** Whether the service plugin of load balancing is loaded. */
  get hasLoadBalancers(): boolean {
    return this.flags.service_plugins.some((name) => LBAAS_PLUGINS.includes(name));
  }

  /** A new id for a row of that kind. */
  newId(kind: string): string {
    return this.env.stream(`${kind} id`).uuid();
  }

  /** The same request with the powers of an admin. */
  adminContext(): RequestContext {
    return adminContext(this.env, this.env.currentRequest());
  }
}

/** By its alias, and by its class. */
const L3_PLUGINS: readonly string[] = [
  "router",
  "neutron.services.l3_router.l3_router_plugin.L3RouterPlugin",
];
const LBAAS_PLUGINS: readonly string[] = [
  "lbaas",
  "neutron.services.loadbalancer.plugin.LoadBalancerPlugin",
];

/**
 * What every part of neutron-server works with: the database, the flags, chance, and the ways to
 * tell agents, Nova and whoever listens. Upstream: NeutronManager, which holds the core plugin.
 */
import { Notifier, RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import {
  adminContext,
  contextSerializer,
  serviceFlags,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../framework/index.js";
import { AgentNotifier } from "../rpc/agent-notifier.js";
import type { NeutronDatabase } from "../database.js";
import { neutronServerFlags } from "../flags.js";
import { NovaNotifier } from "../notifiers/nova.js";
import { dhcpAgentApi } from "../rpcapi.js";

export class NeutronApp {
  readonly env: Env;
  readonly database: NeutronDatabase;
  readonly flags: FlagsOf<typeof neutronServerFlags>;
  readonly notifier: Notifier;
  readonly agentNotifier: AgentNotifier;
  readonly dhcpAgents: ClientOf<typeof dhcpAgentApi, RequestContext>;
  /** Tells Nova that a port came up or went down. */
  readonly statusNotifier: NovaNotifier;
  /** Tells Nova that a port was changed through the API; batches apart from the other one. */
  readonly dataNotifier: NovaNotifier;

  constructor(env: Env, database: NeutronDatabase) {
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.database = database;
    this.flags = env.flags.read(neutronServerFlags);
    this.notifier = new Notifier(env.bus, {
      publisherId: `network.${env.host}`,
      drivers: notification_driver,
      topics: notification_topics,
    });
    this.agentNotifier = new AgentNotifier(env.bus);
    this.dhcpAgents = clientOf(dhcpAgentApi, new RpcClient(env.bus, contextSerializer));
    this.statusNotifier = new NovaNotifier(env, "port status");
    this.dataNotifier = new NovaNotifier(env, "port data");
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

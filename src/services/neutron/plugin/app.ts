/**
 * What every part of neutron-server works with: the database, the flags, chance, and the ways to
 * tell agents, Nova and whoever listens. Upstream: NeutronManager, which holds the core plugin.
 */
import { Notifier } from "../../../bus/index.js";
import {
  RequestContext,
  serviceFlags,
  type FlagsOf,
  type Surroundings,
} from "../../../framework/index.js";
import { AgentNotifier } from "../rpc/agent-notifier.js";
import type { NeutronDatabase } from "../database.js";
import { neutronServerFlags } from "../flags.js";
import { NovaNotifier } from "../notifiers/nova.js";

export class NeutronApp {
  readonly surroundings: Surroundings;
  readonly database: NeutronDatabase;
  readonly flags: FlagsOf<typeof neutronServerFlags>;
  readonly notifier: Notifier;
  readonly agentNotifier: AgentNotifier;
  /** Tells Nova that a port came up or went down. */
  readonly statusNotifier: NovaNotifier;
  /** Tells Nova that a port was changed through the API; batches apart from the other one. */
  readonly dataNotifier: NovaNotifier;

  constructor(surroundings: Surroundings, database: NeutronDatabase) {
    const { notification_driver, notification_topics } = surroundings.flags.read(serviceFlags);
    this.surroundings = surroundings;
    this.database = database;
    this.flags = surroundings.flags.read(neutronServerFlags);
    this.notifier = new Notifier(surroundings.bus, {
      publisherId: `network.${surroundings.host}`,
      drivers: notification_driver,
      topics: notification_topics,
    });
    this.agentNotifier = new AgentNotifier(surroundings.bus);
    this.statusNotifier = new NovaNotifier(surroundings, "port status");
    this.dataNotifier = new NovaNotifier(surroundings, "port data");
  }

  /** A new id for a row of that kind. */
  newId(kind: string): string {
    return this.surroundings.stream(`${kind} id`).uuid();
  }

  /** The same request with the powers of an admin. */
  adminContext(): RequestContext {
    return new RequestContext({
      request_id: this.surroundings.kernel.current?.request ?? this.surroundings.requestId(),
      is_admin: true,
      roles: ["admin"],
      timestamp: this.surroundings.utcnow(),
    });
  }
}

/**
 * What every controller of Keystone works with: the database, the tokens, the flags, and a way to
 * tell the world. Upstream: the managers that `dependency.requires` hands to keystone's controllers.
 */
import { Notifier } from "../../bus/index.js";
import { serviceFlags, type FlagsOf, type Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { KeystoneDatabase, Project, User } from "./database.js";
import { keystoneFlags } from "./flags.js";
import { TokenProvider } from "./tokens/provider.js";

export class KeystoneApp {
  readonly env: Env;
  readonly database: KeystoneDatabase;
  readonly flags: FlagsOf<typeof keystoneFlags>;
  readonly tokens: TokenProvider;
  readonly #notifier: Notifier;

  constructor(env: Env, database: KeystoneDatabase) {
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.database = database;
    this.flags = env.flags.read(keystoneFlags);
    this.tokens = new TokenProvider(database, env.stream("token"), this.flags.token_expiration);
    this.#notifier = new Notifier(env.bus, {
      publisherId: `identity.${env.host}`,
      drivers: notification_driver,
      topics: notification_topics,
    });
  }

  /** A new id of Keystone: 32 hexadecimal digits. */
  newId(): string {
    return this.env.stream("id").hex32();
  }

  /** `identity.user.created` and its like. */
  changed(resource: string, operation: "created" | "updated" | "deleted", id: string): Op<void> {
    return this.#notify(`identity.${resource}.${operation}`, { resource_info: id });
  }

  /** A password was tried: the one event that is in CADF. */
  authenticated(userId: string, outcome: "success" | "failure"): Op<void> {
    const { env } = this;
    return this.#notify("identity.authenticate", {
      typeURI: "http://schemas.dmtf.org/cloud/audit/1.0/event",
      id: env.stream("audit event").uuid(),
      eventType: "activity",
      action: "authenticate",
      outcome,
      eventTime: env.utcnow(),
      initiator: { typeURI: "service/security/account/user", id: userId, name: userId },
      target: { typeURI: "service/security/account/user", id: "openstack" },
      observer: { typeURI: "service/security", id: "openstack" },
    });
  }

  /** Whether a user, and the domain it is in, may be used. */
  enabled({ enabled, domain_id }: User | Project): boolean {
    return enabled && this.database.domains.get(domain_id)?.enabled !== false;
  }

  *#notify(event: string, payload: object): Op<void> {
    const request_id = this.env.currentRequest();
    yield* this.#notifier.info({ request_id }, event, payload);
  }
}

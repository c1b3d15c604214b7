/**
 * What every controller of Keystone works with: the database, the tokens, the flags, and a way to
 * tell the world. Upstream: the managers that `dependency.requires` hands to keystone's controllers.
 */
import { Notifier } from "../../bus/index.js";
import { serviceFlags, type FlagsOf, type Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import type { KeystoneDatabase } from "./store/database.js";
import type { Assignment, Project, User } from "./store/rows.js";
import { keystoneFlags } from "./flags.js";
import { TokenForm } from "./tokens/form.js";
import { Revocations } from "./tokens/revocation.js";
import type { SigningFiles } from "./tokens/signing.js";
import { TokenProvider } from "./tokens/provider.js";

/** The parts of Keystone that make lists. */
export type Part = "assignment" | "catalog" | "credential" | "identity" | "policy";

export class KeystoneApp {
  readonly env: Env;
  readonly database: KeystoneDatabase;
  readonly flags: FlagsOf<typeof keystoneFlags>;
  readonly form: TokenForm;
  readonly tokens: TokenProvider;
  readonly revocations: Revocations;
  readonly #notifier: Notifier;

  constructor(env: Env, database: KeystoneDatabase, files: SigningFiles) {
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.database = database;
    this.flags = env.flags.read(keystoneFlags);
    const { token_expiration, revoke_by_id, revoke_expiration_buffer } = this.flags;
    this.revocations = new Revocations(database, {
      byId: revoke_by_id,
      kept: token_expiration + revoke_expiration_buffer,
    });
    const stream = env.stream("token");
    this.form = new TokenForm(this.flags, stream, files);
    this.tokens = new TokenProvider(database, {
      stream,
      form: this.form,
      lifetime: token_expiration,
      revocations: this.revocations,
    });
    this.#notifier = new Notifier(env.bus, {
      publisherId: `identity.${env.host}`,
      drivers: notification_driver,
      topics: notification_topics,
    });
  }

  /** Members of a list at most, by the part of Keystone that lists them; 0: any number. */
  get limits(): Readonly<Record<Part, number>> {
    const { list_limit, assignment_list_limit, catalog_list_limit, identity_list_limit } =
      this.flags;
    const { policy_list_limit } = this.flags;
    return {
      assignment: assignment_list_limit || list_limit,
      catalog: catalog_list_limit || list_limit,
      // Their controller gives its hints by place, where response_truncated does not look.
      credential: 0,
      identity: identity_list_limit || list_limit,
      policy: policy_list_limit || list_limit,
    };
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
    return this.#notify("identity.authenticate", this.#audit("authenticate", outcome, userId));
  }

  /** A role was given or taken in v3. */
  granted(
    operation: "created" | "deleted",
    { type, actor_id, target_id, role_id, inherited }: Assignment,
    outcome: "success" | "failure",
    by: string | undefined,
  ): Op<void> {
    const action = `${operation}.role_assignment`;
    return this.#notify(`identity.${action}`, {
      ...this.#audit(action, outcome, by ?? null),
      [type.endsWith("Project") ? "project" : "domain"]: target_id,
      [type.startsWith("User") ? "user" : "group"]: actor_id,
      inherited_to_projects: inherited,
      role: role_id,
    });
  }

  /** Whether a user, and the domain it is in, may be used. */
  enabled({ enabled, domain_id }: User | Project): boolean {
    return enabled && this.database.domains.get(domain_id)?.enabled !== false;
  }

  #audit(action: string, outcome: "success" | "failure", userId: string | null): JsonObject {
    const { env } = this;
    return {
      typeURI: "http://schemas.dmtf.org/cloud/audit/1.0/event",
      id: env.stream("audit event").uuid(),
      eventType: "activity",
      action,
      outcome,
      eventTime: env.utcnow(),
      initiator: { typeURI: "service/security/account/user", id: userId, name: userId },
      target: { typeURI: "service/security/account/user", id: "openstack" },
      observer: { typeURI: "service/security", id: "openstack" },
    };
  }

  *#notify(event: string, payload: object): Op<void> {
    const request_id = this.env.currentRequest();
    yield* this.#notifier.info({ request_id }, event, payload);
  }
}

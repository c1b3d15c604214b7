/**
 * Which tokens are no longer good, in the two ways of Juno: rows are marked one by one where
 * `revoke_by_id` says so, and an event kills every token that is older and agrees with it in all that
 * the event names. An event knows whole seconds alone, as its column is a DATETIME. Upstream:
 * keystone/contrib/revoke/model.py, keystone/contrib/revoke/backends/sql.py,
 * keystone/token/persistence/core.py at 2014.2.
 */
import { storedDate, type Row } from "../../../framework/index.js";
import { seconds } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { DEFAULT_DOMAIN, type KeystoneDatabase } from "../store/database.js";
import type { RevocationEvent, Token } from "../store/rows.js";

/** What an event names; all the rest is null. */
export type Revoked = Partial<Omit<RevocationEvent, "issued_before" | "revoked_at">>;

const EVERYTHING = {
  trust_id: null,
  audit_id: null,
  domain_id: null,
  project_id: null,
  user_id: null,
  role_id: null,
};

export interface RevocationOptions {
  readonly byId: boolean;
  /** Seconds after which no token can be left that an event is about. */
  readonly kept: number;
}

export class Revocations {
  readonly #database: KeystoneDatabase;
  readonly #byId: boolean;
  readonly #kept: number;

  constructor(database: KeystoneDatabase, { byId, kept }: RevocationOptions) {
    this.#database = database;
    this.#byId = byId;
    this.#kept = kept;
  }

  /** From now on older tokens that agree with `what` are dead. */
  tell(what: Revoked): void {
    const { kernel, revocations } = this.#database;
    const now = kernel.calendar.stamp(kernel.now);
    revocations.insert({ ...EVERYTHING, ...what, issued_before: now, revoked_at: now });
  }

  /** The events that may still matter, those after `since`. The others are forgotten here. */
  events(since?: string): Row<RevocationEvent>[] {
    const { kernel, revocations } = this.#database;
    const oldest = kernel.calendar.stamp(kernel.now - seconds(this.#kept));
    for (const { id, revoked_at } of revocations.find()) {
      if (storedDate(revoked_at) < oldest) revocations.remove(id);
    }
    const all = revocations.find();
    return since === undefined
      ? all
      : all.filter(({ revoked_at }) => storedDate(revoked_at) > since);
  }

  /** Whether an event kills it. */
  kills(token: Row<Token>): boolean {
    if (this.#database.revocations.size === 0) return false;
    const holds = this.#traits(token);
    return this.events().some(
      (event) =>
        storedDate(event.issued_before) > token.issued_at &&
        Object.entries(holds).every(([name, values]) => {
          const wanted = event[name as keyof Revoked];
          return wanted === null || values.includes(wanted);
        }),
    );
  }

  /** A user is gone, off, or not what it was: row by row, and by an event. */
  ofUser(user_id: string): void {
    this.tokensOfUser(user_id);
    this.tell({ user_id });
  }

  /** The manager of assignments tells that of identity, and is heard itself: two events. */
  ofUserTwice(user_id: string): void {
    this.ofUser(user_id);
    this.tell({ user_id });
  }

  /** The rows alone: what a user holds, and what it holds or has given by a trust. */
  tokensOfUser(user_id: string, project_id?: string): void {
    const { trusts } = this.#database;
    this.#mark({ user_id }, project_id);
    for (const { uuid } of trusts.find({ trustee_user_id: user_id })) {
      this.#mark({ trust_id: uuid }, project_id);
    }
    for (const { uuid } of trusts.find({ trustor_user_id: user_id })) {
      this.#mark({ trust_id: uuid }, project_id);
    }
  }

  /** The rows of those who have a role on the project themselves: not of members of groups. */
  tokensOfProject(project_id: string): void {
    const grants = this.#database.assignments.find({ target_id: project_id, type: "UserProject" });
    for (const user of new Set(grants.map(({ actor_id }) => actor_id))) {
      this.tokensOfUser(user, project_id);
    }
  }

  /** The rows of a domain's users and of its projects. */
  tokensOfDomain(domain_id: string): void {
    const { projects, users } = this.#database;
    for (const { uuid } of projects.find({ domain_id })) this.tokensOfProject(uuid);
    for (const { uuid } of users.find({ domain_id })) this.tokensOfUser(uuid);
  }

  /** A trust is taken back. */
  ofTrust(trust_id: string): void {
    this.#mark({ trust_id });
    this.tell({ trust_id });
  }

  /** One token. */
  ofToken(token: Row<Token>): void {
    this.tell({ audit_id: token.audit_ids[0] ?? null });
    if (this.#byId) this.#database.tokens.update(token.token, { valid: false });
  }

  /** Rows that are dead and would not be by their age: what PKI's list is made of. */
  listed(): Row<Token>[] {
    const { kernel, tokens } = this.#database;
    const now = kernel.calendar.stamp(kernel.now);
    return tokens.find({ valid: false }).filter(({ expires }) => expires > now);
  }

  #mark(whose: Partial<Pick<Token, "user_id" | "trust_id">>, project_id?: string): void {
    if (!this.#byId) return;
    const { tokens, kernel } = this.#database;
    const now = kernel.calendar.stamp(kernel.now);
    for (const row of tokens.find({ ...whose, valid: true })) {
      if (row.expires <= now) continue;
      if (project_id === undefined || row.project_id === project_id) {
        tokens.update(row.token, { valid: false });
      }
    }
  }

  /**
   * What a token holds, by the names that events use. A token of v2 is looked at where its trust is
   * not, and so no event about a trust kills it. Upstream: build_token_values, build_token_values_v2.
   */
  #traits(token: Row<Token>): Record<keyof Revoked, readonly (string | null)[]> {
    const v2 = this.#database.isOfV2(token);
    const trust =
      v2 || token.trust_id === null ? undefined : this.#database.trusts.getAny(token.trust_id);
    const parties = trust === undefined ? [] : [trust.trustor_user_id, trust.trustee_user_id];
    return {
      trust_id: [trust?.uuid ?? null],
      audit_id: [token.audit_ids[0] ?? null],
      domain_id: v2 ? [DEFAULT_DOMAIN] : this.#domainsIn(token),
      project_id: [token.project_id],
      user_id: [token.user_id, ...parties],
      role_id: token.role_ids,
    };
  }

  /** The domains of the user, of the project, or the one that the token is for. */
  #domainsIn({ token }: Row<Token>): (string | null)[] {
    const body = this.#database.issued.get(token)?.["token"] as JsonObject | undefined;
    const idAt = (name: string): string | null => {
      const domain = (body?.[name] as { domain?: { id: string } } | undefined)?.domain;
      return domain?.id ?? null;
    };
    const own = (body?.["domain"] as { id: string } | undefined)?.id ?? null;
    return [idAt("user"), idAt("project"), own];
  }
}

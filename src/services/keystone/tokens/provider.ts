/**
 * Makes, looks up and revokes tokens: rows that stay until somebody flushes them. What a token says is
 * settled before it has an id, as the id of some forms is made of that. Upstream:
 * keystone/token/provider.py, keystone/token/persistence/backends/sql.py; other-services §1.1.
 */
import type { Row } from "../../../framework/index.js";
import { seconds, type Stream } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { TokenNotFound } from "../exception.js";
import type { KeystoneDatabase } from "../store/database.js";
import type { Token } from "../store/rows.js";
import type { TokenForm } from "./form.js";
import type { Revocations } from "./revocation.js";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** What a new token is to say. */
export interface Grant {
  readonly userId: string;
  readonly projectId?: string | null;
  readonly domainId?: string | null;
  readonly trustId?: string | null;
  readonly roleIds?: readonly string[];
  readonly methods: readonly string[];
  /** The token that was given for it, which hands on its expiry. */
  readonly parent?: Row<Token> | undefined;
  /** Whether the new one's audit ids end with that token's. */
  readonly chained?: boolean;
}

/** A token before it has an id. */
export type Draft = Omit<Token, "token">;

export interface Issued {
  readonly id: string;
  readonly body: JsonObject;
}

export interface TokenProviderOptions {
  /** Where audit ids come from. */
  readonly stream: Stream;
  readonly form: TokenForm;
  /** Seconds. */
  readonly lifetime: number;
  readonly revocations: Revocations;
}

export class TokenProvider {
  readonly #database: KeystoneDatabase;
  readonly #stream: Stream;
  readonly #form: TokenForm;
  readonly #lifetime: number;
  readonly #revocations: Revocations;

  constructor(
    database: KeystoneDatabase,
    { stream, form, lifetime, revocations }: TokenProviderOptions,
  ) {
    this.#database = database;
    this.#stream = stream;
    this.#form = form;
    this.#lifetime = seconds(lifetime);
    this.#revocations = revocations;
  }

  /** What a new token is, but for its id. */
  draft(grant: Grant): Draft {
    const { userId, projectId, domainId, trustId, roleIds, methods, parent } = grant;
    const { calendar, now } = this.#database.kernel;
    const audit = this.#auditId();
    // v3 looks for the chain of a v2 token where it is not.
    const chain = (grant.chained ?? true) ? parent?.audit_ids.at(-1) : undefined;
    return {
      user_id: userId,
      project_id: projectId ?? null,
      domain_id: domainId ?? null,
      trust_id: trustId ?? null,
      role_ids: roleIds ?? [],
      methods,
      audit_ids: chain === undefined ? [audit] : [audit, chain],
      issued_at: calendar.stamp(now),
      expires: parent?.expires ?? calendar.stamp(now + this.#lifetime),
      valid: true,
    };
  }

  /**
   * A new token, which is kept with what it says.
   * @param whole the body with the id, where the id is part of it
   */
  issue(draft: Draft, body: JsonObject, whole: (id: string) => JsonObject = () => body): Issued {
    const id = this.#form.idOf(body);
    const token = this.#form.keyOf(id);
    const issued = whole(id);
    this.#database.tokens.insert({ token, ...draft });
    this.#database.issued.set(token, issued);
    return { id, body: issued };
  }

  /** The token, if it is known, not revoked and not expired. */
  get(id: string): Row<Token> | undefined {
    const row = this.#known(id);
    return row !== undefined && !this.#revocations.kills(row) ? row : undefined;
  }

  /** The same. @throws TokenNotFound */
  validate(id: string): Row<Token> {
    const row = this.#known(id);
    if (row === undefined) throw new TokenNotFound({ token_id: this.#form.keyOf(id) });
    if (this.#revocations.kills(row)) throw new TokenNotFound({}, "Failed to validate token");
    return row;
  }

  /**
   * The same where v2 is asked about it. A token of v3 is described anew before that, as if it had been
   * issued now, and so no event is older. @throws TokenNotFound
   */
  validateByV2(id: string): Row<Token> {
    const row = this.#known(id);
    return row === undefined || this.#database.isOfV2(row) ? this.validate(id) : row;
  }

  #known(id: string): Row<Token> | undefined {
    const row = this.#database.tokens.get(this.#form.keyOf(id));
    if (row === undefined || !row.valid) return undefined;
    const { kernel } = this.#database;
    return kernel.calendar.parse(row.expires) > kernel.now ? row : undefined;
  }

  /** 16 bytes in the URL's base 64, as a UUID without its dashes reads there. */
  #auditId(): string {
    return this.#stream.text(BASE64, 21) + this.#stream.pick(["A", "Q", "g", "w"]);
  }
}

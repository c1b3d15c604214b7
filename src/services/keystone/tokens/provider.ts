/**
 * Issues, looks up and revokes UUID tokens: rows that stay until somebody flushes them. Upstream:
 * keystone/token/provider.py, keystone/token/persistence/backends/sql.py; other-services §1.1.
 */
import type { Row } from "../../../framework/index.js";
import { seconds, type Stream } from "../../../kernel/index.js";
import type { KeystoneDatabase, Token } from "../store/database.js";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** What a new token is to say. */
export interface Grant {
  readonly userId: string;
  readonly projectId?: string | null;
  readonly domainId?: string | null;
  readonly roleIds?: readonly string[];
  readonly methods: readonly string[];
  /** The token that was given for it, which hands on its expiry. */
  readonly parent?: Row<Token> | undefined;
  /** Whether the new one's audit ids end with that token's. */
  readonly chained?: boolean;
}

export class TokenProvider {
  readonly #database: KeystoneDatabase;
  readonly #stream: Stream;
  readonly #lifetime: number;

  /** @param lifetime seconds */
  constructor(database: KeystoneDatabase, stream: Stream, lifetime: number) {
    this.#database = database;
    this.#stream = stream;
    this.#lifetime = seconds(lifetime);
  }

  issue({
    userId,
    projectId,
    domainId,
    roleIds,
    methods,
    parent,
    chained = true,
  }: Grant): Row<Token> {
    const { kernel, tokens } = this.#database;
    const { calendar, now } = kernel;
    const audit = this.#auditId();
    // v3 looks for the chain of a v2 token where it is not.
    const chain = chained ? parent?.audit_ids.at(-1) : undefined;
    return tokens.insert({
      token: this.#stream.hex32(),
      user_id: userId,
      project_id: projectId ?? null,
      domain_id: domainId ?? null,
      role_ids: roleIds ?? [],
      methods,
      audit_ids: chain === undefined ? [audit] : [audit, chain],
      issued_at: calendar.stamp(now),
      expires: parent?.expires ?? calendar.stamp(now + this.#lifetime),
      valid: true,
    });
  }

  /** The token, if it is known, not revoked and not expired. */
  get(token: string): Row<Token> | undefined {
    const row = this.#database.tokens.get(token);
    if (row === undefined || !row.valid) return undefined;
    const { kernel } = this.#database;
    return kernel.calendar.parse(row.expires) > kernel.now ? row : undefined;
  }

  revoke(token: string): void {
    this.#database.tokens.update(token, { valid: false });
  }

  /** Revoke what a user holds, everywhere or for one project. */
  revokeOfUser(userId: string, projectId?: string): void {
    for (const row of this.#database.tokens.find({ user_id: userId, valid: true })) {
      if (projectId === undefined || row.project_id === projectId) this.revoke(row.token);
    }
  }

  /** Revoke what anybody holds for a project. */
  revokeOfProject(projectId: string): void {
    for (const row of this.#database.tokens.find({ project_id: projectId, valid: true })) {
      this.revoke(row.token);
    }
  }

  /** 16 bytes in the URL's base 64, as a UUID without its dashes reads there. */
  #auditId(): string {
    return this.#stream.text(BASE64, 21) + this.#stream.pick(["A", "Q", "g", "w"]);
  }
}

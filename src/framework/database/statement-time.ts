/**
 * How long the statements of a process take that it sends to its database. While one is under way the
 * process does other things, and other processes write: what holds when a row is read need not hold when
 * it is written. By default a statement takes no time. Upstream: oslo.db over a MySQL server.
 */
import { sleep, type Op, type Span, type Stream } from "../../kernel/index.js";
import type { Env } from "../process/env.js";

/** The key of a cloud's `latency`, and what it is unless somebody says otherwise. */
export const STATEMENT_LATENCY = { db: { min: 0, max: 0 } } as const satisfies Record<string, Span>;

export class StatementTime {
  readonly #span: Span;
  readonly #chance: Stream | undefined;

  constructor(env: Pick<Env, "stream">, span: Span) {
    this.#span = span;
    if (span.max > 0) this.#chance = env.stream("database latency");
  }

  /** Wait until the database has answered. */
  *pass(): Op<void> {
    if (this.#chance !== undefined) yield* sleep(this.#chance.within(this.#span));
  }
}

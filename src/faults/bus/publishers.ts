/**
 * The connections that a process publishes with, taken from a pool and put back. One that is broken
 * is noticed by who publishes with it next, who waits until it stands again. Upstream: oslo.messaging
 * 1.4.1 `_drivers/amqp.py` (ConnectionPool), `_drivers/impl_rabbit.py` (ensure, publisher_send).
 */
import type { ProcessLink } from "../../bus/index.js";
import { logAloud, type Op } from "../../kernel/index.js";
import type { AmqpConnection } from "./amqp-connection.js";

export class Publishers {
  readonly #link: ProcessLink;
  readonly #connect: () => AmqpConnection;
  /** The one that was put back last is taken first. */
  readonly #free: AmqpConnection[] = [];

  /**
   * A process that is there when its broker is has published before, as all do while they start.
   * @param connect makes a connection that is yet to be made
   */
  constructor(
    link: ProcessLink,
    connect: () => AmqpConnection,
    standing: AmqpConnection | undefined,
  ) {
    this.#link = link;
    this.#connect = connect;
    if (standing !== undefined) this.#free.push(standing);
  }

  /** Whether a message can go at once. */
  get stand(): boolean {
    return this.#free[0]?.stands === true;
  }

  /** Those that lie in the pool broke; nobody notices yet. */
  break(error: string): void {
    for (const connection of this.#free) connection.break(error);
  }

  /**
   * Wait until something can be published for `topic`. `retry`: as often as that, of a connection
   * that is there; a new one is made as `rabbit_max_retries` says.
   * @throws MessageDeliveryFailure
   */
  *ready(topic: string, retry: number | undefined): Op<void> {
    if (this.stand) return;
    const taken = this.#free.shift();
    const connection = taken ?? this.#connect();
    if (taken === undefined) yield* connection.reconnect();
    try {
      while (!connection.stands) {
        const { kernel, actor } = this.#link;
        const why = `Failed to publish message to topic '${topic}': ${connection.error}`;
        logAloud(kernel, actor, "error", why);
        yield* connection.reconnect(retry);
      }
    } finally {
      this.#free.unshift(connection);
    }
  }
}

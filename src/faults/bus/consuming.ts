/**
 * The connection that a consumer has for itself: it reads all the time, or, for replies, while a
 * caller waits. Whoever reads notices that it is broken, makes it again, and declares its queues
 * again. Upstream: oslo.messaging 1.4.1 `_drivers/impl_rabbit.py` (iterconsume, ConsumerBase.reconnect).
 */
import type { Consumer } from "../../bus/broker/queue.js";
import type { Broker } from "../../bus/broker/broker.js";
import { MessageDeliveryFailure, type ProcessLink } from "../../bus/index.js";
import { Signal, logAloud, seconds, sleep, type Cause, type Op } from "../../kernel/index.js";
import type { AmqpConnection } from "./amqp-connection.js";

/** `forever_retry_uncaught_exceptions` of oslo.utils goes on after that. */
const UNCAUGHT_PAUSE = seconds(1);

export class Consuming {
  readonly #link: ProcessLink;
  readonly #consumer: Consumer;
  readonly #broker: Broker;
  readonly #connection: AmqpConnection;
  /** Somebody has noticed that it is broken. */
  #noticed = false;
  #closed = false;
  readonly #back: Signal<void>[] = [];

  constructor(link: ProcessLink, consumer: Consumer, broker: Broker, connection: AmqpConnection) {
    this.#link = link;
    this.#consumer = consumer;
    this.#broker = broker;
    this.#connection = connection;
  }

  get stands(): boolean {
    return this.#connection.stands;
  }

  /** It broke, and who reads from it is told. */
  break(error: string, cause: Cause): void {
    this.#connection.break(error);
    if (this.#consumer.drained !== false) this.notice(cause, true);
  }

  /** Somebody reads from it from here on, or wants to. */
  notice(cause?: Cause, broke = this.#connection.error !== ""): void {
    if (this.stands || this.#noticed) return;
    this.#noticed = true;
    const { kernel, actor } = this.#link;
    kernel.spawn(this.#recover(broke), { name: "reconnect", actor, cause });
  }

  /** Wait until it stands. */
  *standing(): Op<void> {
    if (this.stands) return;
    const back = new Signal<void>("the broker to come back");
    this.#back.push(back);
    yield* back.wait();
  }

  /** Nobody consumes any more. */
  close(): void {
    this.#closed = true;
  }

  *#recover(broke: boolean): Op<void> {
    const { kernel, actor } = this.#link;
    if (broke) {
      const why = `Failed to consume message from queue: ${this.#connection.error}`;
      logAloud(kernel, actor, "error", why);
    }
    try {
      yield* this.#connection.reconnect(undefined, () => {
        this.#noticed = false;
        if (!this.#closed) this.#declare();
      });
    } catch (error) {
      if (!(error instanceof MessageDeliveryFailure)) throw error;
      yield* this.#givenUp(error);
      return;
    }
    if (!this.#closed) this.#consumer.reconnected?.();
    for (const back of this.#back.splice(0)) back.send(undefined);
  }

  /** A server begins again a second later, for ever; a caller that reads is told. */
  *#givenUp(error: MessageDeliveryFailure): Op<void> {
    const { kernel, actor } = this.#link;
    if (this.#consumer.unreachable === undefined) {
      logAloud(kernel, actor, "error", "Unexpected exception occurred 1 time(s)... retrying.");
      yield* sleep(UNCAUGHT_PAUSE);
    }
    this.#noticed = false;
    if (this.#closed) return;
    if (this.#consumer.unreachable !== undefined) this.#consumer.unreachable(error);
    else this.notice();
  }

  /** Declare everything again, and consume again. */
  #declare(): void {
    for (const consumption of this.#link.consumptions) {
      if (consumption.consumer !== this.#consumer) continue;
      consumption.queue = this.#broker.redeclare(consumption.queue);
      consumption.queue.addConsumer(consumption.by);
    }
  }
}

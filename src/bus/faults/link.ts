/**
 * What faults have done to one process's link: whether it is broken or cut, and what waits there to
 * be sent. A broken link is tried again after 1, 3, 5 ... seconds, at most 30 apart, for ever.
 * Upstream: oslo.messaging 1.4 `impl_rabbit.py` (Connection.reconnect); messaging §A4.
 */
import { Ring, Signal, seconds, sleep, type Micros, type Op } from "../../kernel/index.js";
import type { Connection } from "../connection.js";
import { MessageDeliveryFailure } from "../errors.js";
import type { Message } from "../message.js";
import type { Queue } from "../queue.js";
import type { Declared } from "./declared.js";

/** `rabbit_retry_interval` 1, `rabbit_retry_backoff` 2, and the driver's ceiling. */
const pause = (attempt: number): Micros => seconds(Math.min(1 + 2 * attempt, 30));

interface Outgoing {
  readonly message: Message;
  readonly send: () => void;
}

export class Link {
  readonly connection: Connection;
  readonly #cutBy = new Set<Declared>();
  readonly #outgoing = new Ring<Outgoing>();
  /** Declared while the link was broken. */
  #declarations: Queue[] = [];
  #back: Signal<void> | undefined;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get broken(): boolean {
    return this.#back !== undefined;
  }

  /** Keep `message` if it cannot leave now. @returns whether it is kept */
  keeps(message: Message, send: () => void): boolean {
    const [cut] = this.#cutBy;
    if (cut === undefined && !this.broken) return false;
    cut?.struck(message);
    this.#outgoing.push({ message, send });
    return true;
  }

  cut(by: Declared): void {
    this.#cutBy.add(by);
  }

  mend(by: Declared): void {
    if (this.#cutBy.delete(by)) this.#flush();
  }

  /** The broker went away under it. */
  break(): void {
    if (this.broken) return;
    this.#back = new Signal<void>("the broker to come back");
    this.#tryAfter(0);
  }

  declared(queue: Queue): void {
    // One that goes with its last consumer comes with its first.
    if (this.broken && !queue.autoDelete) this.#declarations.push(queue);
  }

  /**
   * Wait until the link stands, or try `retry` times more than once and give up. Without `retry`, or
   * with -1, for ever.
   * @throws MessageDeliveryFailure
   */
  *ready(retry: number | undefined): Op<void> {
    if (retry === undefined || retry < 0) {
      if (this.#back !== undefined) yield* this.#back.wait();
      return;
    }
    for (let attempt = 0; this.broken; attempt++) {
      if (!this.connection.bus.broker.down) this.#reconnect();
      else if (attempt < retry) yield* sleep(pause(attempt));
      else {
        const tries = String(attempt + 1);
        throw new MessageDeliveryFailure(`Unable to connect to AMQP server after ${tries} tries`, {
          retry,
        });
      }
    }
  }

  /** The process is gone, and with it what it had not sent. */
  close(): void {
    this.#outgoing.clear();
    this.#cutBy.clear();
    this.#back = undefined;
  }

  #tryAfter(attempt: number): void {
    const { kernel, bus } = this.connection;
    kernel.after(pause(attempt), () => {
      if (!this.broken) return;
      if (bus.broker.down) this.#tryAfter(attempt + 1);
      else this.#reconnect();
    });
  }

  /** Declare everything again, consume again, and send what waits. */
  #reconnect(): void {
    const { bus, consumptions } = this.connection;
    const back = this.#back;
    this.#back = undefined;
    for (const queue of this.#declarations) bus.broker.redeclare(queue);
    this.#declarations = [];
    for (const each of consumptions) {
      each.queue = bus.broker.redeclare(each.queue);
      each.queue.addConsumer(each.by);
    }
    this.#flush();
    back?.send(undefined);
  }

  #flush(): void {
    if (this.broken || this.#cutBy.size > 0) return;
    for (let next = this.#outgoing.shift(); next !== undefined; next = this.#outgoing.shift()) {
      next.send();
    }
  }
}

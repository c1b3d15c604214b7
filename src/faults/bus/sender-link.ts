/**
 * What faults have done to one process's way to the broker: whether it is broken or held, and what
 * waits there to be sent. A broken link is tried again after 1, 3, 5 ... seconds, at most 30 apart,
 * for ever. Upstream: oslo.messaging 1.4 `impl_rabbit.py` (Connection.reconnect); messaging §A4.
 */
import type { Broker } from "../../bus/broker/broker.js";
import type { Queue } from "../../bus/broker/queue.js";
import { MessageDeliveryFailure, type ProcessLink } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import { Ring, Signal, seconds, sleep, type Op, type Duration } from "../../kernel/index.js";
import type { Fault } from "../fault.js";

/** `rabbit_retry_interval` 1, `rabbit_retry_backoff` 2, and the driver's ceiling. */
const pause = (attempt: number): Duration => seconds(Math.min(1 + 2 * attempt, 30));

export class SenderLink {
  readonly link: ProcessLink;
  readonly #broker: Broker;
  readonly #heldBy = new Set<Fault>();
  /** Sends what waits, in order. */
  readonly #waiting = new Ring<() => void>();
  /** Declared while the link was broken. */
  #declarations: Queue[] = [];
  #back: Signal<void> | undefined;

  constructor(link: ProcessLink, broker: Broker) {
    this.link = link;
    this.#broker = broker;
  }

  get broken(): boolean {
    return this.#back !== undefined;
  }

  /** Keep `message` if it cannot leave now, and `send` it when it can. @returns whether it is kept */
  keeps(message: Message, send: () => void): boolean {
    const [fault] = this.#heldBy;
    if (fault === undefined && !this.broken) return false;
    fault?.strike(message);
    this.#waiting.push(send);
    return true;
  }

  hold(by: Fault): void {
    this.#heldBy.add(by);
  }

  release(by: Fault): void {
    if (this.#heldBy.delete(by)) this.#flush();
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
      if (!this.#broker.down) this.#reconnect();
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
    this.#waiting.clear();
    this.#heldBy.clear();
    this.#back = undefined;
  }

  #tryAfter(attempt: number): void {
    this.link.kernel.after(pause(attempt), () => {
      if (!this.broken) return;
      if (this.#broker.down) this.#tryAfter(attempt + 1);
      else this.#reconnect();
    });
  }

  /** Declare everything again, consume again, and send what waits. */
  #reconnect(): void {
    const back = this.#back;
    this.#back = undefined;
    for (const queue of this.#declarations) this.#broker.redeclare(queue);
    this.#declarations = [];
    for (const consumption of this.link.consumptions) {
      consumption.queue = this.#broker.redeclare(consumption.queue);
      consumption.queue.addConsumer(consumption.by);
    }
    this.#flush();
    back?.send(undefined);
  }

  #flush(): void {
    if (this.broken || this.#heldBy.size > 0) return;
    for (let send = this.#waiting.shift(); send !== undefined; send = this.#waiting.shift()) send();
  }
}

/**
 * What faults have done to one process's way to the broker: whether it is held or its connections
 * are broken, and what waits there to be sent, in order. Not how connections are made again: that is
 * `amqp-connection.ts`.
 */
import type { Broker } from "../../bus/broker/broker.js";
import type { Queue } from "../../bus/broker/queue.js";
import { MessageDeliveryFailure, type ProcessLink } from "../../bus/index.js";
import type { Message } from "../../bus/message.js";
import { Ring, type Op } from "../../kernel/index.js";
import type { Fault } from "../fault.js";
import type { Publishers } from "./publishers.js";

/** A message that cannot leave yet: for what topic it is, and how it is sent. */
interface Waiting {
  readonly message: Message;
  readonly topic: string;
  readonly send: () => void;
}

export class SenderLink {
  readonly link: ProcessLink;
  readonly publishers: Publishers;
  readonly #broker: Broker;
  readonly #heldBy = new Set<Fault>();
  readonly #waiting = new Ring<Waiting>();
  /** Declared while nothing could be. */
  #declarations: Queue[] = [];
  #sending = false;
  #closed = false;

  constructor(link: ProcessLink, broker: Broker, publishers: Publishers) {
    this.link = link;
    this.publishers = publishers;
    this.#broker = broker;
  }

  /** Keep `message` if it cannot leave now, and `send` it when it can. @returns whether it is kept */
  keeps(message: Message, topic: string, send: () => void): boolean {
    const [fault] = this.#heldBy;
    if (fault === undefined && this.publishers.stand) return false;
    fault?.strike(message);
    this.#waiting.push({ message, topic, send });
    if (fault === undefined) this.#flush();
    return true;
  }

  hold(by: Fault): void {
    this.#heldBy.add(by);
  }

  release(by: Fault): void {
    if (this.#heldBy.delete(by)) this.#flush();
  }

  declared(queue: Queue): void {
    // One that goes with its last consumer comes with its first.
    if (!this.publishers.stand && !queue.autoDelete) this.#declarations.push(queue);
  }

  /** The process is gone, and with it what it had not sent. */
  close(): void {
    this.#closed = true;
    this.#waiting.clear();
    this.#heldBy.clear();
  }

  /** Send what waits: at once, or when somebody has connected again for it. */
  #flush(): void {
    if (this.#heldBy.size > 0 || this.#sending) return;
    if (this.publishers.stand) this.#sendAll();
    if (this.#waiting.size === 0) return;
    this.#sending = true;
    const { kernel, actor } = this.link;
    kernel.spawn(this.#sendLater(), { name: "publish", actor });
  }

  #sendAll(): void {
    for (const queue of this.#declarations.splice(0)) this.#broker.redeclare(queue);
    while (this.#heldBy.size === 0 && this.publishers.stand) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      next.send();
    }
  }

  *#sendLater(): Op<void> {
    try {
      while (!this.#closed && this.#heldBy.size === 0) {
        const first = this.#waiting.shift();
        if (first === undefined) return;
        yield* this.#send(first);
      }
    } finally {
      this.#sending = false;
    }
  }

  *#send(first: Waiting): Op<void> {
    try {
      yield* this.publishers.ready(first.topic, undefined);
    } catch (error) {
      if (!(error instanceof MessageDeliveryFailure)) throw error;
      this.link.losses.lose(first.message, error.message);
      return;
    }
    if (this.#closed) return;
    this.#waiting.unshift(first);
    this.#sendAll();
  }
}

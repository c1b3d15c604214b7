/**
 * One queue of the broker. Consumers are served in turn, whatever their load, because the drivers
 * never set a prefetch limit (RPC-53); without a consumer, messages wait in order. O(1) at any length.
 */
import { CeilingReached, Ring } from "../kernel/index.js";
import type { Message } from "./message.js";

/** Who takes messages from a queue. */
export interface Consumer {
  deliver(message: Message, queue: Queue): void;
}

/** A queue grown past this is a runaway. */
export const QUEUE_CEILING = 5_000_000;

export interface QueueOptions {
  /** Gone when its last consumer goes: fanout and reply queues. */
  readonly autoDelete?: boolean;
}

export class Queue {
  readonly name: string;
  readonly autoDelete: boolean;
  readonly #messages = new Ring<Message>();
  readonly #consumers: Consumer[] = [];
  #turn = 0;

  constructor(name: string, options: QueueOptions = {}) {
    this.name = name;
    this.autoDelete = options.autoDelete ?? false;
  }

  /** Messages that wait because nobody consumes. */
  get depth(): number {
    return this.#messages.size;
  }

  get consumers(): number {
    return this.#consumers.length;
  }

  put(message: Message): void {
    if (this.#consumers.length > 0) {
      this.#next().deliver(message, this);
      return;
    }
    if (this.#messages.size >= QUEUE_CEILING) {
      throw new CeilingReached(`queue ${this.name} holds ${String(QUEUE_CEILING)} messages`);
    }
    this.#messages.push(message);
  }

  /** Give back what a consumer took and did not acknowledge; it goes before all others. */
  requeue(unacknowledged: readonly Message[]): void {
    for (const message of [...unacknowledged].reverse()) this.#messages.unshift(message);
    this.#drain();
  }

  addConsumer(consumer: Consumer): void {
    this.#consumers.push(consumer);
    this.#drain();
  }

  removeConsumer(consumer: Consumer): void {
    const at = this.#consumers.indexOf(consumer);
    if (at < 0) return;
    this.#consumers.splice(at, 1);
    // The turn stays with whoever would have been next.
    if (at < this.#turn) this.#turn--;
  }

  #drain(): void {
    while (this.#consumers.length > 0) {
      const message = this.#messages.shift();
      if (message === undefined) return;
      this.#next().deliver(message, this);
    }
  }

  #next(): Consumer {
    if (this.#turn >= this.#consumers.length) this.#turn = 0;
    return this.#consumers[this.#turn++] as Consumer;
  }
}

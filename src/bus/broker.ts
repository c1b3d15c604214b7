/**
 * The message broker: exchanges, queues, and which queue gets a message. What no queue is bound for
 * is dropped without a word, as by RabbitMQ. It takes no time; connections do. Upstream: the
 * topology that oslo.messaging 1.4 `impl_rabbit.py` declares; messaging A1.
 */
import type { Message } from "./message.js";
import { Queue, type Consumer, type QueueOptions } from "./queue.js";

/** A queue as an operator sees it. */
export interface QueueStatus {
  readonly name: string;
  readonly depth: number;
  readonly consumers: number;
}

export class Broker {
  readonly #queues = new Map<string, Queue>();
  /** `exchange/routing key` to the queues bound there. */
  readonly #bindings = new Map<string, Queue[]>();

  /** Make the queue unless it exists, and bind it. */
  declare(name: string, exchange: string, key: string, options?: QueueOptions): Queue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new Queue(name, options);
      this.#queues.set(name, queue);
    }
    const at = binding(exchange, key);
    const bound = this.#bindings.get(at);
    if (bound === undefined) this.#bindings.set(at, [queue]);
    else if (!bound.includes(queue)) bound.push(queue);
    return queue;
  }

  /** Route `message`. @returns whether any queue took it */
  publish(exchange: string, key: string, message: Message): boolean {
    const bound = this.#bindings.get(binding(exchange, key));
    if (bound === undefined || bound.length === 0) return false;
    // A copy: a delivery may declare or delete queues.
    for (const queue of bound.length === 1 ? bound : [...bound]) queue.put(message);
    return true;
  }

  /** Stop consuming; an auto-delete queue goes with its last consumer. */
  cancel(queue: Queue, consumer: Consumer): void {
    queue.removeConsumer(consumer);
    if (queue.autoDelete && queue.consumers === 0) this.#delete(queue);
  }

  /** Every queue, by name. */
  queues(): QueueStatus[] {
    return [...this.#queues.values()]
      .map(({ name, depth, consumers }) => ({ name, depth, consumers }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #delete(queue: Queue): void {
    this.#queues.delete(queue.name);
    for (const [at, bound] of this.#bindings) {
      const kept = bound.filter((other) => other !== queue);
      if (kept.length === 0) this.#bindings.delete(at);
      else this.#bindings.set(at, kept);
    }
  }
}

const binding = (exchange: string, key: string): string => `${exchange}/${key}`;

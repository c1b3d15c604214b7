/**
 * The message broker: exchanges, queues, and which queue gets a message. What no queue is bound for
 * is dropped without a word, as by RabbitMQ. It takes no time; connections do. Upstream: the
 * topology that oslo.messaging 1.4 `impl_rabbit.py` declares; messaging A1.
 */
import { anotherCopy, type Message } from "./message.js";
import { Queue, type Consumer, type QueueOptions } from "./queue.js";

/** A queue as an operator sees it. */
export interface QueueStatus {
  readonly name: string;
  readonly depth: number;
  readonly consumers: number;
}

export class Broker {
  readonly #queues = new Map<string, Queue>();
  /** By exchange, then by routing key: the queues bound there. */
  readonly #exchanges = new Map<string, Map<string, Queue[]>>();

  /** Make the queue unless it exists, and bind it. */
  declare(name: string, exchange: string, key: string, options?: QueueOptions): Queue {
    let queue = this.#queues.get(name);
    if (queue === undefined) {
      queue = new Queue(name, options);
      this.#queues.set(name, queue);
    }
    let bindings = this.#exchanges.get(exchange);
    if (bindings === undefined) {
      bindings = new Map<string, Queue[]>();
      this.#exchanges.set(exchange, bindings);
    }
    const bound = bindings.get(key);
    if (bound === undefined) bindings.set(key, [queue]);
    else if (!bound.includes(queue)) bound.push(queue);
    return queue;
  }

  /** Route `message`. @returns whether any queue took it */
  publish(exchange: string, key: string, message: Message): boolean {
    const bound = this.#exchanges.get(exchange)?.get(key);
    const first = bound?.[0];
    if (bound === undefined || first === undefined) return false;
    if (bound.length === 1) first.put(message);
    else putEach([...bound], message);
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
    for (const bindings of this.#exchanges.values()) {
      for (const [key, bound] of bindings) {
        const kept = bound.filter((other) => other !== queue);
        if (kept.length === 0) bindings.delete(key);
        else bindings.set(key, kept);
      }
    }
  }
}

/** A copy for each, made before the first delivery, which may change what it got. */
function putEach(queues: readonly Queue[], message: Message): void {
  const copies = queues.map((queue) => ({ queue, copy: anotherCopy(message) }));
  for (const { queue, copy } of copies) queue.put(copy);
}

/**
 * The message broker: exchanges, queues, and which queue gets a message. What no queue is bound for
 * is dropped without a word, as by RabbitMQ. It takes no time; connections do. Upstream: the
 * topology that oslo.messaging 1.4 `impl_rabbit.py` declares; messaging A1.
 */
import { anotherCopy, type Message } from "./message.js";
import { Queue, type Consumer, type QueueOptions } from "./queue.js";

/** A queue as an operator sees it. */
export interface QueueStatus {
  readonly exchange: string;
  readonly name: string;
  readonly depth: number;
  readonly consumers: number;
}

export class Broker {
  /** By exchange, then by routing key: the queues bound there. */
  readonly #exchanges = new Map<string, Map<string, Queue[]>>();

  /**
   * Make the queue unless it exists, and bind it. Two exchanges may each have a queue of one name,
   * so that the same topic in two projects does not leak (RPC-10, RPC-18).
   */
  declare(name: string, exchange: string, key: string, options?: QueueOptions): Queue {
    let bindings = this.#exchanges.get(exchange);
    if (bindings === undefined) {
      bindings = new Map<string, Queue[]>();
      this.#exchanges.set(exchange, bindings);
    }
    let bound = bindings.get(key);
    if (bound === undefined) bindings.set(key, (bound = []));
    let queue = bound.find((each) => each.name === name);
    if (queue === undefined) bound.push((queue = new Queue(name, options)));
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

  /** Every queue, by name and exchange. */
  queues(): QueueStatus[] {
    const all: QueueStatus[] = [];
    for (const [exchange, bindings] of this.#exchanges) {
      for (const { name, depth, consumers } of [...bindings.values()].flat()) {
        all.push({ exchange, name, depth, consumers });
      }
    }
    const place = ({ name, exchange }: QueueStatus): string => `${name}\n${exchange}`;
    return all.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  }

  #delete(queue: Queue): void {
    for (const bindings of this.#exchanges.values()) {
      for (const [key, bound] of bindings) {
        const kept = bound.filter((other) => other !== queue);
        if (kept.length === 0) bindings.delete(key);
        else if (kept.length < bound.length) bindings.set(key, kept);
      }
    }
  }
}

/** A copy for each, made before the first delivery, which may change what it got. */
function putEach(queues: readonly Queue[], message: Message): void {
  const copies = queues.map((queue) => ({ queue, copy: anotherCopy(message) }));
  for (const { queue, copy } of copies) queue.put(copy);
}

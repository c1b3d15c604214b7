/**
 * The message broker: exchanges, queues, and which queue gets a message. What no queue is bound for
 * is dropped without a word, as by RabbitMQ. It takes no time; connections do. Upstream: the
 * topology that oslo.messaging 1.4 `impl_rabbit.py` declares; messaging §A1.
 */
import type { Message } from "../message.js";
import { Bound } from "./bound.js";
import { Queue, type Binding, type Consumer, type QueueOptions } from "./queue.js";

/** A queue as an operator sees it. */
export interface QueueStatus {
  readonly exchange: string;
  readonly name: string;
  /** Messages that wait because nobody consumes. */
  readonly depth: number;
  readonly consumers: number;
}

/** By exchange, then by routing key: the queues bound there. */
type Exchanges = Map<string, Map<string, Bound>>;

/** A queue as an operator sees it: what waits, and what was handed out and not yet acknowledged. */
export interface QueueReport extends QueueStatus {
  readonly unacknowledged: number;
}

export class Broker {
  /** Where it listens: `rabbit_host` and `rabbit_port`. */
  readonly hostname = "controller";
  readonly port = 5672;
  #exchanges: Exchanges = new Map();
  /** By exchange and name. */
  #queues = new Map<string, Queue>();
  /** What outlives a restart, while the broker is down. */
  #asleep: readonly Queue[] | undefined;

  get down(): boolean {
    return this.#asleep !== undefined;
  }

  /**
   * Make the queue unless it exists, and bind it. Two exchanges may each have a queue of one name,
   * so that the same topic in two projects does not leak (RPC-10, RPC-18).
   */
  declare(name: string, exchange: string, key: string, options?: QueueOptions): Queue {
    // Of 1,000 that are bound to a fanout, none is looked through.
    const queue = this.#queues.get(place(exchange, name)) ?? new Queue(name, options);
    if (queue.isBound(exchange, key)) return queue;
    queue.bindings.push({ exchange, key });
    // A broker that is down makes no queue; whoever asked asks again when it is back.
    if (!this.down) {
      this.#bound(exchange, key).add(queue);
      this.#queues.set(place(exchange, name), queue);
    }
    return queue;
  }

  /** Declare again what a process declared before the broker went down. @returns the queue now */
  redeclare(queue: Queue): Queue {
    const [first] = queue.bindings;
    if (first === undefined) return queue;
    const known = this.#queues.get(place(first.exchange, queue.name));
    if (known === undefined) this.#register(queue);
    return known ?? queue;
  }

  /**
   * Route `message`.
   * @param unseen nobody can tell whether it comes to a queue whose reader does nothing about it
   * @returns whether any queue took it
   */
  publish(exchange: string, key: string, message: Message, unseen = false): boolean {
    const bound = this.#exchanges.get(exchange)?.get(key);
    bound?.put(message, unseen);
    return bound !== undefined;
  }

  /** Whether any queue takes what is published there with that key. */
  routes(exchange: string, key: string): boolean {
    return this.#exchanges.get(exchange)?.has(key) ?? false;
  }

  /** The queue of that name and exchange is gone, with what waits in it; nothing happens if there is none. */
  delete(exchange: string, name: string): void {
    const queue = this.#queues.get(place(exchange, name));
    if (queue === undefined) return;
    queue.removeConsumers();
    queue.clear();
    this.#delete(queue);
  }

  /** Stop consuming; an auto-delete queue goes with its last consumer. */
  cancel(queue: Queue, consumer: Consumer): void {
    queue.removeConsumer(consumer);
    if (queue.autoDelete && queue.consumers === 0) this.#delete(queue);
  }

  /**
   * The broker goes down, and every connection with it.
   * @returns the queues that are gone, each with what waited in it
   */
  stop(): { readonly queue: Queue; readonly messages: readonly Message[] }[] {
    const all = [...this.#queues.values()];
    for (const queue of all) queue.removeConsumers();
    this.#asleep = all.filter(({ durable }) => durable);
    this.#exchanges = new Map();
    this.#queues = new Map();
    const gone = all.filter(({ durable }) => !durable);
    return gone.map((queue) => ({ queue, messages: queue.clear() }));
  }

  /** The broker is back, with its durable queues. */
  start(): void {
    const queues = this.#asleep ?? [];
    this.#asleep = undefined;
    for (const queue of queues) this.#register(queue);
  }

  /** Every queue, by name and exchange. */
  queues(): QueueStatus[] {
    const all = [...(this.#asleep ?? this.#queues.values())].map(
      ({ name, depth, consumers, bindings: [first] }): QueueStatus => ({
        exchange: first?.exchange ?? "",
        name,
        depth,
        consumers,
      }),
    );
    const order = ({ name, exchange }: QueueStatus): string => place(name, exchange);
    return all.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /** Every message that waits in a queue. */
  waiting(): Message[] {
    return [...(this.#asleep ?? this.#queues.values())].flatMap((queue) => queue.waiting);
  }

  /** Every queue of that name, one for each exchange that has one. */
  named(name: string): Queue[] {
    return [...this.#queues.values()].filter((queue) => queue.name === name);
  }

  #bound(exchange: string, key: string): Bound {
    let bindings = this.#exchanges.get(exchange);
    if (bindings === undefined) {
      bindings = new Map<string, Bound>();
      this.#exchanges.set(exchange, bindings);
    }
    let bound = bindings.get(key);
    if (bound === undefined) bindings.set(key, (bound = new Bound()));
    return bound;
  }

  #register(queue: Queue): void {
    for (const { exchange, key } of queue.bindings) {
      this.#bound(exchange, key).add(queue);
      this.#queues.set(place(exchange, queue.name), queue);
    }
  }

  #delete(queue: Queue): void {
    const remove = ({ exchange, key }: Binding): void => {
      const at = place(exchange, queue.name);
      if (this.#queues.get(at) === queue) this.#queues.delete(at);
      const bindings = this.#exchanges.get(exchange);
      const bound = bindings?.get(key);
      bound?.remove(queue);
      if (bound?.size === 0) bindings?.delete(key);
    };
    for (const binding of queue.bindings) remove(binding);
  }
}

const place = (one: string, other: string): string => `${one}\n${other}`;

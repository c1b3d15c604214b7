/**
 * One process's link to the broker: what it sends arrives after a while, in the order in which it
 * was sent, because a channel is a TCP stream (RPC-16). It also holds the process's reply queue,
 * shared by all its calls. Upstream: oslo.messaging 1.4 `_drivers/amqpdriver.py`.
 */
import {
  between,
  done,
  seconds,
  type Duration,
  type Kernel,
  type Micros,
  type Op,
  type Span,
  type Stream,
} from "../kernel/index.js";
import type { AllowedModules } from "./rpc/failure.js";
import type { Message, Request } from "./message.js";
import type { Broker, QueueReport } from "./broker/broker.js";
import type { Consumer, Delivery, Queue, QueueOptions } from "./broker/queue.js";
import type { MessageIds } from "./message-ids.js";
import type { Losses } from "./losses.js";
import { RABBIT_DEFAULTS, type RabbitOptions } from "./rabbit-options.js";
import { ReplyWaiters } from "./rpc/reply-waiters.js";
import type { Consumption, ProcessLink, Tap } from "./tap.js";

/** The bus, as far as its connections know it: `Bus` itself makes them. */
export interface SharedBus {
  readonly kernel: Kernel;
  readonly broker: Broker;
  readonly ids: MessageIds;
  readonly latency: Span;
  readonly tap: Tap | undefined;
  readonly losses: Losses;
  /** @internal */
  readonly connections: Set<Connection>;
  /** Every queue at this moment, by name. */
  queues(): QueueReport[];
  connect(options: ConnectionOptions): Connection;
  /** @internal */
  nextId(): number;
}

export interface ConnectionOptions {
  /** The process: `nova-compute@c1`. */
  readonly actor: string;
  /** `control_exchange`: `nova`, `neutron` ... */
  readonly exchange: string;
  /** `allowed_remote_exmods`: whose exceptions callers in this process rebuild. */
  readonly allowedModules?: AllowedModules;
  /** `rpc_response_timeout`. Default 60 s. */
  readonly responseTimeout?: Duration;
  /** `amqp_durable_queues`: topic and host queues outlive a restart of the broker. Default false. */
  readonly durableQueues?: boolean;
  /** `kombu_reconnect_delay` and what else says how the broker is reached. Default: Juno's. */
  readonly rabbit?: RabbitOptions;
}

export class Connection implements ProcessLink {
  readonly bus: SharedBus;
  readonly actor: string;
  readonly exchange: string;
  readonly allowedModules: AllowedModules;
  readonly responseTimeout: Duration;
  readonly durableQueues: boolean;
  readonly rabbit: RabbitOptions;
  readonly replies: ReplyWaiters;
  /** What it consumes, and who stands in the queues for it. */
  consumptions: Consumption[] = [];
  readonly #lag: Stream;
  #lastArrival = -Infinity;

  /** @internal `bus.connect` makes connections. */
  constructor(bus: SharedBus, options: ConnectionOptions) {
    this.bus = bus;
    this.actor = options.actor;
    this.exchange = options.exchange;
    this.allowedModules = options.allowedModules ?? new Map();
    this.responseTimeout = options.responseTimeout ?? seconds(60);
    this.durableQueues = options.durableQueues ?? false;
    this.rabbit = options.rabbit ?? RABBIT_DEFAULTS;
    this.#lag = bus.kernel.stream(options.actor, "rpc latency");
    this.replies = new ReplyWaiters(this);
  }

  get kernel(): Kernel {
    return this.bus.kernel;
  }

  get losses(): Losses {
    return this.bus.losses;
  }

  get ids(): MessageIds {
    return this.bus.ids;
  }

  /**
   * Send `message`; it reaches its queues after this link's latency.
   * @param answers the request that `message` is a reply to
   */
  publish(exchange: string, key: string, message: Message, answers?: Request): void {
    const { tap } = this.bus;
    if (tap === undefined) this.transmit(exchange, key, message);
    else tap.leaving(this, { exchange, key, message, answers });
  }

  /** Send past the tap. @returns when it arrives */
  transmit(exchange: string, key: string, message: Message): Micros {
    const arrival = this.#arrival();
    this.arrive(between(this.kernel.now, arrival), exchange, key, message);
    return arrival;
  }

  /** Reach the broker after `delay`, whatever else is under way. */
  arrive(delay: Duration, exchange: string, key: string, message: Message): void {
    this.kernel.after(delay, () => {
      const { broker, tap } = this.bus;
      const unseen = tap === undefined && !this.kernel.watched(message.detail);
      if (!broker.publish(exchange, key, message, unseen)) this.#lost(message, exchange, key);
    });
  }

  /** Make a queue unless it exists. */
  declare(name: string, exchange: string, key: string, options?: QueueOptions): Queue {
    const queue = this.bus.broker.declare(name, exchange, key, options);
    this.bus.tap?.declared(this, queue);
    return queue;
  }

  /** `queue.delete` of one of this exchange's: what waits in it is gone, and who consumed hears no more. */
  deleteQueue(name: string): void {
    this.bus.broker.delete(this.exchange, name);
  }

  /** Take messages from `queue` until the connection closes. */
  consume(queue: Queue, consumer: Consumer): void {
    const { tap } = this.bus;
    const by = tap === undefined ? consumer : tap.before(this, consumer);
    this.consumptions.push({ queue, consumer, by });
    if (tap?.consuming(this, consumer) !== false) queue.addConsumer(by);
  }

  /** Wait until `consumer` gets what comes to its queues. */
  listening(consumer: Consumer): Op<void> {
    return this.bus.tap?.listening(this, consumer) ?? done(undefined);
  }

  /** Wait until something can be published for `topic`. @throws MessageDeliveryFailure */
  ready(topic: string, retry?: number): Op<void> {
    return this.bus.tap?.ready(this, topic, retry) ?? done(undefined);
  }

  /** Somebody reads what comes to `consumer` from here on. */
  drained(consumer: Consumer): void {
    this.bus.tap?.drained(this, consumer);
  }

  /** Stop one consumer, on all its queues. */
  cancel(consumer: Consumer): void {
    const mine = this.consumptions.filter((one) => one.consumer === consumer);
    this.consumptions = this.consumptions.filter((one) => one.consumer !== consumer);
    for (const { queue, by } of mine) this.bus.broker.cancel(queue, by);
    this.bus.tap?.cancelled(this, mine);
  }

  /** Leave the bus: the consumers go, and with them the auto-delete queues. */
  close(): void {
    const all = this.consumptions;
    this.consumptions = [];
    for (const { queue, by } of all) this.bus.broker.cancel(queue, by);
    this.bus.tap?.closed(this, all);
    this.bus.connections.delete(this);
    this.replies.close();
  }

  /** What this process was given and has not acknowledged. */
  *unacknowledged(): Iterable<Delivery> {
    const seen = new Set<Consumer>();
    for (const { consumer, by } of this.consumptions) {
      for (const holder of new Set([consumer, by])) {
        if (seen.has(holder)) continue;
        seen.add(holder);
        yield* holder.unacknowledged?.() ?? [];
      }
    }
  }

  /** When what is sent now reaches the broker: never before what was sent earlier. */
  #arrival(): Micros {
    const drawn = this.kernel.now + this.#lag.within(this.bus.latency);
    this.#lastArrival = Math.max(drawn, this.#lastArrival);
    return this.#lastArrival;
  }

  #lost(message: Message, exchange: string, key: string): void {
    const why = this.bus.broker.down
      ? "the broker was down"
      : message.kind === "reply"
        ? "the caller's process is gone"
        : `no queue is bound to "${key}" on exchange "${exchange}"`;
    this.losses.lose(message, why);
  }
}

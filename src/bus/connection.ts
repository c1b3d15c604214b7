/**
 * One process's link to the broker: what it sends arrives after a while, in the order in which it
 * was sent, because a channel is a TCP stream (RPC-16). It also holds the process's reply queue,
 * shared by all its calls. Upstream: oslo.messaging 1.4 `_drivers/amqpdriver.py`.
 */
import type { Kernel, Span, Stream } from "../kernel/index.js";
import type { Bus } from "./bus.js";
import type { AllowedModules } from "./failure.js";
import type { Message } from "./message.js";
import type { Consumer, Queue } from "./queue.js";
import type { RpcUndone } from "./observations.js";
import { ReplyWaiters } from "./reply-waiters.js";

export interface ConnectionOptions {
  /** The process: `nova-compute@c1`. */
  readonly actor: string;
  /** `control_exchange`: `nova`, `neutron` ... */
  readonly exchange: string;
  /** `allowed_remote_exmods`: whose exceptions callers in this process rebuild. */
  readonly allowedModules?: AllowedModules;
  /** `rpc_response_timeout`, microseconds. Default 60 s. */
  readonly responseTimeout?: number;
}

export class Connection {
  readonly bus: Bus;
  readonly actor: string;
  readonly exchange: string;
  readonly allowedModules: AllowedModules;
  readonly responseTimeout: number;
  readonly replies: ReplyWaiters;
  readonly #lag: Stream;
  #lastArrival = -Infinity;
  #consumptions: { readonly queue: Queue; readonly consumer: Consumer }[] = [];

  /** @internal `bus.connect` makes connections. */
  constructor(bus: Bus, options: ConnectionOptions) {
    this.bus = bus;
    this.actor = options.actor;
    this.exchange = options.exchange;
    this.allowedModules = options.allowedModules ?? new Map();
    this.responseTimeout = options.responseTimeout ?? 60_000_000;
    this.#lag = bus.kernel.stream(options.actor, "rpc latency");
    this.replies = new ReplyWaiters(this);
  }

  get kernel(): Kernel {
    return this.bus.kernel;
  }

  /** Send `message`; it reaches its queues after this link's latency. */
  publish(exchange: string, key: string, message: Message): void {
    const { kernel } = this;
    const latency: Span = this.bus.latency;
    const arrival = Math.max(kernel.now + this.#lag.within(latency), this.#lastArrival);
    this.#lastArrival = arrival;
    kernel.after(arrival - kernel.now, () => {
      if (!this.bus.broker.publish(exchange, key, message)) this.#lost(message, exchange, key);
    });
  }

  /** Take messages from `queue` until the connection closes. */
  consume(queue: Queue, consumer: Consumer): void {
    this.#consumptions.push({ queue, consumer });
    queue.addConsumer(consumer);
  }

  /** Stop one consumer, on all its queues. */
  cancel(consumer: Consumer): void {
    for (const each of this.#consumptions) {
      if (each.consumer === consumer) this.bus.broker.cancel(each.queue, consumer);
    }
    this.#consumptions = this.#consumptions.filter((each) => each.consumer !== consumer);
  }

  /** Leave the bus: the consumers go, and with them the auto-delete queues. */
  close(): void {
    for (const { queue, consumer } of this.#consumptions) this.bus.broker.cancel(queue, consumer);
    this.#consumptions = [];
    this.replies.close();
  }

  #lost(message: Message, exchange: string, key: string): void {
    if (message.kind === "notification") return;
    const why =
      message.kind === "reply"
        ? "the caller's process is gone"
        : `no queue is bound to "${key}" on exchange "${exchange}"`;
    this.kernel.observe<RpcUndone>(
      { kind: "rpc.lost", actor: message.from, request: message.request, id: message.id, why },
      message.cause,
      message.detail,
    );
  }
}

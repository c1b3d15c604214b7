/**
 * Hears notifications: an endpoint has a method for each priority that it wants, and only those
 * queues are consumed (NTF-05). An event is acknowledged when all endpoints are done with it, so a
 * crash brings it back (NTF-11). Upstream: oslo.messaging 1.5 `notify/dispatcher.py`; messaging §D5.
 */
import { caught, Ring, Signal, type Op } from "../../kernel/index.js";
import { Exception, type Json, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import type { Message, NotificationMessage } from "../message.js";
import { PRIORITIES, type Priority } from "./notifier.js";
import type { Consumer, Delivery, Queue } from "../broker/queue.js";

/** What an endpoint may answer to get the event again. */
export const REQUEUE = "requeue";
export const HANDLED = "handled";

/** What is known of an event beside its payload. */
export interface EventMetadata {
  readonly message_id: Json;
  readonly timestamp: Json;
}

export type EventHandler = (
  ctxt: JsonObject,
  publisherId: string,
  eventType: string,
  payload: Json,
  metadata: EventMetadata,
) => Op<typeof REQUEUE | typeof HANDLED | undefined>;

/** One method for each priority that it wants to hear. */
export type NotificationEndpoint = Readonly<Partial<Record<Priority, EventHandler>>>;

export interface NotificationListenerOptions {
  /** `notifications`; each may be on an exchange of its own. */
  readonly topics: readonly (string | { readonly topic: string; readonly exchange: string })[];
  readonly endpoints: readonly NotificationEndpoint[];
  /** Whether an endpoint may answer REQUEUE. */
  readonly allowRequeue?: boolean;
  /** Members of one pool share a copy of every event; each pool has its own (NTF-10). */
  readonly pool?: string;
  /** How many events at once; default 1. */
  readonly poolSize?: number;
  /** Told of what an endpoint raised, and of events that nobody can handle. */
  readonly onError: (error: Exception, event: JsonObject) => void;
}

export class NotificationListener implements Consumer {
  readonly #connection: Connection;
  readonly #options: NotificationListenerOptions;
  readonly #waiting = new Ring<Delivery<NotificationMessage>>();
  /** Begun and not yet acknowledged. */
  readonly #running = new Set<Delivery<NotificationMessage>>();
  #idle: Signal<void> | undefined;

  constructor(connection: Connection, options: NotificationListenerOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  /** Declare and consume a queue for each topic and each priority that an endpoint has. */
  start(): void {
    const { topics, endpoints, pool } = this.#options;
    const connection = this.#connection;
    const wanted = PRIORITIES.filter((priority) =>
      endpoints.some((endpoint) => endpoint[priority] !== undefined),
    );
    const queues = new Set<Queue>();
    for (const heard of topics) {
      const { topic, exchange = connection.exchange } =
        typeof heard === "string" ? { topic: heard } : heard;
      for (const priority of wanted) {
        const key = `${topic}.${priority}`;
        queues.add(connection.declare(pool ?? key, exchange, key));
      }
    }
    for (const queue of queues) connection.consume(queue, this);
  }

  /** Take no more; what has not begun goes back. */
  stop(): void {
    this.#connection.cancel(this);
    this.#giveBack(this.#waiting.toArray());
    this.#waiting.clear();
  }

  /** The process is gone: what it had not acknowledged goes back, begun or not. */
  crash(): void {
    const begun = [...this.#running];
    this.#running.clear();
    this.#connection.cancel(this);
    this.#giveBack([...begun, ...this.#waiting.toArray()]);
    this.#waiting.clear();
  }

  /** Wait until what has begun is done. */
  *wait(): Op<void> {
    if (this.#running.size === 0) return;
    this.#idle ??= new Signal<void>("running notification endpoints");
    yield* this.#idle.wait();
  }

  serves(topic: string | undefined): boolean {
    const { topics } = this.#options;
    if (topic === undefined) return true;
    return topics.some((heard) => (typeof heard === "string" ? heard : heard.topic) === topic);
  }

  unacknowledged(): readonly Delivery[] {
    return [...this.#running, ...this.#waiting.toArray()];
  }

  disconnected(): readonly Delivery[] {
    const all = this.unacknowledged();
    this.#running.clear();
    this.#waiting.clear();
    return all;
  }

  deliver(message: Message, queue: Queue): void {
    if (message.kind !== "notification") return;
    this.#waiting.push({ message, queue });
    this.#pump();
  }

  #pump(): void {
    const { poolSize = 1 } = this.#options;
    while (this.#running.size < poolSize) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#running.add(next);
      const { message } = next;
      const { daemon, detail, request, cause } = message;
      const { kernel, actor } = this.#connection;
      const name = text(message.body["event_type"]);
      kernel.spawn(this.#handle(next), { name, actor, daemon, detail, request, cause });
    }
  }

  *#handle(delivery: Delivery<NotificationMessage>): Op<void> {
    let again = false;
    try {
      again = (yield* this.#dispatch(delivery.message)) === REQUEUE;
    } finally {
      this.#ended(delivery, again);
    }
  }

  /** Every endpoint that wants it, until one asks for it again (NTF-06). */
  *#dispatch({ body, context }: NotificationMessage): Op<typeof REQUEUE | typeof HANDLED> {
    const { endpoints, allowRequeue = false, onError } = this.#options;
    const named = text(body["priority"]).toLowerCase();
    const priority = PRIORITIES.find((known) => known === named);
    // Juno gives such an event back for ever; the fix of later releases drops it (NTF-08).
    if (priority === undefined) {
      onError(new Exception(`Unknown priority "${named}"`), body);
      return HANDLED;
    }
    const { publisher_id, event_type, payload = null, message_id = null, timestamp = null } = body;
    for (const endpoint of endpoints) {
      try {
        const metadata = { message_id, timestamp };
        const answer = yield* (
          endpoint[priority]?.(context, text(publisher_id), text(event_type), payload, metadata) ??
          nothing()
        );
        if (allowRequeue && answer === REQUEUE) return REQUEUE;
      } catch (thrown) {
        // It counts as handled, and the other endpoints do not hear of it (NTF-07).
        const error = yield* caught(thrown);
        onError(error, body);
        return HANDLED;
      }
    }
    return HANDLED;
  }

  #ended(delivery: Delivery<NotificationMessage>, again: boolean): void {
    // After a crash, or when the connection broke, it is no longer this listener's.
    if (this.#running.delete(delivery) && again) delivery.queue.requeue([delivery.message]);
    this.#pump();
    if (this.#running.size > 0) return;
    this.#idle?.send(undefined);
    this.#idle = undefined;
  }

  #giveBack(deliveries: readonly Delivery[]): void {
    for (const { message, queue } of [...deliveries].reverse()) queue.requeue([message]);
  }
}

function* nothing(): Op<undefined> {
  return undefined;
}

const text = (value: Json | undefined): string => (typeof value === "string" ? value : "");

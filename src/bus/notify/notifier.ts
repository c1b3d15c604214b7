/**
 * Emits notifications, which nobody has to hear. Without a driver nothing is sent, and that is the
 * default (NTF-04). The queue of each topic is declared before publishing, so events wait for a
 * listener that starts later (NTF-02). Upstream: oslo.messaging `notify/`; messaging §D5.
 */
import type { Op } from "../../kernel/index.js";
import { toJson, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import type { NotificationSent } from "../observations.js";

/** Each has a queue of its own: `<topic>.<priority>`. */
export const PRIORITIES = [
  "audit",
  "debug",
  "info",
  "warn",
  "error",
  "critical",
  "sample",
] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface NotifierOptions {
  /** `compute.h1`. */
  readonly publisherId: string;
  /** `notification_driver`; empty: nothing is emitted. */
  readonly drivers: readonly string[];
  /** `notification_topics`. */
  readonly topics: readonly string[];
}

/** What a context must offer to travel with a notification. */
export interface NotifyingContext {
  readonly request_id: string;
  /** What of it goes over the wire; without this, the request id alone. */
  toWire?(): JsonObject;
}

export class Notifier {
  readonly #connection: Connection;
  readonly #options: NotifierOptions;

  constructor(connection: Connection, options: NotifierOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  info(ctxt: NotifyingContext, eventType: string, payload: object): Op<void> {
    return this.notify(ctxt, "info", eventType, payload);
  }

  error(ctxt: NotifyingContext, eventType: string, payload: object): Op<void> {
    return this.notify(ctxt, "error", eventType, payload);
  }

  /** Send an event to each topic, at `<topic>.<priority>`; all copies bear one message id. */
  *notify(
    ctxt: NotifyingContext,
    priority: Priority,
    eventType: string,
    payload: object,
  ): Op<void> {
    const { drivers, topics, publisherId } = this.#options;
    if (drivers.length === 0) return;
    const connection = this.#connection;
    const { kernel, actor, exchange } = connection;
    const body = toJson({
      message_id: kernel.stream(actor, "notification").uuid(),
      publisher_id: publisherId,
      event_type: eventType,
      priority: priority.toUpperCase(),
      payload,
      timestamp: kernel.calendar.stamp(kernel.now).replace("T", " "),
    }) as JsonObject;
    const context = ctxt.toWire?.() ?? { request_id: ctxt.request_id };
    for (const topic of topics) {
      const key = `${topic}.${priority}`;
      connection.declare(key, exchange, key);
      const cause = kernel.observe<NotificationSent>({
        kind: "notification",
        actor,
        request: ctxt.request_id,
        publisher_id: publisherId,
        event_type: eventType,
        priority: priority.toUpperCase(),
        payload: body["payload"],
        topic: key,
      });
      connection.publish(exchange, key, {
        kind: "notification",
        id: connection.bus.nextId(),
        from: actor,
        daemon: kernel.daemon,
        detail: kernel.detail,
        cause,
        request: ctxt.request_id,
        context,
        body,
      });
    }
  }
}

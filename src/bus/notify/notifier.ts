/**
 * Emits notifications, which nobody has to hear. Without a driver nothing is sent, and that is the
 * default (NTF-04). The queue of each topic is declared before publishing, so events wait for a
 * listener that starts later (NTF-02). Upstream: oslo.messaging 1.4.1 `notify/notifier.py`; messaging §D5.
 */
import { caught, log, type Kernel, type LogLine, type Op } from "../../kernel/index.js";
import { dumps, repr, str, toJson, type Json, type JsonObject } from "../../python/index.js";
import type { Connection } from "../connection.js";
import type { NotificationSent } from "../observations.js";
import type { Serializer } from "../rpc/serializer.js";

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

export interface NotifierOptions<C = NotifyingContext> {
  /** `compute.h1`. */
  readonly publisherId: string;
  /** `notification_driver`; empty: nothing is emitted. */
  readonly drivers: readonly string[];
  /** `notification_topics`. */
  readonly topics: readonly string[];
  /** How often a topic is tried again while the broker is away; left out, for ever. */
  readonly retry?: number | undefined;
  /** What of a context goes over the wire; without one, what the context says itself. */
  readonly serializer?: Pick<Serializer<C>, "serializeContext"> | undefined;
}

/** What a context must offer to travel with a notification. */
export interface NotifyingContext {
  readonly request_id: string;
  /** What of it goes over the wire; without this, the request id alone. */
  toWire?(): JsonObject;
}

/**
 * Emits notifications, which nobody has to hear; without a driver nothing is sent.
 *
 * @example
 * ```ts
 * import { Cloud, Notifier } from "novasim";
 *
 * const cloud = new Cloud();
 * const connection = cloud.bus.connect({ actor: "board@desk", exchange: "nova" });
 * const notifier = new Notifier(connection, {
 *   publisherId: "board.desk",
 *   drivers: ["messaging"],
 *   topics: ["notifications"],
 * });
 * cloud.run(notifier.info({ request_id: "req-1" }, "note.written", { text: "hello" }));
 * const told = cloud.timeline.entries.filter(({ kind }) => kind === "notification");
 * console.log(told.length); // 1
 * ```
 */
export class Notifier<C extends NotifyingContext = NotifyingContext> {
  readonly #connection: Connection;
  readonly #options: NotifierOptions<C>;

  constructor(connection: Connection, options: NotifierOptions<C>) {
    this.#connection = connection;
    this.#options = options;
  }

  info(ctxt: C, eventType: string, payload: Json | object): Op<void> {
    return this.notify(ctxt, "info", eventType, payload);
  }

  error(ctxt: C, eventType: string, payload: Json | object): Op<void> {
    return this.notify(ctxt, "error", eventType, payload);
  }

  /**
   * Give an event to each driver. `message_id` is the same for all: whoever gets two copies can tell.
   * No failure to send it reaches the caller, but it waits for a broker that is away.
   */
  *notify(ctxt: C, priority: Priority, eventType: string, payload: Json | object): Op<void> {
    const { drivers, publisherId } = this.#options;
    const kinds = drivers.flatMap((name) => driverOf(name) ?? []);
    if (kinds.length === 0) return;
    const { kernel, actor } = this.#connection;
    const body = toJson({
      message_id: kernel.stream(actor, "notification").uuid(),
      publisher_id: publisherId,
      event_type: eventType,
      priority: priority.toUpperCase(),
      payload,
      timestamp: utcnowText(kernel),
    }) as JsonObject;
    for (const kind of kinds) {
      if (kind === "log") this.#log(priority, body);
      else yield* this.#send(ctxt, priority, body, kind);
    }
  }

  /** Upstream: notify/_impl_log.py. The library's logger has no `audit` and no `sample`. */
  #log(priority: Priority, body: JsonObject): void {
    const level = LOG_LEVELS[priority];
    const { kernel, actor } = this.#connection;
    if (level !== undefined) log(kernel, actor, level, dumps(body));
  }

  /** To each topic, at `<topic>.<priority>`. Upstream: notify/_impl_messaging.py. */
  *#send(
    ctxt: C,
    priority: Priority,
    body: JsonObject,
    kind: "messaging" | "messagingv2",
  ): Op<void> {
    const { topics, retry } = this.#options;
    for (const topic of topics) {
      const key = `${topic}.${priority}`;
      try {
        yield* this.#connection.ready(key, retry);
        this.#publish(ctxt, key, body, kind === "messagingv2");
      } catch (thrown) {
        yield* caught(thrown);
        const { kernel, actor } = this.#connection;
        const why = `Could not send notification to ${key}. Payload=${repr(body)}`;
        log(kernel, actor, "error", why);
      }
    }
  }

  #serialized(ctxt: C): JsonObject {
    const { serializer } = this.#options;
    if (serializer !== undefined) return serializer.serializeContext(ctxt);
    return ctxt.toWire?.() ?? { request_id: ctxt.request_id };
  }

  #publish(ctxt: C, key: string, body: JsonObject, enveloped: boolean): void {
    const connection = this.#connection;
    const { kernel, actor, exchange } = connection;
    connection.declare(key, exchange, key);
    const { publisher_id, event_type, priority, payload } = body;
    const cause = kernel.observe<NotificationSent>({
      kind: "notification",
      actor,
      request: ctxt.request_id,
      publisher_id: str(publisher_id ?? null),
      event_type: str(event_type ?? null),
      priority: str(priority ?? null),
      payload,
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
      context: this.#serialized(ctxt),
      body,
      enveloped,
    });
  }
}

type Driver = "messaging" | "messagingv2" | "log";

/** The names of setup.cfg of oslo.messaging, and those of Icehouse, which Nova and Neutron keep there. */
const DRIVERS: ReadonlyMap<string, Driver> = new Map([
  ["messaging", "messaging"],
  ["messagingv2", "messagingv2"],
  ["log", "log"],
  ["rpc_notifier", "messaging"],
  ["rpc_notifier2", "messagingv2"],
  ["log_notifier", "log"],
]);

/** Where drivers were until Icehouse. */
const OLD_PLACE = /^\w+\.openstack\.common\.notifier\./;

/** A name that leads nowhere is passed over, as stevedore does; `noop` and `test` do nothing. */
const driverOf = (name: string): Driver | undefined => DRIVERS.get(name.replace(OLD_PLACE, ""));

const LOG_LEVELS: Readonly<Partial<Record<Priority, LogLine["level"]>>> = {
  debug: "debug",
  info: "info",
  warn: "warning",
  error: "error",
  critical: "error",
};

/** `str(timeutils.utcnow())`, which leaves out a fraction of nothing. */
export const utcnowText = ({ calendar, now }: Kernel): string =>
  calendar.stamp(now).replace("T", " ").replace(/\.0+$/, "");

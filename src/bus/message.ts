/**
 * What lies in queues: requests, replies and notifications, with the bookkeeping that ties them to
 * the timeline. The bodies are JSON. Upstream: oslo.messaging `_drivers/amqp.py`; messaging §A3.
 */
import type { Cause, Detail } from "../kernel/index.js";
import { toJson, type Json, type JsonObject } from "../python/index.js";
import type { SerializedFailure } from "./rpc/failure.js";

/** How a message is seen by a watcher; nothing of it is on the wire. */
export interface Postmark {
  /** Numbers the requests of a run; a reply bears the number of its request. */
  readonly id: number;
  readonly from: string;
  /** Sent by a daemon greenthread: what it sets off must not keep a run from settling. */
  readonly daemon: boolean;
  readonly detail: Detail;
  readonly cause: Cause;
  readonly request: string | undefined;
}

/** A call (with a reply queue) or a cast. */
export interface Request extends Postmark {
  readonly kind: "request";
  readonly topic: string;
  readonly method: string;
  readonly args: JsonObject;
  readonly namespace: string | undefined;
  readonly version: string | undefined;
  readonly context: JsonObject;
  /** In several queues at once: whoever could change the arguments takes a copy first. */
  readonly shared?: boolean;
  /** `_reply_q`; undefined for a cast. */
  readonly replyQueue: string | undefined;
}

/** The answer to a call. */
export interface Reply extends Postmark {
  readonly kind: "reply";
  readonly result: Json;
  readonly failure: SerializedFailure | undefined;
  /** One of several values, or the end after them; without this, a value and the end in one. */
  readonly part?: "value" | "end";
}

/** An event, for whoever listens to the topic. */
export interface NotificationMessage extends Postmark {
  readonly kind: "notification";
  /** Of driver `messagingv2`; what `messaging` sends is bare. */
  readonly enveloped: boolean;
  readonly context: JsonObject;
  readonly body: JsonObject;
}

export type Message = Request | Reply | NotificationMessage;

/** Whether `message` is a reply whose two messages travel as one. */
export const isWholeReply = (message: Message): message is Reply =>
  message.kind === "reply" && message.part === undefined;

/**
 * The two messages that a whole reply is in Juno: the value, and a marker that ends it (RPC-43).
 * Upstream: oslo.messaging 1.4.1 `_drivers/amqpdriver.py` (AMQPIncomingMessage.reply).
 */
export function halves(reply: Reply): [value: Reply, ending: Reply] {
  return [
    { ...reply, part: "value" },
    { ...reply, part: "end", result: null, failure: undefined },
  ];
}

/** The same message for one more queue: no two receivers may share what one of them could change. */
export function anotherCopy(message: Message): Message {
  switch (message.kind) {
    case "request":
      // Most of those who get a fanout only look at it: who needs a copy makes it (`ownArguments`).
      return message.shared === true ? message : { ...message, shared: true };
    case "reply":
      return { ...message, result: toJson(message.result) };
    case "notification":
      return { ...message, body: toJson(message.body) as JsonObject };
  }
}

/** The arguments of a request, for a receiver that may change them. */
export function ownArguments({ args, shared }: Request): JsonObject {
  return shared === true ? (toJson(args) as JsonObject) : args;
}

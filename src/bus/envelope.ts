/**
 * Messages as they are on the wire, byte for byte what oslo.messaging 1.4 sends. In memory they are
 * plainer (`message.ts`), because nothing in a run depends on this form; it is made when somebody
 * looks. Upstream: `_drivers/common.py` (serialize_msg), `_drivers/amqp.py`; messaging §A3.
 */
import type { Json, JsonObject } from "../python/index.js";
import type { Message, Reply, Request } from "./message.js";

/** What the broker sees: a version, and the message as text. */
export interface Envelope {
  readonly "oslo.version": "2.0";
  readonly "oslo.message": string;
}

/** The envelope of `message`. */
export const envelope = (message: Message): Envelope => ({
  "oslo.version": "2.0",
  "oslo.message": JSON.stringify(wireMessage(message)),
});

/** What is in the envelope: `method`, `args`, `_unique_id`, `_context_*`; a call names its reply queue. */
export function wireMessage(message: Message): JsonObject {
  switch (message.kind) {
    case "request":
      return wireRequest(message);
    case "reply":
      return wireReply(message);
    case "notification":
      return {
        ...message.body,
        _unique_id: hexOf(message.id, 1),
        ...packContext(message.context),
      };
  }
}

function wireRequest(message: Request): JsonObject {
  const { id, method, args, namespace, version, context, replyQueue } = message;
  return {
    method,
    args,
    ...(namespace !== undefined && { namespace }),
    ...(version !== undefined && { version }),
    _unique_id: hexOf(id, 1),
    ...(replyQueue !== undefined && { _msg_id: hexOf(id, 2), _reply_q: replyQueue }),
    ...packContext(context),
  };
}

function wireReply({ id, result, failure, part }: Reply): JsonObject {
  return {
    result,
    failure: failure === undefined ? null : JSON.stringify(failure),
    ...(part !== "value" && { ending: true }),
    _unique_id: hexOf(id, part === "end" ? 4 : 3),
    _msg_id: hexOf(id, 2),
  };
}

const packContext = (context: JsonObject): Record<string, Json> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [`_context_${key}`, value]));

/** 32 hex digits for message number `id`; another text for each `use`. */
function hexOf(id: number, use: number): string {
  const words = [1, 2, 3, 4].map((word) => mixed(Math.imul(id, 0x9e3779b1) ^ (use * 4 + word)));
  return words.map((word) => word.toString(16).padStart(8, "0")).join("");
}

function mixed(word: number): number {
  let h = Math.imul(word ^ (word >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Messages as they are on the wire, byte for byte what oslo.messaging 1.4 sends. In memory they are
 * plainer (`message.ts`), because nothing in a run depends on this form; it is made when somebody
 * looks. Upstream: `_drivers/common.py` (serialize_msg), `_drivers/amqp.py`; messaging §A3.
 */
import type { Json, JsonObject } from "../python/index.js";
import type { MessageIds } from "./message-ids.js";
import type { Message, Reply, Request } from "./message.js";

/** `message` as the broker sees it: a version, and it as text; bare if it is a notification of format 1.0. */
export function onTheWire(message: Message, ids: MessageIds): JsonObject {
  const wire = wireMessage(message, ids);
  if (message.kind === "notification" && !message.enveloped) return wire;
  return { "oslo.version": "2.0", "oslo.message": JSON.stringify(wire) };
}

/** What is in the envelope: `method`, `args`, `_unique_id`, `_context_*`; a call names its reply queue. */
export function wireMessage(message: Message, ids: MessageIds): JsonObject {
  switch (message.kind) {
    case "request":
      return wireRequest(message, ids);
    case "reply":
      return wireReply(message, ids);
    case "notification":
      return {
        ...message.body,
        _unique_id: ids.unique(message),
        ...packContext(message.context),
      };
  }
}

function wireRequest(message: Request, ids: MessageIds): JsonObject {
  const { id, method, args, namespace, version, context, replyQueue } = message;
  return {
    method,
    args,
    ...(namespace !== undefined && { namespace }),
    ...(version !== undefined && { version }),
    _unique_id: ids.unique(message),
    ...(replyQueue !== undefined && { _msg_id: ids.call(id), _reply_q: replyQueue }),
    ...packContext(context),
  };
}

function wireReply(message: Reply, ids: MessageIds): JsonObject {
  const { id, result, failure, part } = message;
  return {
    result,
    failure: failure === undefined ? null : JSON.stringify(failure),
    ...(part !== "value" && { ending: true }),
    _unique_id: ids.unique(message),
    _msg_id: ids.call(id),
  };
}

const packContext = (context: JsonObject): Record<string, Json> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [`_context_${key}`, value]));

/**
 * How a process turns its context and its objects into JSON and back. Going out, objects give their
 * own wire form (`toWire`, see `toJson`); coming in, `deserializeEntity` may rebuild them.
 * Upstream: oslo.messaging `serializer.py`; nova/rpc.py (RequestContextSerializer).
 */
import type { Json, JsonObject } from "../../python/index.js";

export interface Serializer<C> {
  serializeContext(ctxt: C): JsonObject;
  deserializeContext(wire: JsonObject): C;
  deserializeEntity(ctxt: C, value: Json): unknown;
}

/** The request that a packed context belongs to, for watchers. */
export function requestOf(context: JsonObject): string | undefined {
  const id = context["request_id"];
  return typeof id === "string" ? id : undefined;
}

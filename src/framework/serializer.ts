/** Serializes request contexts; objects pass as the JSON they are. Upstream: nova/rpc.py. */
import type { Serializer } from "../bus/index.js";
import { contextFromWire, type RequestContext } from "./request-context.js";

/**
 * How request contexts go over the bus, for clients and servers of one's own.
 *
 * @example
 * ```ts
 * import { RequestContext, contextSerializer } from "novasim";
 *
 * const wire = contextSerializer.serializeContext(new RequestContext({ request_id: "req-1" }));
 * console.log(contextSerializer.deserializeContext(wire).request_id); // req-1
 * ```
 */
export const contextSerializer: Serializer<RequestContext> = {
  serializeContext: (ctxt) => ctxt.toWire(),
  deserializeContext: contextFromWire,
  deserializeEntity: (_ctxt, value) => value,
};

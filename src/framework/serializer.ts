/** Serializes request contexts; objects pass as the JSON they are. Upstream: nova/rpc.py. */
import type { Serializer } from "../bus/index.js";
import { contextFromWire, type RequestContext } from "./request-context.js";

export const contextSerializer: Serializer<RequestContext> = {
  serializeContext: (ctxt) => ctxt.toWire(),
  deserializeContext: contextFromWire,
  deserializeEntity: (_ctxt, value) => value,
};

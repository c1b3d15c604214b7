/**
 * Rebuilds objects out of what comes over the bus, over the store of the process that receives
 * them. Upstream: nova/objects/base.py (NovaObjectSerializer).
 */
import type { Serializer } from "../../../../bus/index.js";
import { contextFromWire, type RequestContext } from "../../../../framework/index.js";
import type { ObjectStore } from "../base/versioned-object.js";
import { novaObjects } from "./registry.js";

export function objectSerializer(store: ObjectStore): Serializer<RequestContext> {
  return {
    serializeContext: (ctxt) => ctxt.toWire(),
    deserializeContext: contextFromWire,
    deserializeEntity: (_ctxt, value) => novaObjects.hydrate(store, value),
  };
}

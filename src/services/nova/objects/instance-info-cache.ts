/** What Nova last knew of an instance's network. Upstream: nova/objects/instance_info_cache.py (1.5). */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "./base/declare.js";
import { callMethod, objectMethod } from "./base/remotable.js";
import { networkModel } from "./wire/field-types.js";

export interface InfoCacheFields extends PersistentFields {
  readonly instance_uuid: string;
  /** The network model: a list of VIFs. */
  network_info: readonly JsonObject[];
}

export class InstanceInfoCache extends versioned<InfoCacheFields>({
  name: "InstanceInfoCache",
  version: "1.5",
  wire: { ...PERSISTENT, network_info: networkModel },
  fields: {
    instance_uuid: true,
    network_info: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** Store it; without effect once the cache has been removed. */
  *save(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, infoCacheMethods.save, {});
  }

  /** Remove the cache of an instance that goes away. */
  *delete(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, infoCacheMethods.delete, {});
  }
}

export const infoCacheMethods = {
  save: objectMethod()(InstanceInfoCache, "save"),
  delete: objectMethod()(InstanceInfoCache, "delete"),
};

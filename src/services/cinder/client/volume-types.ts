/** Volume types and their extra specs. Upstream: python-cinderclient 1.1.1 `cinderclient/v{1,2}/volume_types.py`. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { Manager, type Resource } from "./manager.js";

export class VolumeTypeManager extends Manager {
  /** `GET /types`, whatever is asked for. */
  all(): Op<JsonObject[]> {
    return this.list("/types", "volume_types");
  }

  /** `GET /types/{id}`. @throws NotFound */
  get(id: string): Op<Resource> {
    return this.resource("GET", `/types/${id}`, "volume_type");
  }

  create(name: string): Op<Resource> {
    return this.resource("POST", "/types", "volume_type", { volume_type: { name } });
  }

  delete(id: string): Op<void> {
    return this.remove(`/types/${id}`);
  }

  setKeys(id: string, extra_specs: JsonObject): Op<JsonObject> {
    return this.one("POST", `/types/${id}/extra_specs`, "extra_specs", { extra_specs });
  }

  /** One request a key. */
  *unsetKeys(id: string, keys: readonly string[]): Op<void> {
    for (const key of keys) yield* this.remove(`/types/${id}/extra_specs/${key}`);
  }
}

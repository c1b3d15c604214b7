/**
 * How volumes of a type are encrypted; there is no list of it but type by type. Upstream:
 * python-cinderclient 1.1.1 `cinderclient/v1/volume_encryption_types.py`.
 */
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { Manager } from "./manager.js";

export class EncryptionTypeManager extends Manager {
  /** Empty for a type without. */
  *get(type: string): Op<JsonObject> {
    const { body } = yield* this.endpoint.request("GET", `/types/${type}/encryption`);
    return isObject(body) ? body : {};
  }

  create(type: string, encryption: JsonObject): Op<JsonObject> {
    return this.one("POST", `/types/${type}/encryption`, "encryption", { encryption });
  }

  delete(type: string): Op<void> {
    return this.remove(`/types/${type}/encryption/provider`);
  }
}

/**
 * Limits: of projects, of classes of them, and what one's own project has used of its own. Upstream:
 * python-cinderclient 1.1.1 `cinderclient/v1/quotas.py`, `quota_classes.py`, `limits.py`.
 */
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
import { Manager } from "./manager.js";

export class QuotaSetManager extends Manager {
  /** @param usage what is in use and reserved as well */
  get(tenant: string, usage = false): Op<JsonObject> {
    return this.one("GET", `/os-quota-sets/${tenant}?usage=${str(usage)}`, "quota_set");
  }

  defaults(tenant: string): Op<JsonObject> {
    return this.one("GET", `/os-quota-sets/${tenant}/defaults`, "quota_set");
  }

  update(tenant_id: string, updates: JsonObject): Op<JsonObject> {
    const quota_set = { tenant_id, ...updates };
    return this.one("PUT", `/os-quota-sets/${tenant_id}`, "quota_set", { quota_set });
  }

  delete(tenant: string): Op<void> {
    return this.remove(`/os-quota-sets/${tenant}`);
  }
}

export class QuotaClassManager extends Manager {
  get(name: string): Op<JsonObject> {
    return this.one("GET", `/os-quota-class-sets/${name}`, "quota_class_set");
  }

  /** The library gives nothing back. */
  *update(class_name: string, updates: JsonObject): Op<void> {
    const quota_class_set = { class_name, ...updates };
    yield* this.endpoint.request("PUT", `/os-quota-class-sets/${class_name}`, { quota_class_set });
  }
}

export class LimitsManager extends Manager {
  /** `{ rate, absolute }`. */
  get(): Op<JsonObject> {
    return this.one("GET", "/limits", "limits");
  }
}

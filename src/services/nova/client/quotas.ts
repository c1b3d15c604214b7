/** Quotas of projects, of users in them, and of classes. Upstream: novaclient/v1_1/quotas.py, quota_classes.py. */
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

const pathOf = (tenant: string, user: string | undefined): string =>
  `/os-quota-sets/${tenant}${user === undefined || user === "" ? "" : `?user_id=${user}`}`;

export class QuotaManager extends Manager {
  of(tenant: string, user?: string): Op<JsonObject> {
    return this.get(pathOf(tenant, user), "quota_set", isObjectAtAll);
  }

  defaults(tenant: string): Op<JsonObject> {
    return this.get(`/os-quota-sets/${tenant}/defaults`, "quota_set", isObjectAtAll);
  }

  *set(tenant: string, limits: Readonly<Record<string, Json>>, user?: string): Op<void> {
    const quota_set = { ...limits, tenant_id: tenant };
    yield* this.update(pathOf(tenant, user), { quota_set }, "quota_set", isObjectAtAll);
  }

  /** Back to the defaults. */
  *delete(tenant: string, user?: string): Op<void> {
    yield* this.remove(pathOf(tenant, user));
  }
}

export class QuotaClassManager extends Manager {
  of(name: string): Op<JsonObject> {
    return this.get(`/os-quota-class-sets/${name}`, "quota_class_set", isObjectAtAll);
  }

  *set(name: string, limits: Readonly<Record<string, Json>>): Op<void> {
    const path = `/os-quota-class-sets/${name}`;
    yield* this.update(path, { quota_class_set: limits }, "quota_class_set", isObjectAtAll);
  }
}

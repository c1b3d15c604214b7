/** Host aggregates, and what projects have used. Upstream: novaclient/v1_1/aggregates.py, usage.py at 2.20.0. */
import type { Op } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager } from "../manager.js";

const ONE = "aggregate";

export class AggregateManager extends Manager {
  all(): Op<JsonObject[]> {
    return this.list("/os-aggregates", "aggregates", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-aggregates/${id}`, ONE, isObjectAtAll);
  }

  add(name: string, availability_zone: string | null): Op<JsonObject> {
    const body = { aggregate: { name, availability_zone } };
    return this.create("/os-aggregates", body, ONE, isObjectAtAll);
  }

  change(id: string, values: JsonObject): Op<JsonObject> {
    return this.update(`/os-aggregates/${id}`, { aggregate: values }, ONE, isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`/os-aggregates/${id}`);
  }

  addHost(id: string, host: string): Op<JsonObject> {
    return this.#act(id, "add_host", { host });
  }

  removeHost(id: string, host: string): Op<JsonObject> {
    return this.#act(id, "remove_host", { host });
  }

  setMetadata(id: string, metadata: Readonly<Record<string, Json>>): Op<JsonObject> {
    return this.#act(id, "set_metadata", { metadata });
  }

  #act(id: string, action: string, body: JsonObject): Op<JsonObject> {
    const path = `/os-aggregates/${id}/action`;
    return this.create(path, { [action]: body }, ONE, isObjectAtAll);
  }
}

export class UsageManager extends Manager {
  /** Of every project. @param start as `isoformat` writes a date */
  all(start: string, end: string): Op<JsonObject[]> {
    const query = `start=${start}&end=${end}&detailed=1`;
    return this.list(`/os-simple-tenant-usage?${query}`, "tenant_usages", isObjectAtAll);
  }

  one(tenant: string, start: string, end: string): Op<JsonObject> {
    const path = `/os-simple-tenant-usage/${tenant}?start=${start}&end=${end}`;
    return this.get(path, "tenant_usage", isObjectAtAll);
  }
}

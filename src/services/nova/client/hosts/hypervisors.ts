/** Hypervisors, for administrators. Upstream: novaclient/v1_1/hypervisors.py. */
import type { Op } from "../../../../kernel/index.js";
import { quote, type JsonObject } from "../../../../python/index.js";
import { isObjectAtAll, Manager } from "../manager.js";

export class HypervisorManager extends Manager {
  /** `detailed`: with what they have and what of it is used. */
  all(detailed: boolean): Op<JsonObject[]> {
    const path = `/os-hypervisors${detailed ? "/detail" : ""}`;
    return this.list(path, "hypervisors", isObjectAtAll);
  }

  /** Those whose host name has `pattern` in it; `servers`: with their servers. */
  search(pattern: string, servers = false): Op<JsonObject[]> {
    const path = `/os-hypervisors/${quote(pattern)}/${servers ? "servers" : "search"}`;
    return this.list(path, "hypervisors", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-hypervisors/${id}`, "hypervisor", isObjectAtAll);
  }

  /** With what `uptime` prints there. */
  uptime(id: string): Op<JsonObject> {
    return this.get(`/os-hypervisors/${id}/uptime`, "hypervisor", isObjectAtAll);
  }

  statistics(): Op<JsonObject> {
    return this.get("/os-hypervisors/statistics", "hypervisor_statistics", isObjectAtAll);
  }
}

/** Floating IPs and their pools, and networks. Upstream: novaclient/v1_1/floating_ips.py, floating_ip_pools.py, networks.py, 2.20.0. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

const PATH = "/os-floating-ips";

export class FloatingIpManager extends Manager {
  all(allTenants: boolean): Op<JsonObject[]> {
    return this.list(`${PATH}${allTenants ? "?all_tenants=1" : ""}`, "floating_ips", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`${PATH}/${id}`, "floating_ip", isObjectAtAll);
  }

  /** One more, out of a pool; without a name out of nova-api's own choice. */
  allocate(pool: string | undefined): Op<JsonObject> {
    return this.create(PATH, { pool: pool ?? null }, "floating_ip", isObjectAtAll);
  }

  delete(id: string): Op<void> {
    return this.remove(`${PATH}/${id}`);
  }

  pools(): Op<JsonObject[]> {
    return this.list("/os-floating-ip-pools", "floating_ip_pools", isObjectAtAll);
  }
}

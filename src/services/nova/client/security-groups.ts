/** Security groups, which Nova passes on to Neutron. Upstream: novaclient/v1_1/security_groups.py. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

export class SecurityGroupManager extends Manager {
  /** `True`: as another program says it. */
  all(allTenants?: number | "True"): Op<JsonObject[]> {
    const asked = allTenants === undefined || allTenants === 0;
    const query = asked ? "" : `?all_tenants=${String(allTenants)}`;
    return this.list(`/os-security-groups${query}`, "security_groups", isObjectAtAll);
  }

  one(id: string): Op<JsonObject> {
    return this.get(`/os-security-groups/${id}`, "security_group", isObjectAtAll);
  }
}

/** Security groups, which Nova passes on to Neutron. Upstream: novaclient/v1_1/security_groups.py. */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { isObjectAtAll, Manager } from "./manager.js";

const DEFAULTS = "/os-security-group-default-rules";

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

  make(name: string, description: string): Op<JsonObject> {
    const body = { security_group: { name, description } };
    return this.create("/os-security-groups", body, "security_group", isObjectAtAll);
  }

  change(id: string, name: string, description: string): Op<JsonObject> {
    const body = { security_group: { name, description } };
    return this.update(`/os-security-groups/${id}`, body, "security_group", isObjectAtAll);
  }

  /** Those of a server. */
  ofServer(id: string): Op<JsonObject[]> {
    return this.list(`/servers/${id}/os-security-groups`, "security_groups", isObjectAtAll);
  }

  /** What every new group is to have. */
  defaultRules(): Op<JsonObject[]> {
    return this.list(DEFAULTS, "security_group_default_rules", isObjectAtAll);
  }

  makeDefaultRule(rule: JsonObject): Op<JsonObject> {
    const body = { security_group_default_rule: rule };
    return this.create(DEFAULTS, body, "security_group_default_rule", isObjectAtAll);
  }

  *deleteDefaultRule(id: string): Op<void> {
    yield* this.remove(`${DEFAULTS}/${id}`);
  }

  *delete(id: string): Op<void> {
    yield* this.remove(`/os-security-groups/${id}`);
  }

  /** A rule for what comes in. */
  makeRule(rule: SecurityGroupRule): Op<JsonObject> {
    const { protocol, fromPort, toPort, cidr, parent, source = null } = rule;
    const body = {
      security_group_rule: {
        ip_protocol: protocol,
        from_port: fromPort,
        to_port: toPort,
        cidr,
        group_id: source,
        parent_group_id: parent,
      },
    };
    return this.create("/os-security-group-rules", body, "security_group_rule", isObjectAtAll);
  }

  *deleteRule(id: string): Op<void> {
    yield* this.remove(`/os-security-group-rules/${id}`);
  }
}

/** Whom a group lets in. */
export interface SecurityGroupRule {
  /** The group. */
  readonly parent: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidr: string | null;
  /** Members of which group, in the place of addresses. */
  readonly source?: string;
}

/** Rules of security groups; agents hear of each change. Upstream: db/securitygroups_db.py. */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import {
  InvalidInput,
  SecurityGroupInvalidPortRange,
  SecurityGroupNotFound,
  SecurityGroupProtocolRequiredWithPorts,
  SecurityGroupRemoteGroupAndRemoteIpPrefix,
  SecurityGroupRuleExists,
  SecurityGroupRuleNotFound,
} from "../errors.js";
import type { SecurityGroupRule } from "../rows.js";
import type { NeutronApp } from "./app.js";
import { isVisible } from "./visibility.js";

export function ruleView(row: Row<SecurityGroupRule>): JsonObject {
  return {
    id: row.uuid,
    tenant_id: row.tenant_id,
    security_group_id: row.security_group_id,
    ethertype: row.ethertype,
    direction: row.direction,
    protocol: row.protocol,
    port_range_min: row.port_range_min,
    port_range_max: row.port_range_max,
    remote_ip_prefix: row.remote_ip_prefix,
    remote_group_id: row.remote_group_id,
  };
}

export class SecurityGroupRules {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return ruleView(this.#row(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    return this.#app.database.securityGroupRules
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map(ruleView);
  }

  /** @throws SecurityGroupNotFound, SecurityGroupRuleExists, and what is wrong with the rule */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { database, agentNotifier } = this.#app;
    const rule = attrs as unknown as Omit<SecurityGroupRule, "uuid">;
    this.#check(rule);
    for (const id of [rule.security_group_id, rule.remote_group_id]) {
      if (id === null) continue;
      const group = database.securityGroups.get(id);
      if (group === undefined || !isVisible(ctxt, group)) throw new SecurityGroupNotFound({ id });
    }
    const columns: Omit<SecurityGroupRule, "uuid" | "tenant_id"> = {
      security_group_id: rule.security_group_id,
      remote_group_id: rule.remote_group_id,
      direction: rule.direction,
      ethertype: rule.ethertype,
      protocol: rule.protocol,
      port_range_min: rule.port_range_min,
      port_range_max: rule.port_range_max,
      remote_ip_prefix: rule.remote_ip_prefix,
    };
    const same = database.securityGroupRules.first(columns);
    if (same !== undefined) throw new SecurityGroupRuleExists({ id: same.uuid });
    const row = database.securityGroupRules.insert({
      uuid: this.#app.newId("security group rule"),
      tenant_id: rule.tenant_id,
      ...columns,
    });
    yield* agentNotifier.securityGroupsRuleUpdated(ctxt, [rule.security_group_id]);
    return ruleView(row);
  }

  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { security_group_id } = this.#row(ctxt, id);
    this.#app.database.securityGroupRules.remove(id);
    yield* this.#app.agentNotifier.securityGroupsRuleUpdated(ctxt, [security_group_id]);
  }

  #row(ctxt: RequestContext, id: string): Row<SecurityGroupRule> {
    const row = this.#app.database.securityGroupRules.get(id);
    if (row === undefined || !isVisible(ctxt, row)) throw new SecurityGroupRuleNotFound({ id });
    return row;
  }

  #check(rule: Omit<SecurityGroupRule, "uuid">): void {
    const { port_range_min: min, port_range_max: max, protocol } = rule;
    if (!["ingress", "egress"].includes(rule.direction)) {
      throw new InvalidInput({
        error_message: `'${rule.direction}' is not in ['ingress', 'egress']`,
      });
    }
    if (!["IPv4", "IPv6"].includes(rule.ethertype)) {
      throw new InvalidInput({ error_message: `'${rule.ethertype}' is not in ['IPv4', 'IPv6']` });
    }
    if (min !== null || max !== null) {
      if (protocol === null) throw new SecurityGroupProtocolRequiredWithPorts();
      if (["tcp", "udp"].includes(protocol) && (min === null || max === null || min > max)) {
        throw new SecurityGroupInvalidPortRange();
      }
    }
    if (rule.remote_group_id !== null && rule.remote_ip_prefix !== null) {
      throw new SecurityGroupRemoteGroupAndRemoteIpPrefix();
    }
  }
}

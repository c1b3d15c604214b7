/**
 * Rules of security groups; agents hear of each change. Upstream: db/securitygroups_db.py,
 * db/securitygroups_rpc_base.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { parseIpNetwork, str, type Json, type JsonObject } from "../../../python/index.js";
import * as errors from "../security-group-errors.js";
import type { SecurityGroupRule } from "../db/rows.js";
import type { NeutronApp } from "./app.js";
import { requiredText } from "./columns.js";
import { ruleView, type SecurityGroups } from "./security-groups.js";
import { isVisible } from "./visibility.js";

/** A rule as a request makes it. */
type NewRule = Omit<SecurityGroupRule, "uuid" | "protocol"> & {
  /** A number is compared as it was given: its row holds a text. */
  readonly protocol: Json;
};

/** IANA's numbers of the protocols whose ports are looked at. */
const NUMBERS: ReadonlyMap<Json, number> = new Map<Json, number>([
  ["tcp", 6],
  ["udp", 17],
  ["icmp", 1],
  ["icmpv6", 58],
]);

export class SecurityGroupRules {
  readonly #app: NeutronApp;
  readonly #groups: SecurityGroups;

  constructor(app: NeutronApp, groups: SecurityGroups) {
    this.#app = app;
    this.#groups = groups;
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
    const [rule = {}] = yield* this.createMany(ctxt, [attrs]);
    return rule;
  }

  /**
   * All of one group and one tenant.
   * @returns of several only the last, as upstream's answer has it
   * @throws as `create`
   */
  *createMany(ctxt: RequestContext, all: readonly JsonObject[]): Op<JsonObject[]> {
    const rules = all.map((attrs) => newRule(attrs));
    const groupId = this.#validated(ctxt, rules);
    this.#refuseDuplicates(ctxt, rules);
    let last: JsonObject = {};
    for (const rule of rules) {
      const uuid = this.#app.newId("security group rule");
      const protocol = rule.protocol === null ? null : requiredText(rule.protocol);
      const row = this.#app.database.securityGroupRules.insert({ uuid, ...rule, protocol });
      last = { ...ruleView(row), protocol: rule.protocol };
    }
    yield* this.#app.agentNotifier.securityGroupsRuleUpdated(ctxt, [groupId]);
    return [last];
  }

  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { security_group_id } = this.#row(ctxt, id);
    this.#app.database.securityGroupRules.remove(id);
    yield* this.#app.agentNotifier.securityGroupsRuleUpdated(ctxt, [security_group_id]);
  }

  #row(ctxt: RequestContext, id: string): Row<SecurityGroupRule> {
    const row = this.#app.database.securityGroupRules.get(id);
    if (row === undefined || !isVisible(ctxt, row)) {
      throw new errors.SecurityGroupRuleNotFound({ id });
    }
    return row;
  }

  /** `_validate_security_group_rules`. @returns the id of the group */
  #validated(ctxt: RequestContext, rules: readonly NewRule[]): string {
    for (const rule of rules) {
      checkPorts(rule);
      const { remote_ip_prefix: prefix, remote_group_id: remote, ethertype } = rule;
      if (prefix !== null) {
        const version = parseIpNetwork(prefix)?.version ?? 4;
        if (ethertype !== `IPv${String(version)}`) {
          throw new errors.SecurityGroupRuleParameterConflict({ ethertype, cidr: prefix });
        }
        if (remote !== null) throw new errors.SecurityGroupRemoteGroupAndRemoteIpPrefix();
      }
      if (remote !== null) this.#group(ctxt, remote, rule.tenant_id);
    }
    const [groupId = "", ...others] = new Set(rules.map((rule) => rule.security_group_id));
    if (others.length > 0) throw new errors.SecurityGroupNotSingleGroupRules();
    const [tenant = "", ...more] = new Set(rules.map(({ tenant_id }) => tenant_id));
    if (more.length > 0) throw new errors.SecurityGroupRulesNotSingleTenant();
    this.#group(ctxt, groupId, tenant);
    return groupId;
  }

  /** A group, as the tenant sees it whose rule it is. @throws SecurityGroupNotFound */
  #group(ctxt: RequestContext, id: string, project_id: string): void {
    this.#groups.row(ctxt.is_admin ? ctxt : ctxt.with({ project_id }), id);
  }

  #refuseDuplicates(ctxt: RequestContext, rules: readonly NewRule[]): void {
    for (const rule of rules) {
      if (rules.filter((other) => isSame(rule, other)).length > 1) {
        throw new errors.DuplicateSecurityGroupRuleInPost();
      }
      const { security_group_id } = rule;
      const same = this.#app.database.securityGroupRules
        .find({ security_group_id })
        .find((row) => isVisible(ctxt, row) && isSame(rule, row));
      if (same !== undefined) throw new errors.SecurityGroupRuleExists({ id: same.uuid });
    }
  }
}

const COLUMNS = [
  ...["tenant_id", "security_group_id", "ethertype", "direction", "protocol"],
  ...["port_range_min", "port_range_max", "remote_ip_prefix", "remote_group_id"],
] as readonly (keyof NewRule)[];

const isSame = (one: NewRule, other: NewRule): boolean =>
  COLUMNS.every((column) => one[column] === other[column]);

function newRule(attrs: JsonObject): NewRule {
  const remote = attrs["remote_group_id"] ?? null;
  const port = (name: string): number | null => (attrs[name] ?? null) as number | null;
  return {
    tenant_id: requiredText(attrs["tenant_id"]),
    security_group_id: str(attrs["security_group_id"] ?? null),
    remote_group_id: remote === null || remote === "" ? null : str(remote),
    direction: attrs["direction"] as string,
    ethertype: attrs["ethertype"] as string,
    protocol: attrs["protocol"] ?? null,
    port_range_min: port("port_range_min"),
    port_range_max: port("port_range_max"),
    remote_ip_prefix: (attrs["remote_ip_prefix"] ?? null) as string | null,
  };
}

/** `_validate_port_range`: a number that came as a text is no protocol that has ports. */
function checkPorts({ port_range_min: min, port_range_max: max, protocol }: NewRule): void {
  if (min === null && max === null) return;
  if (protocol === null || protocol === 0 || protocol === false) {
    throw new errors.SecurityGroupProtocolRequiredWithPorts();
  }
  const number = NUMBERS.get(protocol) ?? protocol;
  if (number === 6 || number === 17) {
    if (min === null || max === null || min > max) throw new errors.SecurityGroupInvalidPortRange();
  } else if (number === 1) {
    checkIcmp("type", "port_range_min", min);
    checkIcmp("code", "port_range_max", max);
    if (min === null && max !== null && max !== 0) {
      throw new errors.SecurityGroupMissingIcmpType({ value: max });
    }
  }
}

function checkIcmp(field: string, attr: string, value: number | null): void {
  if (value === null || value <= 255) return;
  throw new errors.SecurityGroupInvalidIcmpValue({ field, attr, value });
}

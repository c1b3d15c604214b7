/**
 * A security group as the compute API shows it: Nova's form of Neutron's, with the rules for what
 * comes in. The group that a rule names is asked for by itself. Upstream: contrib/security_groups.py
 * (_format_security_group), nova/network/security_group/neutron_driver.py
 * (_convert_to_nova_security_group_format) at 2014.2; nova §5.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { get, isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import { SecurityGroupNotFound } from "../../exception.js";
import type { IngressRule } from "../../network-api/neutronv2/security-group-rules.js";
import type { NovaApp } from "../app.js";
import { isList } from "../input.js";

/** `group` as Neutron has it. */
export function* securityGroupView(
  app: NovaApp,
  ctxt: RequestContext,
  group: JsonObject,
): Op<JsonObject> {
  const rules: Json[] = [];
  for (const rule of ingress(group)) {
    const shown = yield* ruleView(app, ctxt, rule);
    if (shown !== undefined) rules.push(shown);
  }
  return {
    id: get(group, "id"),
    name: get(group, "name"),
    description: get(group, "description"),
    tenant_id: get(group, "tenant_id"),
    rules,
  };
}

function ingress(group: JsonObject): readonly JsonObject[] {
  const rules = group["security_group_rules"];
  return (isList(rules) ? rules : []).filter(isObject).filter((rule) => {
    return rule["direction"] === "ingress";
  });
}

/** What comes in, as Nova's rules say it. */
export const ingressRules = (group: JsonObject): IngressRule[] =>
  ingress(group).map((rule) => {
    const [remote, protocol] = [get(rule, "remote_group_id"), get(rule, "protocol")];
    const { from_port, to_port } = portsOf(rule);
    return {
      cidr: str(get(rule, "remote_ip_prefix") ?? "0.0.0.0/0"),
      ...(typeof remote === "string" && { group_id: remote }),
      ...(typeof protocol === "string" && { protocol }),
      ...(typeof from_port === "number" && { from_port }),
      ...(typeof to_port === "number" && { to_port }),
    };
  });

/** undefined: the group that it names is gone meanwhile, and the rule with it. */
export function* ruleView(
  app: NovaApp,
  ctxt: RequestContext,
  rule: JsonObject,
): Op<JsonObject | undefined> {
  const remote = get(rule, "remote_group_id");
  const source = typeof remote === "string" ? yield* sourceGroup(app, ctxt, remote) : null;
  if (source === undefined) return undefined;
  return {
    id: get(rule, "id"),
    parent_group_id: get(rule, "security_group_id"),
    ip_protocol: get(rule, "protocol"),
    ...portsOf(rule),
    group: source ?? {},
    ip_range: source === null ? { cidr: get(rule, "remote_ip_prefix") ?? "0.0.0.0/0" } : {},
  };
}

function* sourceGroup(app: NovaApp, ctxt: RequestContext, id: string): Op<JsonObject | undefined> {
  try {
    const group = yield* app.securityGroups.show(ctxt, id);
    return { name: get(group, "name"), tenant_id: get(group, "tenant_id") };
  } catch (error) {
    if (error instanceof SecurityGroupNotFound) return undefined;
    throw error;
  }
}

/** A protocol without ports has all of them. */
function portsOf(rule: JsonObject): JsonObject {
  const [protocol, least, most] = ["protocol", "port_range_min", "port_range_max"].map((key) =>
    get(rule, key),
  );
  if (typeof protocol !== "string" || protocol === "" || least !== null || most !== null) {
    return { from_port: least ?? null, to_port: most ?? null };
  }
  const numbered = ["TCP", "UDP"].includes(protocol.toUpperCase());
  return numbered ? { from_port: 1, to_port: 65_535 } : { from_port: -1, to_port: -1 };
}

/**
 * Rules of security groups by way of the compute API, which knows rules for what comes in alone.
 * Upstream: contrib/security_groups.py (SecurityGroupRulesController),
 * nova/network/security_group/security_group_base.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  parseIpNetwork,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidInput, InvalidIpProtocol, InvalidPortRange } from "../../../exception.js";
import type { IngressRule } from "../../../network-api/neutronv2/security-group-rules.js";
import { badRequest, integerIn, shown } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { ingressRules, ruleView } from "../../views/security-group-view.js";
import { checkedId, fromBody, translated } from "./groups.js";

const POLICY = "compute_extension:security_groups";

export const securityGroupRuleRoutes: readonly NovaRoute[] = [
  route("POST", "/os-security-group-rules", POLICY, function* (call) {
    const { app, ctxt, request } = call;
    const wanted = fromBody(request.body, "security_group_rule");
    const parent = checkedId(wanted["parent_group_id"] ?? null);
    const group = yield* translated(app.securityGroups.show(ctxt, parent));
    const rule = yield* ruleOf(call, wanted);
    if (rule === undefined) throw badRequest("Not enough parameters to build a valid rule.");
    if (
      rule.cidr !== undefined &&
      /\/0$/u.test(rule.cidr) &&
      !/^(0\.0\.0\.0|::)\//u.test(rule.cidr)
    ) {
      throw badRequest(`Bad prefix for network in cidr ${rule.cidr}`);
    }
    if (ingressRules(group).some((known) => sameRule(known, rule))) {
      throw badRequest(`This rule already exists in group ${parent}`);
    }
    const made = yield* translated(app.securityGroups.addRule(ctxt, parent, rule));
    return respond(200, { security_group_rule: (yield* ruleView(app, ctxt, made)) ?? null });
  }),
  route("DELETE", "/os-security-group-rules/{id}", POLICY, function* ({ app, ctxt, params }) {
    const id = checkedId(params.id);
    const rule = yield* translated(app.securityGroups.rule(ctxt, id));
    yield* translated(app.securityGroups.show(ctxt, str(rule["security_group_id"] ?? null)));
    yield* app.securityGroups.removeRule(ctxt, id);
    return respond(202);
  }),
];

/** `_rule_args_to_dict`; whatever goes wrong in it is a 400. @throws HttpFault 400 */
function* ruleOf({ app, ctxt }: NovaCall, wanted: JsonObject): Op<IngressRule | undefined> {
  try {
    const source = wanted["group_id"] ?? null;
    if (source === null) return ingressRule(wanted, { cidr: parsedCidr(wanted["cidr"] ?? null) });
    const group_id = checkedId(source);
    yield* app.securityGroups.show(ctxt, group_id);
    return ingressRule(wanted, { group_id });
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw error instanceof HttpFault ? error : badRequest(error.message);
  }
}

/** `parse_cidr`. @throws HttpFault 400 */
export function parsedCidr(cidr: Json): string {
  if (!truth(cidr)) return "0.0.0.0/0";
  if (parseIpNetwork(shown(cidr)) !== undefined) return shown(cidr);
  throw badRequest(`Invalid cidr ${shown(cidr)}`);
}

type Source = Pick<IngressRule, "cidr" | "group_id">;

/** `_new_ingress_rule`. @throws InvalidInput, InvalidIpProtocol, InvalidPortRange */
export function ingressRule(wanted: JsonObject, source: Source): IngressRule | undefined {
  const protocol = wanted["ip_protocol"] ?? null;
  const kind = truth(protocol) ? shown(protocol).toUpperCase() : "";
  let [from, to] = [wanted["from_port"] ?? null, wanted["to_port"] ?? null];
  if (source.group_id !== undefined && from === null && to === null) {
    if (kind === "ICMP") [from, to] = [-1, -1];
    else if (kind === "TCP" || kind === "UDP") [from, to] = [1, 65_535];
  }
  if (!truth(protocol) || from === null || to === null) {
    return source.cidr === undefined ? source : undefined;
  }
  const [from_port, to_port] = [integerIn(shown(from)), integerIn(shown(to))];
  if (from_port === undefined || to_port === undefined) {
    const icmp = "Type and Code must be integers for ICMP protocol type";
    throw new InvalidInput({
      reason: kind === "ICMP" ? icmp : "To and From ports must be integers",
    });
  }
  if (!["TCP", "UDP", "ICMP"].includes(kind)) {
    throw new InvalidIpProtocol({ protocol: shown(protocol) });
  }
  const refused = (msg: string) => new InvalidPortRange({ from_port, to_port, msg });
  if (kind === "ICMP") {
    const within = [from_port, to_port].every((number) => number >= -1 && number <= 255);
    if (!within) throw refused("For ICMP, the type:code must be valid");
  } else {
    if (from_port > to_port) throw refused("Former value cannot be greater than the later");
    if (from_port < 1 || to_port > 65_535) {
      throw refused("Valid TCP ports should be between 1-65535");
    }
  }
  return { ...source, protocol: shown(protocol), from_port, to_port };
}

/** `rule_exists`. */
const sameRule = (known: IngressRule, wanted: IngressRule): boolean =>
  known.group_id === wanted.group_id &&
  known.cidr === wanted.cidr &&
  known.from_port === wanted.from_port &&
  known.to_port === wanted.to_port &&
  known.protocol === wanted.protocol;

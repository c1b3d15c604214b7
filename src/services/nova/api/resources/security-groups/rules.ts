/**
 * Rules of security groups by way of the compute API, which knows rules for what comes in alone.
 * Upstream: contrib/security_groups.py (SecurityGroupRulesController),
 * nova/network/security_group/security_group_base.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  asciiText,
  asDict,
  ipText,
  noAttribute,
  parseIpNetwork,
  str,
  toInt,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidInput, InvalidIpProtocol, InvalidPortRange } from "../../../exception.js";
import type { IngressRule } from "../../../network-api/neutronv2/security-group-rules.js";
import { badRequest, shown } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { ingressRules, ruleView } from "../../views/security-group-view.js";
import { checkedId, fromBody, translated } from "./groups.js";

const POLICY = "compute_extension:security_groups";

export const securityGroupRuleRoutes: readonly NovaRoute[] = [
  route("POST", "/os-security-group-rules", POLICY, function* (call) {
    const { app, ctxt, request } = call;
    const wanted = asDict(fromBody(request.body, "security_group_rule"), "get");
    const parent = checkedId(wanted["parent_group_id"] ?? null);
    const group = yield* translated(app.securityGroups.show(ctxt, parent));
    const rule = yield* ruleOf(call, wanted);
    if (rule === undefined) throw badRequest("Not enough parameters to build a valid rule.");
    if (rule.cidr !== undefined && isAnywhere(rule.cidr)) {
      throw badRequest(`Bad prefix for network in cidr ${rule.cidr}`);
    }
    // Its name is asked for once more, and with the rule that is made for the third time.
    const source = wanted["group_id"] ?? null;
    if (truth(source)) yield* translated(app.securityGroups.show(ctxt, shown(source)));
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

/** `parse_cidr`: quoted as in a URL, and with a prefix. @throws HttpFault 400 */
export function parsedCidr(cidr: Json): string {
  if (!truth(cidr)) return "0.0.0.0/0";
  const bare = typeof cidr === "string" ? unquoted(cidr) : undefined;
  if (bare === undefined) throw badRequest(`Invalid cidr ${shown(cidr)}`);
  if (bare.includes("/") && parseIpNetwork(bare) !== undefined) return bare;
  throw badRequest(`Invalid cidr ${bare}`);
}

/** `urllib.unquote(text).decode()`; undefined for what is not ASCII then. */
function unquoted(text: string): string | undefined {
  const bare = text.replace(/%([0-9a-f]{2})/giu, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return /^[\0-\x7f]*$/.test(bare) ? bare : undefined;
}

/** Of a prefix of 0 that does not say so. */
function isAnywhere(cidr: string): boolean {
  const network = parseIpNetwork(cidr);
  return network?.prefix === 0 && !["0.0.0.0", "::"].includes(ipText(network));
}

type Source = Pick<IngressRule, "cidr" | "group_id">;

/**
 * `_new_ingress_rule`. @throws InvalidInput, InvalidIpProtocol, InvalidPortRange; AttributeError for a protocol that is no text,
 * where it is for a group; PythonTypeError for a port of which no number can be made
 */
export function ingressRule(wanted: JsonObject, source: Source): IngressRule | undefined {
  const protocol = wanted["ip_protocol"] ?? null;
  if (source.group_id !== undefined && truth(protocol) && typeof protocol !== "string") {
    throw noAttribute(protocol, "upper");
  }
  const kind = truth(protocol) ? shown(protocol).toUpperCase() : "";
  let [from, to] = [wanted["from_port"] ?? null, wanted["to_port"] ?? null];
  if (source.group_id !== undefined && from === null && to === null) {
    if (kind === "ICMP") [from, to] = [-1, -1];
    else if (kind === "TCP" || kind === "UDP") [from, to] = [1, 65_535];
  }
  if (!truth(protocol) || from === null || to === null) {
    return source.cidr === undefined ? source : undefined;
  }
  asciiText(shown(protocol));
  const [from_port, to_port] = portsOf(from, to, kind);
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

/** @throws InvalidInput, PythonTypeError */
function portsOf(from: Json, to: Json, kind: string): readonly [from: number, to: number] {
  try {
    return [toInt(from), toInt(to)];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const icmp = "Type and Code must be integers for ICMP protocol type";
    const reason = kind === "ICMP" ? icmp : "To and From ports must be integers";
    throw new InvalidInput({ reason });
  }
}

/** `rule_exists`. */
const sameRule = (known: IngressRule, wanted: IngressRule): boolean =>
  known.group_id === wanted.group_id &&
  known.cidr === wanted.cidr &&
  known.from_port === wanted.from_port &&
  known.to_port === wanted.to_port &&
  known.protocol === wanted.protocol;

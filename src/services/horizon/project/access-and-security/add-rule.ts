/** Add Rule. Upstream: openstack_dashboard/dashboards/project/access_and_security/security_groups/forms.py (AddRule), views.py (AddRuleView) at 2014.2. */
import { parseIpNetwork, textOf, type Json } from "../../../../python/index.js";
import type { Op } from "../../../../kernel/index.js";
import { networkClient } from "../../api/network.js";
import { neutronClient } from "../../api/neutron.js";
import { groupList, groupNames, ruleOf, ruleText } from "../../api/security-groups.js";
import {
  numberIn,
  textIn,
  type Choice,
  type Cleaned,
  type Errors,
  type Field,
} from "../../forms/field.js";
import type { ModalForm } from "../../forms/modal-form.js";
import { listed, succeeded } from "../../web/attempts.js";
import { groupUrl } from "./addresses.js";
import { COMMON_RULES, RULE_MENU } from "./common-rules.js";

const port = (name: string, label: string): Field => ({
  kind: "integer",
  name,
  label,
  min: -1,
  max: 65535,
  rangeText: "Not a valid port number",
});

const choice = (
  name: string,
  label: string,
  choices: readonly Choice[],
  required = false,
): Field => ({ kind: "choice", name, label, choices, required, initial: choices[0]?.[0] ?? "" });

export const addRule = (group: string): ModalForm => ({
  title: "Add Rule",
  submit: "Add",
  successUrl: groupUrl(group),
  *fields(request): Op<readonly Field[]> {
    const groups = (yield* listed(request, "Unable to retrieve security groups.", () =>
      groupList(request),
    )).map((one): Choice => {
      const [id, name] = [textOf(one, "id"), textOf(one, "name")];
      return [id, id === group ? `${name} (current)` : name];
    });
    return [
      { kind: "text", name: "id", label: "Id", required: true, hidden: true, initial: group },
      choice("rule_menu", "Rule", RULE_MENU, true),
      choice("direction", "Direction", [
        ["ingress", "Ingress"],
        ["egress", "Egress"],
      ]),
      {
        kind: "integer",
        name: "ip_protocol",
        label: "IP Protocol",
        min: -1,
        max: 255,
        rangeText: "Not a valid IP protocol number",
      },
      choice(
        "port_or_range",
        "Open Port",
        [
          ["port", "Port"],
          ["range", "Port Range"],
        ],
        true,
      ),
      port("port", "Port"),
      port("from_port", "From Port"),
      port("to_port", "To Port"),
      port("icmp_type", "Type"),
      port("icmp_code", "Code"),
      choice(
        "remote",
        "Remote",
        [
          ["cidr", "CIDR"],
          ["sg", "Security Group"],
        ],
        true,
      ),
      { kind: "network", name: "cidr", label: "CIDR", initial: "0.0.0.0/0" },
      choice(
        "security_group",
        "Security Group",
        groups.length > 0 ? groups : [["", "No security groups available"]],
      ),
      choice("ethertype", "Ether Type", [
        ["IPv4", "IPv4"],
        ["IPv6", "IPv6"],
      ]),
    ];
  },
  *clean(_request, cleaned, errors) {
    const wrong = wrongPorts(cleaned);
    // What is not asked for by this kind of rule may be wrong.
    for (const name of notAsked(cleaned)) errors.delete(name);
    if (wrong !== undefined) errors.set("", [wrong]);
    else checkCidr(cleaned, errors);
  },
  handle: (request, cleaned) =>
    succeeded(
      request,
      "Unable to add rule to security group.",
      function* () {
        yield* networkClient(request);
        const client = neutronClient(request);
        const rule = yield* client.create("security_group_rules", ruleBody(group, cleaned));
        const names = yield* groupNames(request, group, [rule]);
        const text = ruleText(ruleOf(rule, names));
        request.message("success", `Successfully added rule: ${text}`);
      },
      { redirect: groupUrl(group) },
    ),
});

/** In the order in which upstream looks; one is told at a time. */
function wrongPorts(cleaned: Cleaned): string | undefined {
  const menu = textIn(cleaned, "rule_menu");
  const at = (name: string): number | null => numberIn(cleaned, name);
  if (menu === "icmp") {
    const [type, code] = [at("icmp_type"), at("icmp_code")];
    if (type === null) return "The ICMP type is invalid.";
    if (code === null) return "The ICMP code is invalid.";
    if (type > 255) return "The ICMP type not in range (-1, 255)";
    return code > 255 ? "The ICMP code not in range (-1, 255)" : undefined;
  }
  if (menu !== "tcp" && menu !== "udp") return undefined;
  if (textIn(cleaned, "port_or_range") === "port") {
    return at("port") === null ? "The specified port is invalid." : undefined;
  }
  const [from, to] = [at("from_port"), at("to_port")];
  if (from === null) return 'The "from" port number is invalid.';
  if (to === null) return 'The "to" port number is invalid.';
  if (to >= from) return undefined;
  return 'The "to" port number must be greater than or equal to the "from" port number.';
}

/** Fields whose errors are taken back. Upstream: `update_cleaned_data`. */
function notAsked(cleaned: Cleaned): readonly string[] {
  const menu = textIn(cleaned, "rule_menu");
  const remote = textIn(cleaned, "remote") === "cidr" ? ["security_group"] : ["cidr"];
  if (menu === "icmp") return ["ip_protocol", "from_port", "to_port", "port", ...remote];
  if (menu !== "tcp" && menu !== "udp") return remote;
  const ports = textIn(cleaned, "port_or_range") === "port" ? ["from_port", "to_port"] : ["port"];
  return ["ip_protocol", "icmp_code", "icmp_type", ...ports, ...remote];
}

function checkCidr(cleaned: Cleaned, errors: Errors): void {
  if (textIn(cleaned, "remote") !== "cidr" || errors.has("cidr")) return;
  if (textIn(cleaned, "cidr") === "") errors.set("cidr", ["CIDR must be specified."]);
}

/** What is sent: a negative port or protocol is none. */
function ruleBody(group: string, cleaned: Cleaned): Record<string, Json> {
  const [protocol, from, to] = portsOf(cleaned);
  const byCidr = textIn(cleaned, "remote") === "cidr";
  const cidr = byCidr ? textIn(cleaned, "cidr") : "";
  const version = parseIpNetwork(cidr)?.version === 6 ? "IPv6" : "IPv4";
  const none = (value: number | null): number | null =>
    value === null || value < 0 ? null : value;
  return {
    security_group_id: group,
    direction: directionOf(cleaned),
    ethertype: byCidr ? version : textIn(cleaned, "ethertype"),
    protocol: typeof protocol === "number" ? none(protocol) : protocol,
    port_range_min: none(from),
    port_range_max: none(to),
    remote_ip_prefix: cidr === "" ? null : cidr,
    remote_group_id: byCidr ? null : textIn(cleaned, "security_group"),
  };
}

/** A rule that goes by a name is for what comes in, but for those of all ports. */
function directionOf(cleaned: Cleaned): string {
  const menu = textIn(cleaned, "rule_menu");
  const named = COMMON_RULES[menu] !== undefined && !menu.startsWith("all_");
  const written = textIn(cleaned, "direction");
  return named || written === "" ? "ingress" : written;
}

function portsOf(
  cleaned: Cleaned,
): readonly [protocol: string | number | null, from: number | null, to: number | null] {
  const menu = textIn(cleaned, "rule_menu");
  const at = (name: string): number | null => numberIn(cleaned, name);
  const common = COMMON_RULES[menu];
  if (common !== undefined) return [common.protocol, common.from, common.to];
  if (menu === "icmp") return ["icmp", at("icmp_type"), at("icmp_code")];
  if (menu === "custom") return [at("ip_protocol"), at("from_port"), at("to_port")];
  const single = textIn(cleaned, "port_or_range") === "port";
  return single ? [menu, at("port"), at("port")] : [menu, at("from_port"), at("to_port")];
}

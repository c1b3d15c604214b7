/**
 * What an attribute may be, in upstream's words. Upstream: neutron/api/v2/attributes.py (`_validate_*`,
 * `convert_*`) and the validators of neutron/extensions/ at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

const INTERNAL = /^500 HTTPInternalServerError/;

/** What the words in the frame are: `Invalid input for X. Reason: ...`. */
const reason = (attribute: string, words: string): string =>
  `400 HTTPBadRequest: Invalid input for ${attribute}. Reason: ${words}.`;

const input = (words: string): string => `400 InvalidInput: Invalid input for operation: ${words}.`;

type Case = readonly [attribute: string, value: Json, answer: string | RegExp];

const NETWORK: readonly Case[] = [
  ["name", 5, reason("name", "'5' is not a valid string")],
  ["name", ["a"], reason("name", "'[u'a']' is not a valid string")],
  ["name", null, reason("name", "'None' is not a valid string")],
  ["name", "x".repeat(256), INTERNAL],
  ["admin_state_up", "maybe", input("'maybe' cannot be converted to boolean")],
  ["admin_state_up", 2, input("'2' cannot be converted to boolean")],
  ["admin_state_up", null, input("'None' cannot be converted to boolean")],
  ["admin_state_up", "TRUE", "201"],
  ["shared", 1, "201"],
  ["provider:network_type", 5, reason("provider:network_type", "'5' is not a valid string")],
  ["provider:segmentation_id", "x", input("'x' is not a integer")],
  ["provider:segmentation_id", null, input("'None' is not a integer")],
];

const SUBNET: readonly Case[] = [
  ["ip_version", 5, reason("ip_version", "'5' is not in [4, 6]")],
  ["ip_version", "four", input("'four' is not a integer")],
  ["ip_version", "4", "201"],
  ["network_id", "x", reason("network_id", "'x' is not a valid UUID")],
  [
    "cidr",
    "10.0.0.0",
    reason("cidr", "'10.0.0.0' isn't a recognized IP subnet cidr, '10.0.0.0/32' is recommended"),
  ],
  ["cidr", "nonsense", reason("cidr", "'nonsense' is not a valid IP subnet")],
  ["cidr", "10.0.0.0 /24", reason("cidr", "'10.0.0.0 /24' is not a valid IP subnet")],
  ["cidr", 5, reason("cidr", "'5' is not a valid IP subnet")],
  ["gateway_ip", "x", reason("gateway_ip", "'x' is not a valid IP address")],
  ["gateway_ip", null, "201"],
  ["allocation_pools", "x", reason("allocation_pools", "Invalid data format for IP pool: 'x'")],
  [
    "allocation_pools",
    ["x"],
    reason(
      "allocation_pools",
      "Invalid input. 'x' must be a dictionary with keys: ['start', 'end']",
    ),
  ],
  [
    "allocation_pools",
    [{ start: "10.1.0.5" }],
    reason(
      "allocation_pools",
      "Validation of dictionary's keys failed.Expected keys: set(['start', 'end']) Provided keys: set([u'start'])",
    ),
  ],
  [
    "allocation_pools",
    [{ start: "10.1.0.5", end: "x" }],
    reason("allocation_pools", "'x' is not a valid IP address"),
  ],
  [
    "dns_nameservers",
    "8.8.8.8",
    reason("dns_nameservers", "Invalid data format for nameserver: '8.8.8.8'"),
  ],
  ["dns_nameservers", ["?"], reason("dns_nameservers", "'?' is not a valid nameserver")],
  [
    "dns_nameservers",
    ["8.8.8.8", "8.8.8.8"],
    reason("dns_nameservers", "Duplicate nameserver '8.8.8.8'"),
  ],
  ["dns_nameservers", ["ns.example.org"], input("Error parsing dns address ns.example.org")],
  [
    "dns_nameservers",
    ["a".repeat(200) + "!"],
    reason("dns_nameservers", `'${"a".repeat(200)}!' is not a valid nameserver`),
  ],
  ["dns_nameservers", null, "201"],
  ["host_routes", "x", reason("host_routes", "Invalid data format for hostroute: 'x'")],
  [
    "host_routes",
    [{ destination: "x", nexthop: "1.2.3.4" }],
    reason("host_routes", "'x' is not a valid IP subnet"),
  ],
  [
    "host_routes",
    [{ destination: "1.0.0.0/8", nexthop: "x" }],
    reason("host_routes", "'x' is not a valid IP address"),
  ],
  [
    "host_routes",
    [{ destination: "1.0.0.0/8" }],
    reason(
      "host_routes",
      "Validation of dictionary's keys failed.Expected keys: set(['nexthop', 'destination']) Provided keys: set([u'destination'])",
    ),
  ],
  [
    "ipv6_ra_mode",
    "x",
    reason("ipv6_ra_mode", "'x' is not in ['dhcpv6-stateful', 'dhcpv6-stateless', 'slaac']"),
  ],
];

const PORT: readonly Case[] = [
  ["mac_address", "x", reason("mac_address", "'x' is not a valid MAC address")],
  ["mac_address", null, reason("mac_address", "'None' is not a valid MAC address")],
  ["mac_address", "FA-16-3E-0-0-1", "201"],
  ["fixed_ips", null, reason("fixed_ips", "Invalid data format for fixed IP: 'None'")],
  ["fixed_ips", ["x"], reason("fixed_ips", "Invalid data format for fixed IP: 'x'")],
  ["fixed_ips", [{ ip_address: "x" }], reason("fixed_ips", "'x' is not a valid IP address")],
  ["fixed_ips", [{ subnet_id: "x" }], reason("fixed_ips", "'x' is not a valid UUID")],
  ["fixed_ips", [{ subnet_id: null }], reason("fixed_ips", "'None' is not a valid UUID")],
  [
    "fixed_ips",
    [{ ip_address: "192.168.1.7" }, { ip_address: "192.168.1.7" }],
    reason("fixed_ips", "Duplicate IP address '192.168.1.7'"),
  ],
  ["fixed_ips", [], "201"],
  ["device_id", 5, reason("device_id", "'5' is not a valid string")],
  [
    "binding:vnic_type",
    "odd",
    reason("binding:vnic_type", "'odd' is not in ['normal', 'direct', 'macvtap']"),
  ],
  ["binding:profile", "x", reason("binding:profile", "'x' is not a dictionary")],
  ["binding:profile", { a: "x".repeat(4095) }, input("binding:profile value too large")],
  ["binding:host_id", { a: 1 }, INTERNAL],
  ["security_groups", ["x"], input("'x' is not an integer or uuid")],
  ["security_groups", 5, INTERNAL],
  // The code asks a set for its first (db/securitygroups_db.py, _get_security_groups_on_port).
  ["security_groups", [SERVER], INTERNAL],
  ["extra_dhcp_opts", "x", "400 ExtraDhcpOptBadData: Invalid data format for extra-dhcp-opt: x"],
  [
    "extra_dhcp_opts",
    ["x"],
    "400 ExtraDhcpOptBadData: Invalid data format for extra-dhcp-opt: 'x' is not a dictionary",
  ],
  [
    "extra_dhcp_opts",
    [{ opt_name: "a", opt_value: " " }],
    "400 ExtraDhcpOptBadData: Invalid data format for extra-dhcp-opt: ' ' Blank strings are not permitted",
  ],
  [
    "extra_dhcp_opts",
    [{ opt_name: "a" }],
    "400 ExtraDhcpOptBadData: Invalid data format for extra-dhcp-opt: Validation of dictionary's keys failed.Expected keys: set(['opt_value', 'opt_name']) Provided keys: set([u'opt_name'])",
  ],
  ["allowed_address_pairs", null, INTERNAL],
  [
    "allowed_address_pairs",
    [{ mac_address: "x", ip_address: "1.2.3.4" }],
    "400 HTTPBadRequest: 'x' is not a valid MAC address",
  ],
  [
    "allowed_address_pairs",
    [{ ip_address: "1.2.3.4/x" }],
    "400 HTTPBadRequest: '1.2.3.4/x' is not a valid IP subnet",
  ],
  [
    "allowed_address_pairs",
    [{}],
    "400 AllowedAddressPairsMissingIP: AllowedAddressPair must contain ip_address",
  ],
  [
    "allowed_address_pairs",
    [{ ip_address: "1.2.3.4", more: 1 }],
    "400 HTTPBadRequest: Unrecognized attribute(s) 'more'",
  ],
  [
    "allowed_address_pairs",
    [{ ip_address: "1.2.3.4" }, { ip_address: "1.2.3.4" }],
    "400 DuplicateAddressPairInRequest: Request contains duplicate address pair: mac_address None ip_address 1.2.3.4.",
  ],
  [
    "allowed_address_pairs",
    Array.from({ length: 11 }, () => ({})),
    "400 AllowedAddressPairExhausted: The number of allowed address pair exceeds the maximum 10.",
  ],
];

const RULE: readonly Case[] = [
  ["direction", "up", reason("direction", "'up' is not in ['ingress', 'egress']")],
  ["ethertype", "ipx", reason("ethertype", "'None' is not in ['IPv4', 'IPv6']")],
  ["ethertype", "ipv6", "201"],
  [
    "protocol",
    "gre",
    "400 SecurityGroupRuleInvalidProtocol: Security group rule protocol gre not supported. Only protocol values [None, 'tcp', 'udp', 'icmp'] and their integer representation (0 to 255) are supported.",
  ],
  ["protocol", 256, /^400 SecurityGroupRuleInvalidProtocol: Security group rule protocol 256 /],
  ["protocol", ["tcp"], INTERNAL],
  ["protocol", "TCP", "201"],
  ["port_range_min", "x", "400 SecurityGroupInvalidPortValue: Invalid value for port x"],
  ["port_range_max", 65536, "400 SecurityGroupInvalidPortValue: Invalid value for port 65536"],
  ["remote_ip_prefix", "x", "400 InvalidCIDR: Invalid CIDR x given as IP prefix"],
  ["remote_ip_prefix", "10.0.0.5", "201"],
];

describe("an attribute of a network", () => {
  it.each(NETWORK)("%s: %j", (attribute, value, answer) => {
    answers(new NeutronBed(), "networks", "network", { [attribute]: value }, answer);
  });
});

describe("an attribute of a subnet", () => {
  it.each(SUBNET)("%s: %j", (attribute, value, answer) => {
    const bed = new NeutronBed();
    const subnet = { network_id: bed.network1, ip_version: 4, cidr: "10.1.0.0/24" };
    answers(bed, "subnets", "subnet", { ...subnet, [attribute]: value }, answer);
  });
});

describe("an attribute of a port", () => {
  it.each(PORT)("%s: %j", (attribute, value, answer) => {
    const bed = new NeutronBed();
    answers(bed, "ports", "port", { network_id: bed.network1, [attribute]: value }, answer);
  });
});

describe("an attribute of a rule", () => {
  it.each(RULE)("%s: %j", (attribute, value, answer) => {
    const bed = new NeutronBed();
    const { id } = bed.run(bed.admin.create("security_groups", { name: "g" }));
    const rule = { security_group_id: id as string, direction: "ingress" };
    const member = "security_group_rule";
    answers(bed, "security-group-rules", member, { ...rule, [attribute]: value }, answer);
  });
});

function answers(
  bed: NeutronBed,
  path: string,
  member: string,
  attributes: JsonObject,
  answer: string | RegExp,
): void {
  const said = bed.said("POST", path, { [member]: attributes });
  if (typeof answer === "string") expect(said).toBe(answer);
  else expect(said).toMatch(answer);
}

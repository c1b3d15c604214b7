/** `network-create`, which Neutron leaves to itself. Upstream: novaclient/v1_1/shell.py, 2.20.0. */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { boolFromString, type Json } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import { one } from "../positionals.js";

const text = (name: string, about: string, more: Partial<OptionSpec> = {}): OptionSpec =>
  valueOption(name, `<${name.slice(2)}>`, about, more);

const number = (name: string, about: string, more: Partial<OptionSpec> = {}): OptionSpec =>
  text(name, about, { type: int, ...more });

const TEXTS = [
  ...["label", "cidr", "cidr_v6", "gateway", "gateway_v6", "bridge", "bridge_interface", "dns1"],
  ...["dns2", "uuid", "fixed_cidr", "project_id", "priority", "dhcp_server", "allowed_start"],
  "allowed_end",
];
const NUMBERS = ["vlan", "vlan_start", "vpn_start", "mtu"];
const FLAGS = ["multi_host", "enable_dhcp", "share_address"];

export const createNetwork: Command<NovaClient> = {
  name: "network-create",
  about: "Make a network.",
  positionals: [{ ...one("label", "What it is called."), metavar: "<network_label>" }],
  options: [
    text("--fixed-range-v4", "Its IPv4 addresses.", { dest: "cidr" }),
    text("--fixed-range-v6", "Its IPv6 addresses.", { dest: "cidr_v6" }),
    number("--vlan", "The VLAN of the project."),
    number("--vlan-start", "The first VLAN."),
    number("--vpn", "Where VPNs start.", { dest: "vpn_start" }),
    text("--gateway", "The IPv4 gateway."),
    text("--gateway-v6", "The IPv6 gateway."),
    text("--bridge", "The bridge of its VIFs."),
    text("--bridge-interface", "What the bridge is connected to."),
    text("--multi-host", "T or F: whether each host serves it."),
    text("--dns1", "A server of names."),
    text("--dns2", "Another."),
    text("--uuid", "Its UUID."),
    text("--fixed-cidr", "The IPv4 addresses to hand out."),
    text("--project-id", "The project's ID."),
    text("--priority", "Its place among a server's."),
    number("--mtu", "Its MTU."),
    text("--enable-dhcp", "T or F: whether there is DHCP."),
    text("--dhcp-server", "Where that is."),
    text("--share-address", "T or F: whether hosts share that address."),
    text("--allowed-start", "The first address to hand out."),
    text("--allowed-end", "The last."),
  ],
  *run({ networks }, args) {
    if (args.text("cidr") === undefined && args.text("cidr_v6") === undefined) {
      throw new CommandError("Must specify either fixed_range_v4 or fixed_range_v6");
    }
    const asked: Record<string, Json> = {};
    for (const name of TEXTS) {
      const given = args.exactText(name);
      if (given !== undefined) asked[name] = given;
    }
    for (const name of NUMBERS) {
      const given = args.number(name);
      if (given !== undefined) asked[name] = given;
    }
    for (const name of FLAGS) {
      const given = args.exactText(name);
      if (given !== undefined) asked[name] = given === "T" || boolFromString(given);
    }
    yield* networks.make(asked);
  },
};

/** `neutron subnet-*`. Upstream: neutronclient/neutron/v2_0/subnet.py, 2.3.9. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import { int, oneOf, type OptionSpec } from "../../shell/parser/index.js";
import {
  createCommand,
  deleteCommand,
  showCommand,
  updateCommand,
  type Call,
  type NeutronCommand,
} from "../command.js";
import { jsonLines } from "../formats.js";
import { listCommand } from "../list-command.js";
import { find, NETWORK, SUBNET } from "../resource.js";
import { dictOf, dictText } from "../value-types.js";
import { networkNamed } from "./networks.js";

const MODES = ["dhcpv6-stateful", "dhcpv6-stateless", "slaac"] as const;

const mode = (name: string, about: string): OptionSpec =>
  valueOption(name, `{${MODES.join(",")}}`, about, { type: oneOf(MODES) });

const changeable: readonly OptionSpec[] = [
  valueOption("--name", "NAME", "Its name."),
  valueOption("--gateway", "GATEWAY_IP", "The address of its gateway."),
  flagOption("--no-gateway", "It has no gateway."),
  ...withTwin(
    valueOption(
      "--allocation-pool",
      "start=IP_ADDR,end=IP_ADDR",
      "Addresses that ports may have.",
      {
        dest: "allocation_pools",
        many: true,
        type: dictText,
      },
    ),
  ),
  valueOption("--host-route", "destination=CIDR,nexthop=IP_ADDR", "A route that its hosts learn.", {
    dest: "host_routes",
    many: true,
    type: dictText,
  }),
  valueOption("--dns-nameserver", "DNS_NAMESERVER", "A name server that its hosts learn.", {
    dest: "dns_nameservers",
    many: true,
  }),
  flagOption("--disable-dhcp", "Its addresses are not given out by DHCP."),
  flagOption("--enable-dhcp", "Its addresses are given out by DHCP."),
  mode("--ipv6-ra-mode", "How routers announce it."),
  mode("--ipv6-address-mode", "How its hosts get their addresses."),
];

/** What the options that create and update have in common say. @throws CommandError */
function changes(args: Arguments): JsonObject {
  const gateway = args.text("gateway");
  if (gateway !== undefined && args.flag("no_gateway")) {
    throw new CommandError("--gateway option and --no-gateway option can not be used same time");
  }
  if (args.flag("disable_dhcp") && args.flag("enable_dhcp")) {
    throw new CommandError("--enable-dhcp and --disable-dhcp can not be used in the same command.");
  }
  const name = args.text("name");
  const pools = args.texts("allocation_pools").map(dictOf);
  const routes = args.texts("host_routes").map(dictOf);
  const servers = args.texts("dns_nameservers");
  return {
    ...(args.flag("no_gateway") ? { gateway_ip: null } : {}),
    ...(gateway === undefined ? {} : { gateway_ip: gateway }),
    ...(name === undefined ? {} : { name }),
    ...(args.flag("disable_dhcp") ? { enable_dhcp: false } : {}),
    ...(args.flag("enable_dhcp") ? { enable_dhcp: true } : {}),
    ...(pools.length > 0 ? { allocation_pools: pools } : {}),
    ...(routes.length > 0 ? { host_routes: routes } : {}),
    ...(servers.length > 0 ? { dns_nameservers: servers } : {}),
  };
}

/** @throws CommandError for an IPv4 subnet; AttributeError where there is no `--ip-version` */
function modes(args: Arguments): JsonObject {
  const announced = args.text("ipv6_ra_mode");
  const given = args.text("ipv6_address_mode");
  const version = args.number("ip_version");
  if (version === undefined && (announced ?? given) !== undefined) {
    throw new CommandError("'Namespace' object has no attribute 'ip_version'");
  }
  if (announced !== undefined && version === 4) {
    throw new CommandError("--ipv6-ra-mode is invalid when --ip-version is 4");
  }
  if (given !== undefined && version === 4) {
    throw new CommandError("--ipv6-address-mode is invalid when --ip-version is 4");
  }
  return {
    ...(announced === undefined ? {} : { ipv6_ra_mode: announced }),
    ...(given === undefined ? {} : { ipv6_address_mode: given }),
  };
}

const LONELY =
  "An IPv4 subnet with a /32 CIDR will have only one usable IP address so the device attached " +
  "to it will not have any IP connectivity.";

function* created({ api, args, console }: Call): Op<JsonObject> {
  const cidr = args.exactText("cidr") ?? "";
  const version = args.number("ip_version") ?? null;
  if (version === 4 && cidr.endsWith("/32")) console.error(`${LONELY}\n`);
  const network = yield* find(api, NETWORK, args.exactText("network_id") ?? "");
  const tenant = args.text("tenant_id");
  return {
    cidr,
    network_id: network,
    ip_version: version,
    ...changes(args),
    ...modes(args),
    ...(tenant === undefined ? {} : { tenant_id: tenant }),
  };
}

export const subnetCommands: readonly NeutronCommand[] = [
  listCommand("subnet-list", SUBNET, {
    columns: ["id", "name", "cidr", "allocation_pools"],
    formats: {
      allocation_pools: (subnet) => jsonLines(subnet["allocation_pools"]),
      dns_nameservers: (subnet) => jsonLines(subnet["dns_nameservers"]),
      host_routes: (subnet) => jsonLines(subnet["host_routes"]),
    },
  }),
  showCommand("subnet-show", SUBNET),
  createCommand("subnet-create", SUBNET, {
    options: [
      ...changeable,
      ...withTwin(
        valueOption("--ip-version", "{4,6}", "4, unless told otherwise.", {
          type: oneOf([4, 6], int),
          otherwise: 4,
        }),
      ),
    ],
    positionals: [
      {
        dest: "network_id",
        metavar: "NETWORK",
        count: "one",
        about: "The network, by name or id.",
      },
      { dest: "cidr", metavar: "CIDR", count: "one", about: "Its addresses." },
    ],
    names: networkNamed("network_id"),
    body: created,
  }),
  deleteCommand("subnet-delete", SUBNET),
  updateCommand("subnet-update", SUBNET, {
    options: changeable,
    body: ({ args }) => done({ ...changes(args), ...modes(args) }),
  }),
];

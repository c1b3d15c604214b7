/** `neutron port-*`. Upstream: neutronclient/neutron/v2_0/port.py, 2.3.9. */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";
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
import { find, NETWORK, PORT, SECURITY_GROUP, SUBNET } from "../resource.js";
import { dictOf } from "../value-types.js";
import { networkNamed } from "./networks.js";

const groups: readonly OptionSpec[] = [
  valueOption("--security-group", "SECURITY_GROUP", "A security group of the port.", {
    dest: "security_groups",
    many: true,
    otherwise: [],
    group: "security groups",
  }),
  { ...flagOption("--no-security-groups", "It has no security groups."), group: "security groups" },
  valueOption("--extra-dhcp-opt", "EXTRA_DHCP_OPTS", "opt_name=<name>,opt_value=<value>.", {
    dest: "extra_dhcp_opts",
    many: true,
    otherwise: [],
  }),
];

/** What create and update have in common. @throws CommandError */
function* common({ api, args }: Call): Op<JsonObject> {
  const ids: string[] = [];
  for (const name of args.texts("security_groups")) {
    ids.push(yield* find(api, SECURITY_GROUP, name));
  }
  const none = ids.length === 0 && args.flag("no_security_groups");
  const options = args.texts("extra_dhcp_opts").map(dhcpOption);
  return {
    ...(ids.length > 0 || none ? { security_groups: ids } : {}),
    ...(options.length > 0 ? { extra_dhcp_opts: options } : {}),
  };
}

/** @throws CommandError unless it has a name and a value */
function dhcpOption(text: string): JsonObject {
  const wrong =
    "Invalid --extra-dhcp-opt option, can only be: opt_name=<dhcp_option_name>,opt_value=<value>. " +
    "You can repeat this option.";
  if (!/^opt_(name|value)(=|$)/.test(text)) throw new CommandError(wrong);
  const option: Readonly<Record<string, Json>> = dictOf(text);
  if (option["opt_name"] === undefined || option["opt_value"] === undefined) {
    throw new CommandError(wrong);
  }
  return option["opt_value"] === "null" ? { ...option, opt_value: null } : option;
}

function* created(call: Call): Op<JsonObject> {
  const { api, args } = call;
  const network = yield* find(api, NETWORK, args.exactText("network_id") ?? "");
  const said: Record<string, Json> = {};
  for (const member of ["mac_address", "device_id", "tenant_id", "name"]) {
    const text = args.text(member);
    if (text !== undefined) said[member] = text;
  }
  const addresses: JsonObject[] = [];
  for (const text of args.texts("fixed_ip")) {
    const address = dictOf(text);
    const subnet = address["subnet_id"];
    addresses.push(
      typeof subnet === "string"
        ? { ...address, subnet_id: yield* find(api, SUBNET, subnet) }
        : address,
    );
  }
  return {
    admin_state_up: !args.flag("admin_state_down"),
    network_id: network,
    ...said,
    ...(addresses.length > 0 ? { fixed_ips: addresses } : {}),
    ...(yield* common(call)),
  };
}

export const portCommands: readonly NeutronCommand[] = [
  listCommand("port-list", PORT, {
    columns: ["id", "name", "mac_address", "fixed_ips"],
    formats: { fixed_ips: (port) => jsonLines(port["fixed_ips"]) },
  }),
  showCommand("port-show", PORT),
  createCommand("port-create", PORT, {
    options: [
      valueOption("--name", "NAME", "Its name."),
      ...withTwin(flagOption("--admin-state-down", "Its administrative state is down.")),
      ...withTwin(valueOption("--mac-address", "MAC_ADDRESS", "Its MAC address.")),
      ...withTwin(valueOption("--device-id", "DEVICE_ID", "What it belongs to.")),
      ...withTwin(
        valueOption(
          "--fixed-ip",
          "subnet_id=SUBNET,ip_address=IP_ADDR",
          "An address, a subnet to take one from, or both.",
          { many: true },
        ),
      ),
      ...groups,
    ],
    positionals: [
      {
        dest: "network_id",
        metavar: "NETWORK",
        count: "one",
        about: "The network, by name or id.",
      },
    ],
    names: networkNamed("network_id"),
    body: created,
  }),
  deleteCommand("port-delete", PORT),
  updateCommand("port-update", PORT, { options: groups, body: common }),
];

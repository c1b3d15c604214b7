/**
 * What can be done to networks, which Neutron leaves to itself, and networks as projects see them: `network-delete`,
 * `-disassociate`, `-associate-host`, `-associate-project`, `net`, `net-list`, `-create`, `-delete`, and `scrub`. Upstream:
 * novaclient/v1_1/shell.py, novaclient/v1_1/contrib/tenant_networks.py, 2.20.0.
 */
import { textOf } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { listing, propertyTable } from "../../../openstack/table.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import { findNetwork } from "../../find.js";
import { one } from "../positionals.js";

const NETWORK = one("network", "The network's ID.");
const NETWORK_ID = one("network_id", "The network's ID.");

const only = (what: string, about: string): OptionSpec => ({
  names: [`--${what}-only`],
  dest: `${what}_only`,
  takes: "optional",
  metavar: "<0|1>",
  type: int,
  alone: 1,
  otherwise: 0,
  about,
});

const remove: Command<NovaClient> = {
  name: "network-delete",
  about: "Delete a network.",
  positionals: [one("network", "The network's label or ID.")],
  *run(nova, args) {
    const network = yield* findNetwork(nova, args.text("network") ?? "");
    yield* nova.networks.delete(textOf(network, "id"));
  },
};

const disassociate: Command<NovaClient> = {
  name: "network-disassociate",
  about: "Free a network of its host, its project, or both.",
  positionals: [NETWORK],
  options: [only("host", "Of its host alone."), only("project", "Of its project alone.")],
  *run({ networks }, args) {
    const action =
      args.number("host_only") !== 0
        ? "disassociate_host"
        : args.number("project_only") !== 0
          ? "disassociate_project"
          : "disassociate";
    yield* networks.act(args.text("network") ?? "", action);
  },
};

const associateHost: Command<NovaClient> = {
  name: "network-associate-host",
  about: "Give a network a host.",
  positionals: [NETWORK, one("host", "The host's name.")],
  *run({ networks }, args) {
    yield* networks.act(args.text("network") ?? "", "associate_host", args.text("host") ?? "");
  },
};

const associateProject: Command<NovaClient> = {
  name: "network-associate-project",
  about: "Make a network one of your project.",
  positionals: [NETWORK],
  *run({ networks }, args) {
    yield* networks.associateProject(args.text("network") ?? "");
  },
};

const net: Command<NovaClient> = {
  name: "net",
  about: "Show a network.",
  positionals: [NETWORK_ID],
  *run({ tenantNetworks }, args, console) {
    console.write(propertyTable(yield* tenantNetworks.one(args.text("network_id") ?? "")));
  },
};

const netList: Command<NovaClient> = {
  name: "net-list",
  about: "List networks.",
  *run({ tenantNetworks }, _args, console) {
    console.write(listing(yield* tenantNetworks.all(), ["ID", "Label", "CIDR"]));
  },
};

const netCreate: Command<NovaClient> = {
  name: "net-create",
  about: "Make a network.",
  positionals: [
    { ...one("label", "What it is called."), metavar: "<network_label>" },
    one("cidr", "Its addresses."),
  ],
  *run({ tenantNetworks }, args, console) {
    const made = yield* tenantNetworks.make(args.text("label") ?? "", args.text("cidr") ?? "");
    console.write(propertyTable(made));
  },
};

const netDelete: Command<NovaClient> = {
  name: "net-delete",
  about: "Delete a network.",
  positionals: [NETWORK_ID],
  *run({ tenantNetworks }, args) {
    yield* tenantNetworks.delete(args.text("network_id") ?? "");
  },
};

const scrub: Command<NovaClient> = {
  name: "scrub",
  about: "Free a project's networks, and delete its security groups.",
  positionals: [one("project_id", "The project's ID.")],
  *run(nova, args) {
    const project = args.text("project_id") ?? "";
    const networks = (yield* nova.networks.all()).filter(
      ({ project_id }) => project_id === project,
    );
    const groups = (yield* nova.securityGroups.all(1)).filter(
      ({ tenant_id }) => tenant_id === project,
    );
    for (const network of networks) yield* nova.networks.act(textOf(network, "id"), "disassociate");
    for (const group of groups) yield* nova.securityGroups.delete(textOf(group, "id"));
  },
};

export const networkCommands: readonly Command<NovaClient>[] = [
  remove,
  disassociate,
  associateHost,
  associateProject,
  net,
  netList,
  netCreate,
  netDelete,
  scrub,
];

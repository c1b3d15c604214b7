/** `floating-ip-*`, `network-*`. Upstream: novaclient/v1_1/shell.py (do_floating_ip_*, do_network_*), 2.20.0. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { listing, propertyTable } from "../../openstack/table.js";
import { findNetwork, findServer } from "../find.js";
import { titleOf } from "./list.js";
import { one } from "./positionals.js";

const COLUMNS = ["Ip", "Server Id", "Fixed Ip", "Pool"];

const floatingIpTable = (floatingIps: readonly JsonObject[]): string =>
  listing(
    floatingIps.map(({ instance_id = null, ...rest }) => ({ ...rest, server_id: instance_id })),
    COLUMNS,
  );

const SERVER = one("server", "Name or ID of the server.");
const ADDRESS = one("address", "The floating IP.");
const names: Command<NovaClient>["names"] = (args) => [
  { what: "server", name: args.text("server") ?? "" },
];

const associate = (name: string): Command<NovaClient> => ({
  name,
  about: "Lead a floating IP to a server.",
  positionals: [SERVER, ADDRESS],
  options: [valueOption("--fixed-address", "<fixed_address>", "Which of the server's addresses.")],
  names,
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const asked: Record<string, Json> = { address: args.text("address") ?? "" };
    const fixed = args.text("fixed_address");
    if (fixed !== undefined) asked["fixed_address"] = fixed;
    yield* nova.action(server.id, "addFloatingIp", asked);
  },
});

const disassociate = (name: string): Command<NovaClient> => ({
  name,
  about: "Lead a floating IP away from a server.",
  positionals: [SERVER, ADDRESS],
  names,
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(server.id, "removeFloatingIp", { address: args.text("address") ?? "" });
  },
});

export const floatingIpCommands: readonly Command<NovaClient>[] = [
  associate("floating-ip-associate"),
  associate("add-floating-ip"),
  disassociate("floating-ip-disassociate"),
  disassociate("remove-floating-ip"),
  {
    name: "floating-ip-create",
    about: "Take a floating IP for the project.",
    positionals: [
      {
        ...one("pool", "The pool to take it from."),
        metavar: "<floating-ip-pool>",
        count: "optional",
      },
    ],
    *run({ floatingIps }, args, console) {
      console.write(floatingIpTable([yield* floatingIps.allocate(args.text("pool"))]));
    },
  },
  {
    name: "floating-ip-delete",
    about: "Give a floating IP back.",
    positionals: [ADDRESS],
    *run({ floatingIps }, args) {
      const address = args.text("address") ?? "";
      const found = (yield* floatingIps.all(false)).find(({ ip }) => ip === address);
      if (found === undefined) throw new CommandError(`Floating ip ${address} not found.`);
      yield* floatingIps.delete(textOf(found, "id"));
    },
  },
  {
    name: "floating-ip-list",
    about: "List the floating IPs of the project.",
    options: [flagOption("--all-tenants", "Those of all projects (administrators only).")],
    *run({ floatingIps }, args, console) {
      console.write(floatingIpTable(yield* floatingIps.all(args.flag("all_tenants"))));
    },
  },
  {
    name: "floating-ip-pool-list",
    about: "List the pools of floating IPs.",
    *run({ floatingIps }, _args, console) {
      console.write(listing(yield* floatingIps.pools(), ["name"]));
    },
  },
  {
    name: "network-list",
    about: "List networks.",
    options: [
      valueOption(
        "--fields",
        "<fields>",
        "What to show besides, separated by commas, as named by show.",
      ),
    ],
    *run({ networks }, args, console) {
      const fields = args.text("fields")?.split(",").map(titleOf) ?? [];
      console.write(listing(yield* networks.all(), ["ID", "Label", "Cidr", ...fields]));
    },
  },
  {
    name: "network-show",
    about: "Show a network.",
    positionals: [one("network", "Its ID or label.")],
    *run(nova, args, console) {
      console.write(propertyTable(yield* findNetwork(nova, args.text("network") ?? "")));
    },
  },
];

/**
 * Addresses of servers and of nova-network's: `add-fixed-ip`, `remove-fixed-ip`, `fixed-ip-get`, `-reserve`, `-unreserve`,
 * `floating-ip-bulk-list`, `-create`, `-delete`. Upstream: novaclient/v1_1/shell.py, 2.20.0.
 */
import type { JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");
const FIXED = one("fixed_ip", "The address.");

const add: Command<NovaClient> = {
  name: "add-fixed-ip",
  about: "Give a server another address of a network.",
  positionals: [SERVER, { ...one("network_id", "The network's ID."), metavar: "<network-id>" }],
  *run(nova, args) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(id, "addFixedIp", { networkId: args.text("network_id") ?? "" });
  },
};

const remove: Command<NovaClient> = {
  name: "remove-fixed-ip",
  about: "Take an address from a server.",
  positionals: [SERVER, one("address", "The address.")],
  *run(nova, args) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(id, "removeFixedIp", { address: args.text("address") ?? "" });
  },
};

const show: Command<NovaClient> = {
  name: "fixed-ip-get",
  about: "Show an address of nova-network's.",
  positionals: [FIXED],
  *run({ fixedIps }, args, console) {
    const found = yield* fixedIps.one(args.text("fixed_ip") ?? "");
    console.write(listing([found], ["address", "cidr", "hostname", "host"]));
  },
};

const acting = (action: string, about: string): Command<NovaClient> => ({
  name: `fixed-ip-${action}`,
  about,
  positionals: [FIXED],
  *run({ fixedIps }, args) {
    yield* fixedIps.act(args.text("fixed_ip") ?? "", action);
  },
});

const bulkList: Command<NovaClient> = {
  name: "floating-ip-bulk-list",
  about: "List all floating IPs of Nova's own.",
  options: [valueOption("--host", "<host>", "Those of this host.")],
  *run({ floatingIpsBulk }, args, console) {
    const found = yield* floatingIpsBulk.all(args.text("host"));
    console.write(listing(found, ["project_id", "address", "instance_uuid", "pool", "interface"]));
  },
};

const RANGE = { ...one("ip_range", "An address, or a network of them."), metavar: "<range>" };

const bulkCreate: Command<NovaClient> = {
  name: "floating-ip-bulk-create",
  about: "Make floating IPs of Nova's own.",
  positionals: [RANGE],
  options: [
    valueOption("--pool", "<pool>", "The pool that they are in."),
    valueOption("--interface", "<interface>", "The interface that they are on."),
  ],
  *run({ floatingIpsBulk }, args) {
    const [pool, via] = [args.text("pool"), args.text("interface")];
    const asked: JsonObject = {
      ip_range: args.text("ip_range") ?? "",
      ...(pool !== undefined && { pool }),
      ...(via !== undefined && { interface: via }),
    };
    yield* floatingIpsBulk.make(asked);
  },
};

const bulkDelete: Command<NovaClient> = {
  name: "floating-ip-bulk-delete",
  about: "Delete floating IPs of Nova's own.",
  positionals: [RANGE],
  *run({ floatingIpsBulk }, args) {
    yield* floatingIpsBulk.delete(args.text("ip_range") ?? "");
  },
};

export const addressCommands: readonly Command<NovaClient>[] = [
  add,
  remove,
  show,
  acting("reserve", "Keep an address from being handed out."),
  acting("unreserve", "Let an address be handed out again."),
  bulkList,
  bulkCreate,
  bulkDelete,
];

/** `nova interface-list`, `-attach`, `-detach`. Upstream: novaclient/v1_1/shell.py, 2.20.0. */
import { isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");
const COLUMNS = ["Port State", "Port ID", "Net ID", "IP addresses", "MAC Addr"];

const list: Command<NovaClient> = {
  name: "interface-list",
  about: "List the interfaces of a server.",
  positionals: [SERVER],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const interfaces = yield* nova.interfaces.of(server.id);
    console.write(listing(interfaces.map(row), COLUMNS));
  },
};

const row = ({ port_state, port_id, net_id, mac_addr, fixed_ips }: JsonObject): JsonObject => ({
  port_state: port_state ?? null,
  port_id: port_id ?? null,
  net_id: net_id ?? null,
  ip_addresses: addresses(fixed_ips ?? null),
  mac_addr: mac_addr ?? null,
});

const addresses = (fixed: Json): string =>
  Array.isArray(fixed)
    ? (fixed as readonly Json[])
        .map((ip) => (isObject(ip) ? str(ip["ip_address"] ?? null) : ""))
        .join(",")
    : "";

/** What comes back is no dictionary to it, so nothing is printed. */
const attach: Command<NovaClient> = {
  name: "interface-attach",
  about: "Give a server another interface: that port, or a new one.",
  options: [
    valueOption("--port-id", "<port_id>", "The port."),
    valueOption("--net-id", "<net_id>", "The network of a new port."),
    valueOption("--fixed-ip", "<fixed_ip>", "The address of a new port."),
  ],
  positionals: [SERVER],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.interfaces.attach(server.id, {
      port_id: args.text("port_id") ?? null,
      net_id: args.text("net_id") ?? null,
      fixed_ip: args.text("fixed_ip") ?? null,
    });
  },
};

const detach: Command<NovaClient> = {
  name: "interface-detach",
  about: "Take an interface from a server; its port is deleted.",
  positionals: [SERVER, one("port_id", "The port.")],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.interfaces.detach(server.id, args.text("port_id") ?? "");
  },
};

export const interfaceCommands: readonly Command<NovaClient>[] = [list, attach, detach];

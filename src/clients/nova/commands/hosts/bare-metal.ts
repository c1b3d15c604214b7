/**
 * `baremetal-node-*` and `baremetal-interface-*`, for administrators. Upstream: novaclient/v1_1/contrib/baremetal.py, 2.20.0.
 */
import type { Op } from "../../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { findResource } from "../../../openstack/find.js";
import { valueOption } from "../../../openstack/options.js";
import { cell, listing, propertyTable, table } from "../../../openstack/table.js";
import { int } from "../../../shell/parser/index.js";
import { one } from "../positionals.js";

const NODE = one("node", "The ID of the machine.");
const ADDRESS = one("address", "The MAC address of the card.");

/** By number: nothing else that it is called is in the list. */
const findNode = ({ bareMetal }: NovaClient, name: string): Op<JsonObject> =>
  findResource(name, {
    what: "baremetalnode",
    anyId: false,
    get: (id) => bareMetal.one(id),
    candidates: () => bareMetal.all(),
    called: { by: "name" },
  });

const create: Command<NovaClient> = {
  name: "baremetal-node-create",
  about: "Tell of a machine.",
  positionals: [
    one("service_host", "The nova-compute that drives it."),
    { ...one("cpus", "How many processors it has."), type: int },
    { ...one("memory_mb", "How much memory."), type: int },
    { ...one("local_gb", "How much disk."), type: int },
    one("prov_mac_address", "The MAC address that it boots by."),
  ],
  options: [
    valueOption("--pm_address", "<pm_address>", "Where its power is managed."),
    valueOption("--pm_user", "<pm_user>", "By whom."),
    valueOption("--pm_password", "<pm_password>", "With which password."),
    valueOption("--terminal_port", "<terminal_port>", "Where its console is.", { type: int }),
  ],
  *run({ bareMetal }, args, console) {
    const text = (name: string): string | null => args.exactText(name) ?? null;
    const number = (name: string): number | null => args.number(name) ?? null;
    const made = yield* bareMetal.make({
      service_host: text("service_host"),
      cpus: number("cpus"),
      memory_mb: number("memory_mb"),
      local_gb: number("local_gb"),
      pm_address: text("pm_address"),
      pm_user: text("pm_user"),
      pm_password: text("pm_password"),
      prov_mac_address: text("prov_mac_address"),
      terminal_port: number("terminal_port"),
    });
    console.write(propertyTable(made));
  },
};

const remove: Command<NovaClient> = {
  name: "baremetal-node-delete",
  about: "Forget a machine and its cards.",
  positionals: [NODE],
  *run(nova, args) {
    const node = yield* findNode(nova, args.text("node") ?? "");
    yield* nova.bareMetal.delete(textOf(node, "id"));
  },
};

const HEADERS = [
  ...["ID", "Host", "Task State", "CPUs", "Memory_MB", "Disk_GB", "MAC Address", "PM Address"],
  ...["PM Username", "PM Password", "Terminal Port"],
];

const list: Command<NovaClient> = {
  name: "baremetal-node-list",
  about: "List machines.",
  *run({ bareMetal }, _args, console) {
    const rows = (yield* bareMetal.all()).map((node) => [
      ...["id", "service_host", "task_state", "cpus", "memory_mb", "local_gb"].map((key) =>
        cell(node, key),
      ),
      addressesOf(node["interfaces"] ?? []),
      ...["pm_address", "pm_user", "pm_password", "terminal_port"].map((key) => cell(node, key)),
    ]);
    console.write(table(HEADERS, rows, 0));
  },
};

const addressesOf = (interfaces: Json): string =>
  Array.isArray(interfaces)
    ? (interfaces as readonly Json[])
        .filter(isObject)
        .map((card) => textOf(card, "address"))
        .join(", ")
    : "";

const show: Command<NovaClient> = {
  name: "baremetal-node-show",
  about: "Show a machine.",
  positionals: [NODE],
  *run(nova, args, console) {
    console.write(propertyTable(yield* findNode(nova, args.text("node") ?? "")));
  },
};

const addInterface: Command<NovaClient> = {
  name: "baremetal-interface-add",
  about: "Tell of a card of a machine.",
  positionals: [NODE, ADDRESS],
  options: [
    valueOption("--datapath_id", "<datapath_id>", "Its switch in OpenFlow.", { otherwise: 0 }),
    valueOption("--port_no", "<port_no>", "Its port there.", { otherwise: 0 }),
  ],
  *run({ bareMetal }, args, console) {
    const value = (name: string): Json => args.exactText(name) ?? 0;
    const added = yield* bareMetal.addInterface(args.text("node") ?? "", {
      address: args.text("address") ?? "",
      datapath_id: value("datapath_id"),
      port_no: value("port_no"),
    });
    console.write(propertyTable(added));
  },
};

const removeInterface: Command<NovaClient> = {
  name: "baremetal-interface-remove",
  about: "Forget a card of a machine.",
  positionals: [NODE, ADDRESS],
  *run({ bareMetal }, args) {
    yield* bareMetal.removeInterface(args.text("node") ?? "", args.text("address") ?? "");
  },
};

const listInterfaces: Command<NovaClient> = {
  name: "baremetal-interface-list",
  about: "List the cards of a machine.",
  positionals: [NODE],
  *run({ bareMetal }, args, console) {
    const cards = yield* bareMetal.interfaces(args.text("node") ?? "");
    console.write(listing(cards, ["ID", "Datapath_ID", "Port_No", "Address"], 0));
  },
};

export const bareMetalCommands: readonly Command<NovaClient>[] = [
  create,
  remove,
  list,
  show,
  addInterface,
  removeInterface,
  listInterfaces,
];

/** `hypervisor-list`, `-servers`, `-show`, `-uptime`, `-stats`, for administrators. Upstream: novaclient/v1_1/shell.py. */
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { listing, propertyTable } from "../../openstack/table.js";
import { findHypervisor } from "../find.js";
import { one } from "./positionals.js";

const list: Command<NovaClient> = {
  name: "hypervisor-list",
  about: "List hypervisors.",
  options: [valueOption("--matching", "<hostname>", "Those with this in their host name.")],
  *run({ hypervisors }, args, console) {
    const pattern = args.text("matching");
    const found = yield* pattern === undefined
      ? hypervisors.all(false)
      : hypervisors.search(pattern);
    console.write(listing(found, ["ID", "Hypervisor hostname"]));
  },
};

const servers: Command<NovaClient> = {
  name: "hypervisor-servers",
  about: "List the servers of hypervisors.",
  positionals: [{ ...one("hostname", "The host name, or a part of it."), metavar: "<hostname>" }],
  *run({ hypervisors }, args, console) {
    const found = yield* hypervisors.search(args.text("hostname") ?? "", true);
    const rows = found.flatMap((hypervisor) =>
      listIn(hypervisor, "servers").map((server) => ({
        id: server["uuid"] ?? "",
        name: server["name"] ?? "",
        hypervisor_id: hypervisor["id"] ?? "",
        hypervisor_hostname: hypervisor["hypervisor_hostname"] ?? "",
      })),
    );
    console.write(listing(rows, ["ID", "Name", "Hypervisor ID", "Hypervisor Hostname"]));
  },
};

const show: Command<NovaClient> = {
  name: "hypervisor-show",
  about: "Show a hypervisor in full.",
  positionals: [one("hypervisor", "The hypervisor's host name or ID.")],
  *run(nova, args, console) {
    const found = yield* findHypervisor(nova, args.text("hypervisor") ?? "");
    console.write(propertyTable(Object.fromEntries(flattened(decoded(found)))));
  },
};

const uptime: Command<NovaClient> = {
  name: "hypervisor-uptime",
  about: "Show how long a hypervisor has been up.",
  positionals: [one("hypervisor", "The hypervisor's host name or ID.")],
  *run(nova, args, console) {
    const found = yield* findHypervisor(nova, args.text("hypervisor") ?? "");
    console.write(propertyTable(yield* nova.hypervisors.uptime(textOf(found, "id"))));
  },
};

const stats: Command<NovaClient> = {
  name: "hypervisor-stats",
  about: "Show what all hypervisors have and what of it is used.",
  *run({ hypervisors }, _args, console) {
    console.write(propertyTable(yield* hypervisors.statistics()));
  },
};

function listIn(thing: JsonObject, key: string): readonly JsonObject[] {
  const list = thing[key];
  return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
}

/** Texts that are JSON (`cpu_info`) are read as such; upstream: utils.flatten_dict. */
function decoded(thing: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(thing).map(([key, value]) => [
      key,
      typeof value === "string" ? parsed(value) : value,
    ]),
  );
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Members of members under names of their own: `service_host`. A list stays one. */
function flattened(thing: JsonObject, prefix = ""): [string, Json][] {
  return Object.entries(thing).flatMap(([key, value]): [string, Json][] => {
    const name = prefix === "" ? key : `${prefix}_${key}`;
    return isObject(value) ? flattened(value, name) : [[name, value]];
  });
}

export const hypervisorCommands: readonly Command<NovaClient>[] = [
  list,
  servers,
  show,
  uptime,
  stats,
];

/**
 * `host-list`, `-describe`, `-update`, `-action`, `host-meta`, for administrators. Upstream: novaclient/v1_1/shell.py,
 * novaclient/v1_1/contrib/metadata_extensions.py, 2.20.0.
 */
import { isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { oneOf } from "../../../shell/parser/index.js";
import { metadataOf } from "../metadata.js";
import { metadataArguments, one } from "../positionals.js";

const HOST = { ...one("host", "The host's name."), metavar: "<hostname>" };

const list: Command<NovaClient> = {
  name: "host-list",
  about: "List hosts, once for each service.",
  options: [valueOption("--zone", "<zone>", "Those in this zone.")],
  *run({ hosts }, args, console) {
    console.write(listing(yield* hosts.all(args.text("zone")), ["host_name", "service", "zone"]));
  },
};

const describe: Command<NovaClient> = {
  name: "host-describe",
  about: "Show what a host has, and who uses it.",
  positionals: [HOST],
  *run({ hosts }, args, console) {
    const resources = yield* hosts.describe(args.text("host") ?? "");
    console.write(listing(resources, ["HOST", "PROJECT", "cpu", "memory_mb", "disk_gb"]));
  },
};

const update: Command<NovaClient> = {
  name: "host-update",
  about: "Have a host take servers or none, or be under maintenance.",
  positionals: [HOST],
  options: [
    valueOption("--status", "<enable|disable>", "Whether it takes servers."),
    valueOption("--maintenance", "<enable|disable>", "Whether it is under maintenance."),
  ],
  *run({ hosts }, args, console) {
    const updates: Record<string, Json> = {};
    const headers = ["HOST"];
    for (const [option, key] of [
      ["status", "status"],
      ["maintenance", "maintenance_mode"],
    ] as const) {
      const value = args.text(option) ?? "";
      if (value === "") continue;
      updates[key] = value;
      headers.push(key);
    }
    console.write(listing([yield* hosts.change(args.text("host") ?? "", updates)], headers));
  },
};

const action: Command<NovaClient> = {
  name: "host-action",
  about: "Switch a host on or off, or start it anew.",
  positionals: [HOST],
  options: [
    valueOption("--action", "<action>", "startup, shutdown or reboot.", {
      type: oneOf(["startup", "shutdown", "reboot"]),
    }),
  ],
  *run({ hosts }, args, console) {
    yield* hosts.power(args.text("host") ?? "", args.text("action") ?? "None");
    // The library hands on the response where its body was meant, and that has no such members.
    console.write(listing([{ host: "", power_action: "" }], ["HOST", "power_action"]));
  },
};

const meta: Command<NovaClient> = {
  name: "host-meta",
  about: "Set or delete metadata of all servers of a host.",
  positionals: [one("host", "The host's name."), ...metadataArguments("delete", "What is set.")],
  *run(nova, args) {
    const metadata = metadataOf(args);
    for (const { servers } of yield* nova.hypervisors.search(args.text("host") ?? "", true)) {
      for (const { uuid } of listOf(servers)) {
        const id = str(uuid ?? null);
        if (args.text("action") === "set") yield* nova.setServerMeta(id, metadata);
        else yield* nova.deleteServerMeta(id, Object.keys(metadata));
      }
    }
  },
};

const listOf = (servers: Json | undefined): readonly JsonObject[] =>
  Array.isArray(servers) ? (servers as readonly Json[]).filter(isObject) : [];

export const hostCommands: readonly Command<NovaClient>[] = [list, describe, update, action, meta];

/** `quota-show`, `-defaults`, `-update`, `-delete`, `quota-class-show`, `-update`. Upstream: novaclient/v1_1/shell.py (_quota_*). */
import type { Json, JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import { listing } from "../../openstack/table.js";
import type { Console } from "../../shell/console.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import { one } from "./positionals.js";

/** In the order of the table. */
const RESOURCES = [
  ...["instances", "cores", "ram", "floating_ips", "fixed_ips", "metadata_items"],
  ...["injected_files", "injected_file_content_bytes", "injected_file_path_bytes", "key_pairs"],
  ...["security_groups", "security_group_rules", "server_groups", "server_group_members"],
] as const;

/** Those that have a twin with underscores. */
const WITH_TWIN: ReadonlySet<string> = new Set([
  ...["floating_ips", "metadata_items", "injected_files", "injected_file_content_bytes"],
]);

const TENANT = valueOption("--tenant", "<tenant-id>", "The project's ID. Default: your own.");
const USER = valueOption("--user", "<user-id>", "The user's ID.");

const show: Command<NovaClient> = {
  name: "quota-show",
  about: "Show the quotas of a project, or of a user in it.",
  options: [TENANT, USER],
  *run({ quotas, tenantId }, args, console) {
    const tenant = args.text("tenant") ?? tenantId;
    print(console, yield* quotas.of(tenant, args.text("user")));
  },
};

const defaults: Command<NovaClient> = {
  name: "quota-defaults",
  about: "Show the default quotas.",
  options: [TENANT],
  *run({ quotas, tenantId }, args, console) {
    print(console, yield* quotas.defaults(args.text("tenant") ?? tenantId));
  },
};

const limitOption = (resource: string): OptionSpec[] => {
  const name = `--${resource.replaceAll("_", "-")}`;
  const option = valueOption(name, `<${name.slice(2)}>`, `The new limit of ${name.slice(2)}.`, {
    type: int,
  });
  return WITH_TWIN.has(resource) ? withTwin(option) : [option];
};

const update: Command<NovaClient> = {
  name: "quota-update",
  about: "Change quotas of a project, or of a user in it (administrators only).",
  positionals: [{ ...one("tenant", "The project's ID."), metavar: "<tenant-id>" }],
  options: [
    USER,
    ...RESOURCES.flatMap(limitOption),
    flagOption("--force", "Also below what is used already."),
  ],
  *run({ quotas }, args) {
    const limits = limitsIn(args);
    // Without a limit nothing is asked for.
    if (Object.keys(limits).length === 0) return;
    if (args.flag("force")) limits["force"] = true;
    yield* quotas.set(args.text("tenant") ?? "", limits, args.text("user"));
  },
};

const CLASS = {
  ...one("class_name", "The class: default is the one that counts."),
  metavar: "<class>",
};

const showClass: Command<NovaClient> = {
  name: "quota-class-show",
  about: "Show the quotas of a class of projects.",
  positionals: [CLASS],
  *run({ quotaClasses }, args, console) {
    print(console, yield* quotaClasses.of(args.text("class_name") ?? ""));
  },
};

const updateClass: Command<NovaClient> = {
  name: "quota-class-update",
  about: "Change quotas of a class of projects (administrators only).",
  positionals: [CLASS],
  options: RESOURCES.flatMap(limitOption),
  *run({ quotaClasses }, args) {
    const limits = limitsIn(args);
    if (Object.keys(limits).length > 0) {
      yield* quotaClasses.set(args.text("class_name") ?? "", limits);
    }
  },
};

const remove: Command<NovaClient> = {
  name: "quota-delete",
  about: "Take quotas of a project, or of a user in it, back to the defaults.",
  options: [{ ...TENANT, about: "The project's ID.", required: true }, USER],
  *run({ quotas }, args) {
    yield* quotas.delete(args.text("tenant") ?? "", args.text("user"));
  },
};

/** Those that were given. */
function limitsIn(args: Arguments): Record<string, Json> {
  const limits: Record<string, Json> = {};
  for (const resource of RESOURCES) {
    const limit = args.number(resource);
    if (limit !== undefined) limits[resource] = limit;
  }
  return limits;
}

/** What Nova does not answer has no row. */
function print(console: Console, quotas: JsonObject): void {
  const rows = RESOURCES.filter((resource) => quotas[resource] !== undefined).map((resource) => ({
    quota: resource,
    limit: quotas[resource] ?? null,
  }));
  console.write(listing(rows, ["Quota", "Limit"]));
}

export const quotaCommands: readonly Command<NovaClient>[] = [
  show,
  defaults,
  update,
  remove,
  showClass,
  updateClass,
];

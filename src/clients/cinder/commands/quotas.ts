/**
 * Limits of projects and of classes of them. Those of backups are never shown. A class is changed, and the
 * command fails: in version 1 because the library gives nothing back, in version 2 before it asks,
 * because it looks for its own argument under another name. Upstream: cinderclient/v{1,2}/shell.py
 * (do_quota_*, do_absolute_limits, do_rate_limits), 1.1.1.
 */
import { AttributeError, isObject, type JsonObject } from "../../../python/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import type { Console } from "../../shell/console.js";
import { int } from "../../shell/parser/index.js";
import { printList, printProperties } from "../print.js";

const RESOURCES = ["volumes", "snapshots", "gigabytes"];

/** Those resources that are shown, and the same of each type. */
const shown = (quotas: JsonObject): (readonly [string, JsonObject[string]])[] =>
  Object.entries(quotas).filter(([name]) => RESOURCES.some((known) => name.startsWith(known)));

const printQuotas = (console: Console, quotas: JsonObject): void => {
  printProperties(console, Object.fromEntries(shown(quotas)));
};

const TENANT = argument("tenant", "<tenant_id>", "The ID of the project.");
const tenantIn = (args: Arguments): string => args.exactText("tenant") ?? "";

const LIMITS = [
  ...RESOURCES.map((resource) => ({
    ...valueOption(`--${resource}`, `<${resource}>`, `How many ${resource} there may be.`),
    type: int,
  })),
  valueOption("--volume-type", "<volume_type_name>", "Of volumes of that type alone."),
];

/** With the name of the type behind each, if one is given. */
function updatesIn(args: Arguments): JsonObject {
  const type = args.text("volume_type");
  const given = RESOURCES.flatMap((resource) => {
    const limit = args.number(resource);
    const name = type === undefined ? resource : `${resource}_${type}`;
    return limit === undefined ? [] : [[name, limit] as const];
  });
  return Object.fromEntries(given);
}

const show: Command<CinderClient> = {
  name: "quota-show",
  about: "Show what a project may have.",
  positionals: [TENANT],
  *run({ quotas }, args, console) {
    printQuotas(console, yield* quotas.get(tenantIn(args)));
  },
};

const usage: Command<CinderClient> = {
  name: "quota-usage",
  about: "Show what a project may have and what it has.",
  positionals: [TENANT],
  *run({ quotas }, args, console) {
    const rows = shown(yield* quotas.get(tenantIn(args), true)).map(([type, quota]) => {
      const { in_use = null, reserved = null, limit = null } = isObject(quota) ? quota : {};
      return { type, in_use, reserved, limit };
    });
    printList(console, rows, ["Type", "In_use", "Reserved", "Limit"]);
  },
};

const defaults: Command<CinderClient> = {
  name: "quota-defaults",
  about: "Show what a project may have for which nobody has said anything.",
  positionals: [TENANT],
  *run({ quotas }, args, console) {
    printQuotas(console, yield* quotas.defaults(tenantIn(args)));
  },
};

/** Without a limit it does nothing. */
const update: Command<CinderClient> = {
  name: "quota-update",
  about: "Say what a project may have.",
  positionals: [TENANT],
  options: LIMITS,
  *run({ quotas }, args, console) {
    const updates = updatesIn(args);
    if (Object.keys(updates).length === 0) return;
    printQuotas(console, yield* quotas.update(tenantIn(args), updates));
  },
};

const remove: Command<CinderClient> = {
  name: "quota-delete",
  about: "Forget what was said of a project.",
  positionals: [TENANT],
  *run({ quotas }, args) {
    yield* quotas.delete(tenantIn(args));
  },
};

const CLASS = argument("class_name", "<class>", "The name of the class.");

const classShow: Command<CinderClient> = {
  name: "quota-class-show",
  about: "Show what projects of a class may have.",
  positionals: [CLASS],
  *run({ quotaClasses }, args, console) {
    printQuotas(console, yield* quotaClasses.get(args.exactText("class_name") ?? ""));
  },
};

const classUpdate = (version: ApiVersion): Command<CinderClient> => ({
  name: "quota-class-update",
  about: "Say what projects of a class may have.",
  positionals: [version === "v1" ? CLASS : { ...CLASS, metavar: "<class-name>" }],
  options: LIMITS,
  *run({ quotaClasses }, args) {
    if (version === "v2") {
      throw new AttributeError("'Namespace' object has no attribute 'class_name'");
    }
    const updates = updatesIn(args);
    if (Object.keys(updates).length === 0) return;
    yield* quotaClasses.update(args.exactText("class_name") ?? "", updates);
    throw new AttributeError("'NoneType' object has no attribute '_info'");
  },
});

const absoluteLimits: Command<CinderClient> = {
  name: "absolute-limits",
  about: "Show what one's own project may have and what it has.",
  *run({ limits }, _args, console) {
    const { absolute } = yield* limits.get();
    const rows = Object.entries(isObject(absolute) ? absolute : {});
    printList(
      console,
      rows.map(([name, value]) => ({ name, value })),
      ["Name", "Value"],
    );
  },
};

/** Nobody counts requests: the table is empty. */
const rateLimits: Command<CinderClient> = {
  name: "rate-limits",
  about: "Show how many requests one may make.",
  *run({ limits }, _args, console) {
    yield* limits.get();
    printList(console, [], ["Verb", "URI", "Value", "Remain", "Unit", "Next_Available"]);
  },
};

export const quotaCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...[show, usage, defaults, update, remove, classShow, classUpdate(version)],
  ...[absoluteLimits, rateLimits],
];

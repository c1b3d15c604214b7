/**
 * What runs, and where. Upstream: cinderclient/v{1,2}/shell.py (do_service_*, do_availability_zone_list),
 * cinderclient/v1/contrib/list_extensions.py, 1.1.1.
 */
import { isObject, str, textOf, truth, type JsonObject } from "../../../python/index.js";
import type { CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { printList } from "../print.js";

const COLUMNS = ["Binary", "Host", "Zone", "Status", "State", "Updated_at"];

/** The reason is shown where the first service has one to show. */
const list: Command<CinderClient> = {
  name: "service-list",
  about: "List the services.",
  options: [
    valueOption("--host", "<hostname>", "Only those of this host."),
    valueOption("--binary", "<binary>", "Only this one of each host."),
  ],
  *run({ services }, args, console) {
    const [host, binary] = [args.text("host"), args.text("binary")];
    const found = yield* services.all({
      ...(host !== undefined && { host }),
      ...(binary !== undefined && { binary }),
    });
    const reasoned = found[0] !== undefined && "disabled_reason" in found[0];
    printList(console, found, reasoned ? [...COLUMNS, "Disabled Reason"] : COLUMNS);
  },
};

const SERVICE = [
  argument("host", "<hostname>", "The host."),
  argument("binary", "<binary>", "The service."),
];
const serviceIn = (args: Arguments) => ({
  host: args.exactText("host") ?? "",
  binary: args.exactText("binary") ?? "",
});

const CHANGED = ["Host", "Binary", "Status"];

const enable: Command<CinderClient> = {
  name: "service-enable",
  about: "Let a service take new work.",
  positionals: SERVICE,
  *run({ services }, args, console) {
    printList(console, [yield* services.enable(serviceIn(args))], CHANGED);
  },
};

const disable: Command<CinderClient> = {
  name: "service-disable",
  about: "Give a service no new work.",
  positionals: SERVICE,
  options: [valueOption("--reason", "<reason>", "Why.")],
  *run({ services }, args, console) {
    const reason = args.text("reason");
    if (reason === undefined) {
      printList(console, [yield* services.disable(serviceIn(args))], CHANGED);
      return;
    }
    const changed = yield* services.disableLogReason(serviceIn(args), reason);
    printList(console, [changed], [...CHANGED, "Disabled Reason"]);
  },
};

const zones: Command<CinderClient> = {
  name: "availability-zone-list",
  about: "List the availability zones.",
  *run({ zones: manager }, _args, console) {
    const rows = (yield* manager.all()).map(({ zoneName = null, zoneState = null }) => {
      const available = isObject(zoneState) && truth(zoneState["available"]);
      return { name: zoneName, status: available ? "available" : "not available" };
    });
    printList(console, rows, ["Name", "Status"]);
  },
};

const extensions: Command<CinderClient> = {
  name: "list-extensions",
  about: "List the extensions of the API.",
  *run({ extensions: manager }, _args, console) {
    const rows = (yield* manager.all()).map((extension) => ({
      ...extension,
      summary: summaryOf(extension),
    }));
    printList(console, rows, ["Name", "Summary", "Alias", "Updated"]);
  },
};

/** The first line of what it is for. */
function summaryOf(extension: JsonObject): string {
  const lines = textOf(extension, "description").trim().split("\n");
  const [first = ""] = lines;
  if (lines.length === 1 && first === "") return "??";
  return lines.length === 1 ? first : `${str(first)}...`;
}

export const serviceCommands: readonly Command<CinderClient>[] = [
  ...[list, enable, disable, zones, extensions],
];

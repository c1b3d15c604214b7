/** `usage`, `usage-list`: what projects have used since a date. Upstream: novaclient/v1_1/shell.py (do_usage, do_usage_list) at 2.20.0. */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { isObject, textOf, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { table } from "../../../openstack/table.js";

const DAY = 86_400e6;
const HEADERS = ["Servers", "RAM MB-Hours", "CPU Hours", "Disk GB-Hours"];

const PERIOD = [
  valueOption("--start", "<start>", "The first day, as 2012-01-20. Default: four weeks ago."),
  valueOption("--end", "<end>", "The last day, as 2012-01-20. Default: tomorrow."),
];

const usageList: Command<NovaClient> = {
  name: "usage-list",
  about: "What each project has used, for administrators.",
  options: PERIOD,
  *run(nova, args, console) {
    const [start, end] = periodOf(nova, args);
    const usages = yield* nova.usage.all(start, end);
    console.print(`Usage from ${day(start)} to ${day(end)}:`);
    const rows = usages.map((usage) => [textOf(usage, "tenant_id"), ...row(usage)]);
    console.write(table(["Tenant ID", ...HEADERS], rows));
  },
};

const usage: Command<NovaClient> = {
  name: "usage",
  about: "What one project has used.",
  options: [...PERIOD, valueOption("--tenant", "<tenant-id>", "Its ID. Default: your own.")],
  *run(nova, args, console) {
    const [start, end] = periodOf(nova, args);
    const tenant = args.text("tenant") ?? "";
    const found = yield* nova.usage.one(tenant === "" ? nova.tenantId : tenant, start, end);
    console.print(`Usage from ${day(start)} to ${day(end)}:`);
    const some = Number(found["total_vcpus_usage"] ?? 0) !== 0;
    if (some) console.write(table(HEADERS, [row(found)]));
    else console.print("None");
  },
};

/** From four weeks ago to tomorrow, as `isoformat` writes dates: without a fraction that is nothing. @throws CommandError */
function periodOf({ clock }: NovaClient, args: Arguments): readonly [string, string] {
  const from = (days: number): string => {
    const stamp = clock?.calendar.stamp(clock.now + days * DAY) ?? "";
    return stamp.replace(/\.000000$/u, "");
  };
  const given = (option: string): string | undefined => {
    const text = args.text(option) ?? "";
    if (text === "") return undefined;
    const date = dateIn(text);
    if (date !== undefined && !Number.isNaN(clock?.calendar.parse(`${date}.000000`))) return date;
    throw new CommandError(`time data '${text}' does not match format '%Y-%m-%d'`);
  };
  return [given("start") ?? from(-28), given("end") ?? from(1)];
}

/** `2014-09-18T00:00:00`; undefined: it is none of the form. */
function dateIn(text: string): string | undefined {
  const [, year, month = "", date = ""] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  if (year === undefined) return undefined;
  return `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}T00:00:00`;
}

const day = (date: string): string => date.slice(0, 10);

function row(usage: JsonObject): readonly string[] {
  const { server_usages: servers } = usage;
  const sum = (key: string): string => Number(usage[key] ?? 0).toFixed(2);
  return [
    String(Array.isArray(servers) ? servers.filter(isObject).length : 0),
    sum("total_memory_mb_usage"),
    sum("total_vcpus_usage"),
    sum("total_local_gb_usage"),
  ];
}

export const usageCommands: readonly Command<NovaClient>[] = [usage, usageList];

/**
 * `swift list`: the containers of an account, or the objects in one of them. Upstream:
 * swiftclient/shell.py (st_list), service.py (list), 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import type { Console } from "../../shell/console.js";
import { verbosityOptions } from "../global-options.js";
import { printedBytes, usageOf } from "../print.js";
import { isMissing, SwiftError, type StorageApi } from "../storage-api.js";
import { words } from "./arguments.js";

export const list: Command<StorageApi> = {
  name: "list",
  about: "List the containers of the account, or the objects in a container.",
  options: [
    { ...flagOption("--long", "With sizes and dates."), names: ["--long", "-l"] },
    flagOption("--lh", "The same, sizes as people read them."),
    { ...flagOption("--totals", "With either of them: only the sums."), names: ["--totals", "-t"] },
    {
      ...valueOption("--prefix", "<prefix>", "Only what begins with it."),
      names: ["--prefix", "-p"],
    },
    {
      ...valueOption("--delimiter", "<delimiter>", "In a container: up to this sign only."),
      names: ["--delimiter", "-d"],
    },
    ...verbosityOptions,
  ],
  positionals: [words("[container]", "The container to look into.")],
  check(args) {
    const [container, ...more] = args.texts("words");
    if (container === undefined && args.text("delimiter") !== undefined) {
      throw new CommandError("-d option only allowed for container listings");
    }
    if (container?.includes("/") === true || more.length > 0) {
      const form = "[--long] [--lh] [--totals] [--prefix <prefix>]";
      throw usageOf("list", `${form}\n                  [--delimiter <delimiter>]\n`);
    }
  },
  *run(swift, args, console) {
    this.check?.(args);
    const [container] = args.texts("words");
    const [prefix, delimiter] = [args.text("prefix"), args.text("delimiter")];
    for (let marker: string | undefined; ;) {
      const items = yield* swift.page(container, { marker, prefix, delimiter });
      const last = items.at(-1);
      if (last === undefined) return;
      if (!args.flag("long") && !args.flag("lh")) {
        for (const item of items) console.print(nameOf(item));
      } else if (container === undefined) {
        printContainers(console, args, items, yield* datesOf(swift, items));
      } else {
        printObjects(console, args, items);
      }
      marker = nameOf(last);
    }
  },
};

const nameOf = (item: JsonObject): string => textOf(item, "name" in item ? "name" : "subdir");

/** Each container is asked. @throws SwiftError if one is gone meanwhile */
function* datesOf(swift: StorageApi, items: readonly JsonObject[]): Op<string[]> {
  const dates: string[] = [];
  try {
    for (const item of items) {
      const { headers } = yield* swift.head(nameOf(item));
      dates.push(swift.date(headers["x-timestamp"] ?? "0"));
    }
    return dates;
  } catch (error) {
    throw isMissing(error) ? new SwiftError("Account not found") : error;
  }
}

/** A page of containers and its sums. */
function printContainers(
  console: Console,
  args: Arguments,
  items: readonly JsonObject[],
  dates: readonly string[],
): void {
  const human = args.flag("lh");
  const sum = { count: 0, bytes: 0 };
  items.forEach((item, i) => {
    const [count, bytes] = [Number(item["count"]), Number(item["bytes"])];
    sum.count += count;
    sum.bytes += bytes;
    if (args.flag("totals")) return;
    const size = printedBytes(bytes, human);
    console.print(`${String(count).padStart(5)} ${size} ${dates[i] ?? ""} ${nameOf(item)}`);
  });
  const counted = printedBytes(sum.count, true).padStart(5);
  console.print(`${counted} ${printedBytes(sum.bytes, human)}`);
}

/** A page of objects and its sum. @throws CommandError where something has no size, as upstream */
function printObjects(console: Console, args: Arguments, items: readonly JsonObject[]): void {
  const human = args.flag("lh");
  let total = 0;
  for (const item of items) {
    if (!("bytes" in item)) {
      throw new CommandError("TypeError: unsupported operand type(s) for +=: 'int' and 'NoneType'");
    }
    const bytes = Number(item["bytes"]);
    total += bytes;
    if (args.flag("totals")) continue;
    const [date = "", time = ""] = textOf(item, "last_modified").split("T");
    const at = `${date.padStart(10)} ${(time.split(".")[0] ?? "").padStart(8)}`;
    console.print(`${printedBytes(bytes, human)} ${at} ${nameOf(item)}`);
  }
  console.print(printedBytes(total, human));
}

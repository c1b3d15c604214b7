/** `cell-show` and `cell-capacities`. Upstream: novaclient/v1_1/contrib/cells.py, 2.20.0. */
import { get, isObject, str } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { propertyTable } from "../../../openstack/table.js";
import { one } from "../positionals.js";

const show: Command<NovaClient> = {
  name: "cell-show",
  about: "Show a cell.",
  positionals: [{ ...one("cell", "Its name."), metavar: "<cell-name>" }],
  *run({ cells }, args, console) {
    console.write(propertyTable(yield* cells.one(args.text("cell") ?? "")));
  },
};

const capacities: Command<NovaClient> = {
  name: "cell-capacities",
  about: "What there is left in a cell, or in all.",
  options: [valueOption("--cell", "<cell-name>", "Its name.")],
  *run({ cells }, args, console) {
    const { capacities: all = {} } = yield* cells.capacities(args.text("cell"));
    for (const [what, key, end] of [
      ["Ram", "ram_free", ""],
      ["Disk", "disk_free", "\n"],
    ] as const) {
      const free = get(all, key);
      const units = get(free, "units_by_mb");
      console.write(`${end}${what} Available: ${str(get(free, "total_mb"))} MB\n`);
      console.write(
        propertyTable(isObject(units) ? units : {}, { property: `${what}(MB)`, value: "Units" }),
      );
    }
  },
};

export const cellCommands: readonly Command<NovaClient>[] = [show, capacities];

/** `flavor-list`, and how flavors are shown in every table. Upstream: novaclient/v1_1/shell.py. */
import { NotFound } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { float, repr, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption } from "../../openstack/options.js";
import { cell, table } from "../../openstack/table.js";

/** The columns of `flavorRow`. */
export const FLAVOR_HEADERS: readonly string[] = [
  ...["ID", "Name", "Memory_MB", "Disk", "Ephemeral", "Swap", "VCPUs"],
  ...["RXTX_Factor", "Is_Public"],
];

const flavorList: Command<NovaClient> = {
  name: "flavor-list",
  about: "List flavors, the sizes that servers come in.",
  options: [
    flagOption("--extra-specs", "Show the extra specs of each flavor as well."),
    flagOption("--all", "Show private flavors too (administrators only)."),
  ],
  *run(nova, args, console) {
    const flavors = yield* nova.flavors(args.flag("all") ? null : true);
    const headers = [...FLAVOR_HEADERS];
    const rows: Json[][] = flavors.map(flavorRow);
    if (args.flag("extra_specs")) {
      headers.push("extra_specs");
      for (const [i, flavor] of flavors.entries()) {
        rows[i]?.push(yield* extraSpecs(nova, flavor.id));
      }
    }
    console.write(table(headers, rows));
  },
};

export function flavorRow(flavor: JsonObject): Json[] {
  const factor = flavor["rxtx_factor"];
  return [
    cell(flavor, "id"),
    cell(flavor, "name"),
    cell(flavor, "ram"),
    cell(flavor, "disk"),
    flavor["OS-FLV-EXT-DATA:ephemeral"] ?? "N/A",
    cell(flavor, "swap"),
    cell(flavor, "vcpus"),
    typeof factor === "number" ? float(factor) : cell(flavor, "rxtx_factor"),
    flavor["os-flavor-access:is_public"] ?? "N/A",
  ];
}

/** As Python writes them; `N/A` where nobody may see them. */
export function* extraSpecs(nova: NovaClient, flavorId: string): Op<string> {
  try {
    return repr(yield* nova.extraSpecs(flavorId));
  } catch (error) {
    if (error instanceof NotFound) return "N/A";
    throw error;
  }
}

export const listCommands: readonly Command<NovaClient>[] = [flavorList];

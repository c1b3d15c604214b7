/** `flavor-list`, `image-list`, `service-list`. Upstream: novaclient/v1_1/shell.py. */
import { NotFound } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  float,
  parseInteger,
  repr,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { table } from "../../openstack/table.js";

/** A cell for the member `key`: a dash for None, nothing if it is not there. */
const cell = (thing: JsonObject, key: string): Json => {
  const value = thing[key];
  return value === null ? "-" : (value ?? "");
};

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

const imageList: Command<NovaClient> = {
  name: "image-list",
  about: "List images to boot from.",
  options: [valueOption("--limit", "<limit>", "At most this many.")],
  *run(nova, args, console) {
    const text = args.text("limit");
    const limit = text === undefined ? undefined : parseInteger(text);
    if (text !== undefined && limit === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${repr(text)}`);
    }
    const images = yield* nova.images(limit);
    const rows = images.map((image) => {
      const from = image.server?.id ?? "";
      return [cell(image, "id"), cell(image, "name"), cell(image, "status"), from];
    });
    console.write(table(["ID", "Name", "Status", "Server"], rows, 1));
  },
};

const SERVICE_COLUMNS = ["Binary", "Host", "Zone", "Status", "State", "Updated_at"];

const serviceList: Command<NovaClient> = {
  name: "service-list",
  about: "List the services of Nova, and whether they report.",
  options: [
    valueOption("--host", "<hostname>", "Services on this host."),
    valueOption("--binary", "<binary>", "Services of this kind, such as nova-compute."),
  ],
  *run(nova, args, console) {
    const services = yield* nova.services(args.text("host"), args.text("binary"));
    const [first] = services;
    const headers = [...SERVICE_COLUMNS];
    // What the extensions of an older cloud do not answer has no column.
    if (first !== undefined && "disabled_reason" in first) headers.push("Disabled Reason");
    if (first !== undefined && "id" in first) headers.unshift("Id");
    const keys = headers.map((header) => header.toLowerCase().replaceAll(" ", "_"));
    console.write(
      table(
        headers,
        services.map((service) => keys.map((key) => cell(service, key))),
      ),
    );
  },
};

export const listCommands: readonly Command<NovaClient>[] = [flavorList, imageList, serviceList];

/**
 * `flavor-show`, `flavor-create`, `flavor-delete`, `flavor-access-*`: what administrators do with
 * flavors. Upstream: novaclient/v1_1/shell.py; transcripts §T6.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import {
  float,
  parseInteger,
  repr,
  strictBoolean,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { propertyTable, table } from "../../openstack/table.js";
import type { Console } from "../../shell/console.js";
import { InvalidArgument } from "../../shell/parser/index.js";
import { findFlavor } from "../find.js";
import { FLAVOR_HEADERS, extraSpecs, flavorRow } from "./flavor-list.js";
import { one } from "./positionals.js";

const FLAVOR = one("flavor", "The flavor's name or ID.");

const show: Command<NovaClient> = {
  name: "flavor-show",
  about: "Show a flavor in full.",
  positionals: [FLAVOR],
  *run(nova, args, console) {
    const { links: _links, ...info } = yield* findFlavor(nova, args.text("flavor") ?? "");
    const extra_specs = yield* extraSpecs(nova, info.id);
    const rxtx_factor = float(info.rxtx_factor);
    console.write(propertyTable({ ...info, rxtx_factor, extra_specs }));
  },
};

const create: Command<NovaClient> = {
  name: "flavor-create",
  about: "Make a flavor (administrators only).",
  positionals: [
    one("name", "How it is to be called."),
    one("id", "Its ID, or auto for a new one."),
    one("ram", "Memory in MB."),
    one("disk", "Disk in GB."),
    one("vcpus", "Number of CPUs."),
  ],
  options: [
    valueOption("--ephemeral", "<ephemeral>", "Ephemeral disk in GB. Default: 0.", {
      otherwise: "0",
    }),
    valueOption("--swap", "<swap>", "Swap in MB. Default: 0.", { otherwise: "0" }),
    valueOption("--rxtx-factor", "<factor>", "Share of the network. Default: 1.", {
      otherwise: "1.0",
    }),
    valueOption("--is-public", "<is-public>", "Whether everybody may use it. Default: true.", {
      ...{ type: truth, otherwise: true },
    }),
  ],
  names: (args) =>
    [args.text("name") ?? "", args.text("id") ?? ""].map((name) => ({
      what: "flavor",
      name,
      makes: "one",
    })),
  *run(nova, args, console) {
    const id = args.text("id") ?? "";
    const flavor = yield* nova.createFlavor({
      name: args.text("name") ?? "",
      ram: whole(args, "ram", "Ram"),
      vcpus: whole(args, "vcpus", "VCPUs"),
      disk: whole(args, "disk", "Disk"),
      id: id === "auto" ? null : id,
      swap: whole(args, "swap", "Swap"),
      "OS-FLV-EXT-DATA:ephemeral": whole(args, "ephemeral", "Ephemeral"),
      rxtx_factor: factor(args.text("rxtx_factor") ?? ""),
      "os-flavor-access:is_public": args.flag("is_public"),
    });
    printFlavors(console, [flavor]);
  },
};

const remove: Command<NovaClient> = {
  name: "flavor-delete",
  about: "Remove a flavor (administrators only). Servers that have it keep it.",
  positionals: [FLAVOR],
  *run(nova, args, console) {
    const flavor = yield* findFlavor(nova, args.text("flavor") ?? "");
    yield* nova.deleteFlavor(flavor.id);
    printFlavors(console, [flavor]);
  },
};

const accessList: Command<NovaClient> = {
  name: "flavor-access-list",
  about: "List the projects that may use a private flavor.",
  options: [
    valueOption("--flavor", "<flavor>", "The flavor's name or ID."),
    valueOption("--tenant", "<tenant_id>", "A project; not possible yet."),
  ],
  *run(nova, args, console) {
    const [flavorName, tenant] = [args.text("flavor"), args.text("tenant")];
    if (flavorName !== undefined && tenant !== undefined) {
      throw new CommandError("Unable to filter results by both --flavor and --tenant.");
    }
    if (tenant !== undefined) throw new CommandError("Sorry, query by tenant not supported.");
    if (flavorName === undefined) {
      throw new CommandError("Unable to get all access lists. Specify --flavor or --tenant");
    }
    const flavor = yield* findFlavor(nova, flavorName);
    if (flavor["os-flavor-access:is_public"]) {
      throw new CommandError("Failed to get access list for public flavor type.");
    }
    printAccess(console, yield* nova.flavorAccess(flavor.id));
  },
};

/** A command that grants a flavor to a project, or takes it back. */
const granting = (name: string, action: string, about: string): Command<NovaClient> => ({
  name,
  about,
  positionals: [FLAVOR, { ...one("tenant", "The project's ID."), metavar: "<tenant_id>" }],
  *run(nova: NovaClient, args: Arguments, console: Console) {
    const flavor = yield* findFlavor(nova, args.text("flavor") ?? "");
    const tenant = args.text("tenant") ?? "";
    printAccess(console, yield* nova.changeFlavorAccess(flavor.id, action, tenant));
  },
});

function printFlavors(console: Console, flavors: readonly JsonObject[]): void {
  console.write(table(FLAVOR_HEADERS, flavors.map(flavorRow)));
}

function printAccess(console: Console, grants: readonly JsonObject[]): void {
  const rows: Json[][] = grants.map((grant) => [
    textOf(grant, "flavor_id"),
    textOf(grant, "tenant_id"),
  ]);
  console.write(table(["Flavor_ID", "Tenant_ID"], rows, 0));
}

/** @throws CommandError */
function whole(args: Arguments, dest: string, label: string): number {
  const value = parseInteger(args.text(dest) ?? "0");
  if (value !== undefined) return value;
  throw new CommandError(`${label} must be an integer.`);
}

/** @throws CommandError */
function factor(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new CommandError("rxtx_factor must be a float.");
}

/** `lambda v: strutils.bool_from_string(v, True)`. @throws InvalidArgument */
function truth(text: string, prefix?: "u" | ""): boolean {
  const value = strictBoolean(text);
  if (value !== undefined) return value;
  throw new InvalidArgument(`invalid <lambda> value: ${repr(text, prefix)}`);
}

export const flavorCommands: readonly Command<NovaClient>[] = [
  show,
  create,
  remove,
  accessList,
  granting("flavor-access-add", "addTenantAccess", "Let a project use a private flavor."),
  granting("flavor-access-remove", "removeTenantAccess", "Let a project use it no more."),
];

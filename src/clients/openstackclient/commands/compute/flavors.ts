/**
 * `flavor create|delete|list|show`. Upstream: openstackclient/compute/v2/flavor.py, 0.4.1;
 * novaclient/v1_1/flavors.py, 2.20.0.
 */
import type { JsonObject } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import { found, idOf } from "../../find.js";
import { argument, lister, shower, word, type OpenStackCommand } from "../../output.js";
import { flavorLookup } from "./lookups.js";

const FLAVOR: Pick<OpenStackCommand, "positionals" | "names"> = {
  positionals: [argument("flavor", "Its name or id.")],
  names: (args) => [{ what: "flavor", name: args.text("flavor") ?? "" }],
};

const number = (name: string, metavar: string, about: string, otherwise: number): OptionSpec =>
  valueOption(name, metavar, about, { type: int, otherwise });

const create = shower(
  {
    name: "flavor create",
    about: "Make a flavor.",
    positionals: [argument("name", "Its name.")],
    options: [
      valueOption("--id", "<id>", "Its id; auto for one of Nova's making.", { otherwise: "auto" }),
      number("--ram", "<size-mb>", "Memory, in MB.", 256),
      number("--disk", "<size-gb>", "Disk, in GB.", 0),
      number("--ephemeral", "<size-gb>", "A second disk, in GB.", 0),
      number("--swap", "<size-gb>", "Swap.", 0),
      number("--vcpus", "<vcpus>", "Processors.", 1),
      number("--rxtx-factor", "<factor>", "How much of the network.", 1),
      { ...flagOption("--public", "For all projects, as it usually is."), group: "public" },
      { ...flagOption("--private", "For those that it is granted to."), group: "public" },
    ],
    names: (args) => [{ what: "flavor", name: args.text("name") ?? "", makes: "one" }],
  },
  function* ({ compute }, args) {
    const id = args.exactText("id") ?? "";
    return withoutLinks(
      yield* compute.createFlavor({
        name: word(args, "name"),
        ram: args.number("ram") ?? 0,
        vcpus: args.number("vcpus") ?? 0,
        disk: args.number("disk") ?? 0,
        id: id === "auto" ? null : id,
        swap: args.number("swap") ?? 0,
        "OS-FLV-EXT-DATA:ephemeral": args.number("ephemeral") ?? 0,
        rxtx_factor: args.number("rxtx_factor") ?? 0,
        "os-flavor-access:is_public": !args.flag("private"),
      }),
    );
  },
);

const remove: OpenStackCommand = {
  name: "flavor delete",
  about: "Delete a flavor.",
  ...FLAVOR,
  *run({ compute }, args) {
    yield* compute.deleteFlavor(yield* idOf(flavorLookup(compute), word(args, "flavor")));
  },
};

const COLUMNS = [
  ...["ID", "Name", "RAM", "Disk", "Ephemeral", "Swap", "VCPUs", "RXTX Factor", "Is Public"],
  "Extra Specs",
];

/** The attributes that novaclient gives a flavor, by their columns. */
const cells = (flavor: JsonObject) => [
  ...["id", "name", "ram", "disk"].map((key) => flavor[key] ?? ""),
  flavor["OS-FLV-EXT-DATA:ephemeral"] ?? "N/A",
  ...["swap", "vcpus", "rxtx_factor"].map((key) => flavor[key] ?? ""),
  flavor["os-flavor-access:is_public"] ?? "N/A",
  "",
];

const list = lister({ name: "flavor list", about: "List flavors." }, function* ({ compute }) {
  return { columns: COLUMNS, rows: (yield* compute.flavors()).map(cells) };
});

const show = shower(
  { name: "flavor show", about: "Show a flavor.", ...FLAVOR },
  function* ({ compute }, args) {
    return withoutLinks(yield* found(flavorLookup(compute), word(args, "flavor")));
  },
);

function withoutLinks({ links: _, ...flavor }: JsonObject): JsonObject {
  return flavor;
}

export const flavorCommands: readonly OpenStackCommand[] = [create, remove, list, show];

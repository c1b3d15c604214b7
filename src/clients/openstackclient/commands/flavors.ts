/** Flavors. Upstream: openstackclient/compute/v2/flavor.py, 0.4.1. */
import type { JsonObject } from "../../../python/index.js";
import type { OpenStackClients } from "../clients.js";
import { found, type Lookup } from "../find.js";
import { argument, lister, shower, type OpenStackCommand } from "../output.js";

export const flavorLookup = ({ compute }: OpenStackClients): Lookup<JsonObject> => ({
  what: "flavor",
  get: (id) => compute.flavor(id),
  *named(name) {
    const brief = yield* compute.flavorsInBrief();
    const found: JsonObject[] = [];
    for (const { id, name: its } of brief) if (its === name) found.push(yield* compute.flavor(id));
    return found;
  },
});

const COLUMNS = [
  ...["ID", "Name", "RAM", "Disk", "Ephemeral", "Swap", "VCPUs", "RXTX Factor", "Is Public"],
  "Extra Specs",
];

/** The attributes that novaclient gives a flavor, by their columns. */
const cells = (flavor: JsonObject) => [
  ...["id", "name", "ram", "disk", "OS-FLV-EXT-DATA:ephemeral", "swap", "vcpus"].map(
    (key) => flavor[key] ?? "",
  ),
  flavor["rxtx_factor"] ?? "",
  flavor["os-flavor-access:is_public"] ?? "",
  "",
];

export const flavorCommands: readonly OpenStackCommand[] = [
  lister({ name: "flavor list", about: "List flavors." }, function* ({ compute }) {
    const flavors = yield* compute.flavors();
    return { columns: COLUMNS, rows: flavors.map(cells) };
  }),
  shower(
    {
      name: "flavor show",
      about: "Show a flavor.",
      positionals: [argument("flavor", "Its name or id.")],
      names: (args) => [{ what: "flavor", name: args.text("flavor") ?? "" }],
    },
    function* (clients, args) {
      const flavor = yield* found(flavorLookup(clients), args.exactText("flavor") ?? "");
      const { links: _, ...shown } = flavor;
      return shown;
    },
  ),
];

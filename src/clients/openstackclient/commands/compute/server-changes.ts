/**
 * `server set|unset`, `server add|remove volume`. There is no terminal to ask for a password at, and no
 * `--root-password`. Upstream: openstackclient/compute/v2/server.py, 0.4.1.
 */
import { valueOption } from "../../../openstack/options.js";
import { idOf } from "../../find.js";
import { argument, word, type OpenStackCommand } from "../../output.js";
import { propertiesIn, propertyKeyOption, propertyOption } from "../../properties.js";
import { volumeLookup } from "../volume/lookups.js";
import { serverLookup } from "./lookups.js";
import { SERVER } from "./servers.js";

const set: OpenStackCommand = {
  name: "server set",
  about: "Change a server.",
  ...SERVER,
  options: [
    valueOption("--name", "<new-name>", "Its new name."),
    propertyOption("A property to have beside the others."),
  ],
  *run({ compute }, args) {
    const id = yield* idOf(serverLookup(compute), word(args, "server"));
    const [name, properties] = [args.text("name"), propertiesIn(args)];
    if (name !== undefined) yield* compute.updateServer(id, { name });
    if (properties !== undefined) yield* compute.setServerMeta(id, properties);
  },
};

const unset: OpenStackCommand = {
  name: "server unset",
  about: "Take properties from a server.",
  ...SERVER,
  options: [propertyKeyOption("A property to take away.")],
  *run({ compute }, args) {
    const id = yield* idOf(serverLookup(compute), word(args, "server"));
    yield* compute.deleteServerMeta(id, args.texts("property"));
  },
};

const WITH_VOLUME: Pick<OpenStackCommand, "positionals" | "names"> = {
  ...SERVER,
  positionals: [...(SERVER.positionals ?? []), argument("volume", "The volume's name or id.")],
};

const addVolume: OpenStackCommand = {
  name: "server add volume",
  about: "Attach a volume to a server.",
  ...WITH_VOLUME,
  options: [valueOption("--device", "<device>", "The name that it is to have inside.")],
  *run({ compute, volume }, args) {
    const server = yield* idOf(serverLookup(compute), word(args, "server"));
    const id = yield* idOf(volumeLookup(volume), word(args, "volume"));
    yield* compute.volumes.attach(server, id, args.exactText("device") ?? null);
  },
};

const removeVolume: OpenStackCommand = {
  name: "server remove volume",
  about: "Detach a volume from a server.",
  ...WITH_VOLUME,
  *run({ compute, volume }, args) {
    const server = yield* idOf(serverLookup(compute), word(args, "server"));
    yield* compute.volumes.detach(server, yield* idOf(volumeLookup(volume), word(args, "volume")));
  },
};

export const serverChangeCommands: readonly OpenStackCommand[] = [
  ...[set, unset, addVolume, removeVolume],
];

/**
 * Qualities of service. Those that change one by its id look for nothing; the others cannot look for a
 * name. Upstream: cinderclient/v{1,2}/shell.py (do_qos_*), 1.1.1.
 */
import type { Op } from "../../../kernel/index.js";
import { boolFromString, dictOrder } from "../../../python/index.js";
import type { CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { keysAndValues, metadataOf, one, setOrUnset } from "../arguments.js";
import { findQosSpecs } from "../find.js";
import { printList, printProperties } from "../print.js";

const SPECS = argument("qos_specs", "<qos_specs>", "The ID of the qualities.");
const specsIn = (args: Arguments): string => args.exactText("qos_specs") ?? "";

const create: Command<CinderClient> = {
  name: "qos-create",
  about: "Make a set of qualities of service.",
  positionals: [one("name", "Its name."), keysAndValues("What it asks for.")],
  *run({ qosSpecs }, args, console) {
    const name = args.exactText("name") ?? "";
    printProperties(console, yield* qosSpecs.create(name, metadataOf(args)));
  },
};

const list: Command<CinderClient> = {
  name: "qos-list",
  about: "List the qualities of service.",
  *run({ qosSpecs }, _args, console) {
    printList(console, yield* qosSpecs.all(), ["ID", "Name", "Consumer", "specs"]);
  },
};

const show: Command<CinderClient> = {
  name: "qos-show",
  about: "Show a set of qualities of service.",
  positionals: [SPECS],
  *run(cinder, args, console) {
    printProperties(console, yield* findQosSpecs(cinder, specsIn(args)));
  },
};

const remove: Command<CinderClient> = {
  name: "qos-delete",
  about: "Delete a set of qualities of service.",
  positionals: [SPECS],
  options: [valueOption("--force", "<True|False>", "Though volume types have it.")],
  *run(cinder, args) {
    const force = boolFromString(args.exactText("force") ?? false);
    const { id } = yield* findQosSpecs(cinder, specsIn(args));
    yield* cinder.qosSpecs.delete(id, force);
  },
};

const TYPE = argument("vol_type_id", "<volume_type_id>", "The ID of the volume type.");

/** A command about a volume type and what it has. */
const typing = (
  name: string,
  about: string,
  act: (cinder: CinderClient, id: string, type: string) => Op<void>,
): Command<CinderClient> => ({
  name,
  about,
  positionals: [SPECS, TYPE],
  run: (cinder, args) => act(cinder, specsIn(args), args.exactText("vol_type_id") ?? ""),
});

const associate = typing(
  "qos-associate",
  "Give qualities of service to a volume type.",
  ({ qosSpecs }, id, type) => qosSpecs.associate(id, type),
);

const disassociate = typing(
  "qos-disassociate",
  "Take qualities of service from a volume type.",
  ({ qosSpecs }, id, type) => qosSpecs.disassociate(id, type),
);

const disassociateAll: Command<CinderClient> = {
  name: "qos-disassociate-all",
  about: "Take qualities of service from all volume types.",
  positionals: [SPECS],
  *run({ qosSpecs }, args) {
    yield* qosSpecs.disassociateAll(specsIn(args));
  },
};

const key: Command<CinderClient> = {
  name: "qos-key",
  about: "Set or unset what a set of qualities asks for.",
  positionals: [
    SPECS,
    setOrUnset,
    {
      ...keysAndValues("What is asked for; of what is unset the key will do."),
      metavar: "key=value",
    },
  ],
  *run({ qosSpecs }, args) {
    const specs = metadataOf(args);
    if (args.text("action") === "set") yield* qosSpecs.setKeys(specsIn(args), specs);
    else yield* qosSpecs.unsetKeys(specsIn(args), dictOrder(Object.keys(specs)));
  },
};

const getAssociation: Command<CinderClient> = {
  name: "qos-get-association",
  about: "List what has a set of qualities of service.",
  positionals: [SPECS],
  *run({ qosSpecs }, args, console) {
    const found = yield* qosSpecs.associations(specsIn(args));
    printList(console, found, ["Association_Type", "Name", "ID"]);
  },
};

export const qosCommands: readonly Command<CinderClient>[] = [
  ...[create, list, show, remove, associate, disassociate, disassociateAll, key, getAssociation],
];

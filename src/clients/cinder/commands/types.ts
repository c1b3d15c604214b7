/**
 * Volume types and what they ask of their backend. Version 2 looks for no type before it deletes one, and
 * wants keys where version 1 takes none. Upstream: cinderclient/v{1,2}/shell.py (do_type_*,
 * do_extra_specs_list), 1.1.1.
 */
import { dictOrder } from "../../../python/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Command } from "../../openstack/command.js";
import { keysAndValues, metadataOf, one, setOrUnset } from "../arguments.js";
import { findType } from "../find.js";
import { printList } from "../print.js";

const list: Command<CinderClient> = {
  name: "type-list",
  about: "List the volume types.",
  *run({ types }, _args, console) {
    printList(console, yield* types.all(), ["ID", "Name"]);
  },
};

const extraSpecsList: Command<CinderClient> = {
  name: "extra-specs-list",
  about: "List the volume types and what they ask for.",
  *run({ types }, _args, console) {
    printList(console, yield* types.all(), ["ID", "Name", "extra_specs"]);
  },
};

const create: Command<CinderClient> = {
  name: "type-create",
  about: "Make a volume type.",
  positionals: [one("name", "Its name.")],
  *run({ types }, args, console) {
    printList(console, [yield* types.create(args.exactText("name") ?? "")], ["ID", "Name"]);
  },
};

const remove = (version: ApiVersion): Command<CinderClient> => ({
  name: "type-delete",
  about: "Delete a volume type.",
  positionals: [one("id", version === "v1" ? "The type's name or ID." : "The type's ID.")],
  *run(cinder, args) {
    const given = args.exactText("id") ?? "";
    const id = version === "v1" ? (yield* findType(cinder, given)).id : given;
    yield* cinder.types.delete(id);
  },
});

const KEYS = keysAndValues("What is asked for; of what is unset the key will do.");

const key = (version: ApiVersion): Command<CinderClient> => ({
  name: "type-key",
  about: "Set or unset what a volume type asks for.",
  positionals: [
    one("vtype", "The type's name or ID."),
    setOrUnset,
    version === "v1" ? { ...KEYS, count: "any" } : KEYS,
  ],
  *run(cinder, args) {
    const { id } = yield* findType(cinder, args.exactText("vtype") ?? "");
    const specs = metadataOf(args);
    if (args.text("action") === "set") yield* cinder.types.setKeys(id, specs);
    else yield* cinder.types.unsetKeys(id, dictOrder(Object.keys(specs)));
  },
});

export const typeCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...[list, extraSpecsList, create, remove(version), key(version)],
];

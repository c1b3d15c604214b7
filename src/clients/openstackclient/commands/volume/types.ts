/**
 * `volume type create|delete|list|set|unset`, for administrators. Upstream:
 * openstackclient/volume/v1/type.py, 0.4.1; cinderclient/v1/volume_types.py, 1.1.1.
 */
import { KeyError, textOf } from "../../../../python/index.js";
import { found, idOf } from "../../find.js";
import {
  argument,
  dictText,
  lister,
  logged,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { propertiesIn, propertyKeyOption, propertyOption } from "../../properties.js";
import { volumeTypeLookup } from "./lookups.js";

const TYPE = [argument("volume_type", "Its name or id.")];

const create = shower(
  {
    name: "volume type create",
    about: "Make a volume type.",
    positionals: [argument("name", "Its name.")],
    options: [propertyOption("A property of it.")],
  },
  function* ({ volume: { types } }, args) {
    const { extra_specs, ...made } = yield* types.create(word(args, "name"));
    if (extra_specs === undefined) throw new KeyError("'extra_specs'");
    const properties = propertiesIn(args);
    if (properties === undefined) return made;
    const result = yield* types.setKeys(textOf(made, "id"), properties);
    return { ...made, properties: dictText(result) };
  },
);

const remove: OpenStackCommand = {
  name: "volume type delete",
  about: "Delete a volume type.",
  positionals: TYPE,
  *run({ volume }, args) {
    const id = yield* idOf(volumeTypeLookup(volume), word(args, "volume_type"));
    yield* volume.types.delete(id);
  },
};

const list = lister(
  { name: "volume type list", about: "List volume types.", options: [longOption] },
  function* ({ volume: { types } }, args) {
    const all = yield* types.all();
    if (!args.flag("long")) return rowsOf(all, ["ID", "Name"]);
    return rowsOf(all, ["ID", "Name", "Extra Specs"], ["ID", "Name", "Properties"], {
      "Extra Specs": dictText,
    });
  },
);

const set: OpenStackCommand = {
  name: "volume type set",
  about: "Give a volume type properties.",
  positionals: TYPE,
  options: [propertyOption("A property to have beside the others.")],
  *run({ volume }, args) {
    const type = yield* found(volumeTypeLookup(volume), word(args, "volume_type"));
    const properties = propertiesIn(args);
    if (properties !== undefined) yield* volume.types.setKeys(textOf(type, "id"), properties);
  },
};

const unset: OpenStackCommand = {
  name: "volume type unset",
  about: "Take properties from a volume type.",
  positionals: TYPE,
  options: [propertyKeyOption("A property to take away.")],
  *run({ volume }, args, console) {
    const id = yield* idOf(volumeTypeLookup(volume), word(args, "volume_type"));
    const keys = args.texts("property");
    if (keys.length > 0) yield* volume.types.unsetKeys(id, keys);
    else logged(console, "ERROR", "shell", "No changes requested\n");
  },
};

export const volumeTypeCommands: readonly OpenStackCommand[] = [create, remove, list, set, unset];

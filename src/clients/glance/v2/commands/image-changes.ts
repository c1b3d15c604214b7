/** `image-create` and `image-update`: what the schema has as options, and properties beside it. Upstream: glanceclient/v2/shell.py, 0.14.1. */
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { pairs } from "../../commands/options.js";
import { printImageV2 } from "../../print.js";
import type { ImagesV2Api } from "../images-api.js";
import { schemaFields, schemaOptions } from "../schema-options.js";
import { id } from "./options.js";

const property = valueOption(
  "--property",
  "<key=value>",
  "A property of it. May be given many times.",
  { many: true },
);

const FIXED = ["id", "locations", "tags"];

const UNPAIRED = "need more than 1 value to unpack";

function fieldsOf(args: Arguments, omit: readonly string[]): JsonObject {
  const own = Object.fromEntries(pairs(args.texts("property"), UNPAIRED));
  return { ...schemaFields(args, omit), ...own };
}

const create: Command<ImagesV2Api> = {
  name: "image-create",
  about: "Make an image, without data.",
  options: [...schemaOptions(), property],
  names(args) {
    const made = args.text("name");
    return made === undefined ? [] : [{ what: "image", name: made, makes: "one" }];
  },
  check: (args) => void fieldsOf(args, []),
  *run(glance, args, console) {
    yield* glance.schema("image");
    printImageV2(console, yield* glance.create(fieldsOf(args, [])));
  },
};

const update: Command<ImagesV2Api> = {
  name: "image-update",
  about: "Change an image.",
  positionals: [id],
  options: [
    ...schemaOptions(FIXED),
    property,
    valueOption("--remove-property", "key", "A property that goes. May be given many times.", {
      many: true,
    }),
  ],
  check: (args) => void fieldsOf(args, FIXED),
  *run(glance, args, console) {
    const { properties } = yield* glance.schema("image");
    const core: readonly string[] = Object.keys(isObject(properties) ? properties : {});
    const fields: Record<string, Json> = { ...fieldsOf(args, FIXED) };
    const removed = args.texts("remove_property");
    const image = args.exactText("id") ?? "";
    printImageV2(console, yield* glance.update(image, fields, removed, core));
  },
};

export const imageChangeCommands: readonly Command<ImagesV2Api>[] = [create, update];

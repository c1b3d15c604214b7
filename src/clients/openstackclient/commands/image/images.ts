/**
 * `image delete|list|save|set|show`, by version 1. What `save` fetches does not exist, so that there is nothing
 * to see of it. Upstream: openstackclient/image/v1/image.py, 0.4.1.
 */
import { isObject, textOf } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { found, idOf } from "../../find.js";
import {
  lister,
  logged,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { propertiesIn } from "../../properties.js";
import { imageLookup } from "./lookups.js";
import { IMAGE, minimums, pageSize, switches, switchesIn } from "./options.js";

const list = lister(
  { name: "image list", about: "List images.", options: [pageSize, longOption] },
  function* ({ image }, args) {
    const images = yield* image.list({ pageSize: args.exactText("page_size") });
    const more = ["Disk Format", "Container Format", "Size", "Status"];
    return rowsOf(images, ["ID", "Name", ...(args.flag("long") ? more : [])]);
  },
);

const show = shower({ name: "image show", about: "Show an image.", ...IMAGE }, ({ image }, args) =>
  found(imageLookup(image), word(args, "image")),
);

const remove: OpenStackCommand = {
  name: "image delete",
  about: "Delete an image.",
  ...IMAGE,
  *run({ image }, args) {
    yield* image.delete(yield* idOf(imageLookup(image), word(args, "image")));
  },
};

const save: OpenStackCommand = {
  name: "image save",
  about: "Fetch the data of an image.",
  ...IMAGE,
  options: [valueOption("--file", "<filename>", "Where to put it.")],
  *run({ image }, args) {
    yield* image.download(yield* idOf(imageLookup(image), word(args, "image")));
  },
};

const set = shower(
  {
    name: "image set",
    about: "Change an image.",
    ...IMAGE,
    options: [
      valueOption("--name", "<name>", "Its new name."),
      valueOption("--owner", "<project>", "The project whose it is to be."),
      ...minimums("<disk-ram>"),
      ...switches,
    ],
  },
  function* ({ image }, args, console) {
    const [name, owner] = [args.text("name"), args.text("owner")];
    const [disk, ram] = [args.number("min_disk") ?? 0, args.number("min_ram") ?? 0];
    const properties = propertiesIn(args, "properties");
    const changes = {
      ...(name !== undefined && { name }),
      ...(owner !== undefined && { owner }),
      ...(disk !== 0 && { min_disk: disk }),
      ...(ram !== 0 && { min_ram: ram }),
      ...(properties !== undefined && { properties }),
      ...switchesIn(args),
    };
    if (Object.keys(changes).length === 0) {
      logged(console, "WARNING", "image.v1.image.SetImage", "no arguments specified");
      return {};
    }
    const before = yield* found(imageLookup(image), word(args, "image"));
    const known = isObject(before["properties"]) ? before["properties"] : {};
    const merged = properties === undefined ? {} : { properties: { ...known, ...properties } };
    return yield* image.update(textOf(before, "id"), { ...changes, ...merged }, false);
  },
);

export const imageCommands: readonly OpenStackCommand[] = [list, show, remove, save, set];

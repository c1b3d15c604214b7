/**
 * `image-create` and `image-update`: metadata from options, and data from a file that is as large as
 * `--size` says, since there is no disk to look at. Upstream: glanceclient/v1/shell.py, 0.14.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { DataBody } from "../../../http/index.js";
import { repr, textOf, type Json } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import type { ImagesApi, Metadata } from "../images-api.js";
import { printImage } from "../print.js";
import { bool, humanReadable, image, imageName, pairs } from "./options.js";

const about: readonly OptionSpec[] = [
  valueOption("--disk-format", "<DISK_FORMAT>", "ami, ari, aki, vhd, vmdk, raw, qcow2, vdi, iso."),
  valueOption("--container-format", "<CONTAINER_FORMAT>", "ami, ari, aki, bare, ovf."),
  valueOption("--owner", "<TENANT_ID>", "The tenant whose it is."),
  valueOption("--size", "<SIZE>", "How many bytes its data has.", { type: int }),
  valueOption("--min-disk", "<DISK_GB>", "The least disk to boot it on, in GB.", { type: int }),
  valueOption("--min-ram", "<DISK_RAM>", "The least memory to boot it in, in MB.", { type: int }),
  valueOption("--location", "<IMAGE_URL>", "Where its data is already."),
  valueOption("--file", "<FILE>", "A file with its data; say with --size how large it is."),
  valueOption("--checksum", "<CHECKSUM>", "The MD5 of its data."),
  valueOption("--copy-from", "<IMAGE_URL>", "Where to fetch its data from."),
];

const flags: readonly OptionSpec[] = [
  valueOption("--is-public", "{True,False}", "Whether everybody may use it.", { type: bool }),
  valueOption("--is-protected", "{True,False}", "Whether it cannot be deleted.", { type: bool }),
  valueOption("--property", "<key=value>", "A property of it. May be given many times.", {
    many: true,
  }),
];

const printing = [
  humanReadable,
  flagOption("--progress", "Show a bar. There is no terminal to show it on."),
];

const name = valueOption("--name", "<NAME>", "What it is called.");

/** As the words of the command line say, in `fields`' order; what is not said is not in it. */
function metadataOf(args: Arguments): Record<string, Json> {
  const given: Record<string, Json | undefined> = {
    properties: Object.fromEntries(pairs(args.texts("property"), UNPAIRED)),
    name: args.exactText("name"),
    disk_format: args.exactText("disk_format"),
    container_format: args.exactText("container_format"),
    min_disk: args.number("min_disk"),
    min_ram: args.number("min_ram"),
    owner: args.exactText("owner"),
    size: args.number("size"),
    is_public: args.boolean("is_public"),
    protected: args.boolean("is_protected"),
    location: args.exactText("location"),
    checksum: args.exactText("checksum"),
    copy_from: args.exactText("copy_from"),
  };
  const said: Record<string, Json> = {};
  for (const [key, value] of Object.entries(given)) if (value !== undefined) said[key] = value;
  return said;
}

const UNPAIRED = "need more than 1 value to unpack";

/** The data that goes along, unless it is elsewhere. @throws CommandError if its size is unknown */
function dataOf(args: Arguments, { location, copy_from }: Metadata): DataBody | undefined {
  const file = args.text("file");
  if (location !== undefined || copy_from !== undefined || file === undefined) return undefined;
  const bytes = args.number("size");
  if (bytes !== undefined) return { $data: { bytes } };
  throw new CommandError(
    `[Errno 2] No such file or directory: ${repr(file)}. There is no disk here: say with --size how many bytes it has.`,
  );
}

const create: Command<ImagesApi> = {
  name: "image-create",
  about: "Make an image, with or without data.",
  options: [
    valueOption("--id", "<IMAGE_ID>", "The id that it is to have."),
    name,
    valueOption("--store", "<STORE>", "The store to put its data into."),
    ...about,
    { names: ["--public"], dest: "public", takes: "nothing", otherwise: false },
    ...flags,
    ...printing,
  ],
  names(args) {
    const made = args.text("name");
    return made === undefined ? [] : [{ what: "image", name: made, makes: "one" }];
  },
  check(args) {
    dataOf(args, metadataOf(args));
  },
  *run(glance, args, console) {
    const said = metadataOf(args);
    const [id, store] = [args.exactText("id"), args.exactText("store")];
    const fields = {
      ...said,
      is_public: said["is_public"] ?? null,
      ...(id !== undefined && { id }),
      ...(store !== undefined && { store }),
    };
    const made = yield* glance.create(fields, dataOf(args, fields));
    printImage(console, made, { human: args.flag("human_readable") });
  },
};

const update: Command<ImagesApi> = {
  name: "image-update",
  about: "Change an image, or give one its data that waits for it.",
  options: [
    name,
    ...about,
    ...flags,
    flagOption("--purge-props", "Properties that are not named go."),
    ...printing,
  ],
  positionals: [image],
  names: imageName,
  check: (args) => void metadataOf(args),
  *run(glance, args, console) {
    const found = yield* glance.find(args.exactText("image") ?? "");
    const fields = metadataOf(args);
    const data = found["status"] === "queued" ? dataOf(args, fields) : undefined;
    const id = textOf(found, "id");
    const changed = yield* glance.update(id, fields, args.flag("purge_props"), data);
    printImage(console, changed, { human: args.flag("human_readable") });
  },
};

export const imageChangeCommands: readonly Command<ImagesApi>[] = [create, update];

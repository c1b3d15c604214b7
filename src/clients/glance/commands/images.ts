/** `image-list`, `-show`, `-download`, `-delete`. Upstream: glanceclient/v1/shell.py, 0.14.1. */
import type { QueryValue } from "../../../http/index.js";
import { bytesRepr, parseInteger, repr, str, textOf, ValueError } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, flagOption, valueOption } from "../../openstack/options.js";
import { int, InvalidArgument, type OptionSpec } from "../../shell/parser/index.js";
import { ImagesHttpError } from "../errors.js";
import type { ImagesApi } from "../images-api.js";
import { humanSize, printImage, printList } from "../print.js";
import { bool, humanReadable, image, imageName, pairs } from "./options.js";

/** An option whose value is one of a few words. */
const choice = (name: string, about: string, choices: readonly string[]): OptionSpec =>
  valueOption(name, `{${choices.join(",")}}`, about, {
    otherwise: choices[0] ?? "",
    type(text) {
      if (choices.includes(text)) return text;
      const right = choices.map((one) => bytesRepr(one)).join(", ");
      throw new InvalidArgument(`invalid choice: ${repr(text)} (choose from ${right})`);
    },
  });

const SORT_KEYS = [
  ...["name", "status", "container_format", "disk_format", "size", "id", "created_at"],
  "updated_at",
];

const list: Command<ImagesApi> = {
  name: "image-list",
  about: "List the images that you can use.",
  options: [
    valueOption("--name", "<NAME>", "Images of this name."),
    valueOption("--status", "<STATUS>", "Images of this status."),
    valueOption("--container-format", "<CONTAINER_FORMAT>", "Images of this container format."),
    valueOption("--disk-format", "<DISK_FORMAT>", "Images of this disk format."),
    valueOption("--size-min", "<SIZE>", "Images of at least so many bytes.", { type: int }),
    valueOption("--size-max", "<SIZE>", "Images of at most so many bytes.", { type: int }),
    valueOption("--property-filter", "<KEY=VALUE>", "Images with this property.", {
      dest: "properties",
      many: true,
    }),
    valueOption("--page-size", "<SIZE>", "How many images to ask for at a time.", { type: int }),
    humanReadable,
    choice("--sort-key", "What to sort by.", SORT_KEYS),
    choice("--sort-dir", "In which direction.", ["asc", "desc"]),
    valueOption("--is-public", "{True,False}", "Images that are public, or are not.", {
      type: bool,
    }),
    valueOption("--owner", "<TENANT_ID>", "Images of this tenant, sorted out by the program."),
    flagOption("--all-tenants", "All images, whoever has them."),
  ],
  check: (args) => void pairs(args.texts("properties"), UNPAIRED),
  *run(glance, args, console) {
    const owner = args.exactText("owner");
    const images = yield* glance.list({
      filters: filtersOf(args, owner),
      pageSize: args.number("page_size"),
      owner,
    });
    const human = args.flag("human_readable");
    const shown = images.map((one) => ({
      ...one,
      ...(human && { size: humanSize(one["size"] ?? 0) }),
    }));
    const columns = ["ID", "Name", "Disk Format", "Container Format", "Size", "Status"];
    printList(console, shown, columns);
  },
};

const UNPAIRED = "dictionary update sequence element #0 has length 1; 2 is required";

function filtersOf(args: Arguments, owner: string | undefined): Record<string, QueryValue> {
  const filters: Record<string, QueryValue> = {
    sort_key: args.exactText("sort_key") ?? "",
    sort_dir: args.exactText("sort_dir") ?? "",
  };
  for (const key of ["name", "status", "container_format", "disk_format"]) {
    const value = args.exactText(key);
    if (value !== undefined) filters[key] = value;
  }
  for (const key of ["size_min", "size_max"]) {
    const value = args.number(key);
    if (value !== undefined) filters[key] = value;
  }
  const isPublic = args.boolean("is_public");
  if (isPublic !== undefined) filters["is_public"] = str(isPublic);
  if (owner !== undefined || args.flag("all_tenants")) filters["is_public"] = "None";
  for (const [key, value] of pairs(args.texts("properties"), UNPAIRED)) {
    filters[`property-${key}`] = value;
  }
  return filters;
}

const show: Command<ImagesApi> = {
  name: "image-show",
  about: "Show an image in full.",
  options: [
    humanReadable,
    valueOption("--max-column-width", "<integer>", "How wide a column may be.", {
      otherwise: "80",
    }),
  ],
  positionals: [image],
  names: imageName,
  *run(glance, args, console) {
    const found = yield* glance.find(args.exactText("image") ?? "");
    const shown = yield* glance.get(textOf(found, "id"));
    const text = args.exactText("max_column_width") ?? "";
    const width = parseInteger(text);
    if (width === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${repr(text)}`);
    }
    printImage(console, shown, { human: args.flag("human_readable"), width });
  },
};

const download: Command<ImagesApi> = {
  name: "image-download",
  about: "Fetch the data of an image. It does not exist, so that there is nothing to see of it.",
  options: [
    valueOption("--file", "<FILE>", "Where to put it."),
    flagOption("--progress", "Show a bar. There is no terminal to show it on."),
  ],
  positionals: [image],
  names: imageName,
  *run(glance, args) {
    yield* glance.download(textOf(yield* glance.find(args.exactText("image") ?? ""), "id"));
  },
};

const remove: Command<ImagesApi> = {
  name: "image-delete",
  about: "Delete images.",
  positionals: [
    { ...argument("images", "<IMAGE>", "Names or ids of images."), count: "some" as const },
  ],
  names: (args) => args.texts("images").map((name) => ({ what: "image", name })),
  *run(glance, args, console) {
    for (const name of args.texts("images")) {
      const found = yield* glance.find(name);
      if (glance.verbose) console.write(`Requesting image delete for ${name} ... `);
      try {
        yield* glance.delete(textOf(found, "id"));
        if (glance.verbose) console.print("[Done]");
      } catch (error) {
        if (!(error instanceof ImagesHttpError)) throw error;
        if (glance.verbose) console.print("[Fail]");
        for (const line of `${error.message}: Unable to delete image ${name}`.split("\n")) {
          console.print(line);
        }
      }
    }
  },
};

export const imageCommands: readonly Command<ImagesApi>[] = [list, show, download, remove];

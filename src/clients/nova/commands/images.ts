/** `image-list`, `image-show`, `image-delete`. Upstream: novaclient/v1_1/shell.py. */
import { caught } from "../../../kernel/index.js";
import { parseInteger, repr, ValueError, type Json } from "../../../python/index.js";
import type { Image, NovaClient, OnTheWire } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { cell, propertyTable, table } from "../../openstack/table.js";
import { findImage } from "../find.js";
import type { Console } from "../../shell/console.js";
import { one } from "./positionals.js";

const imageList: Command<NovaClient> = {
  name: "image-list",
  about: "List images to boot from.",
  options: [valueOption("--limit", "<limit>", "At most this many.")],
  *run(nova, args, console) {
    const text = args.text("limit");
    const limit = text === undefined ? undefined : parseInteger(text);
    if (text !== undefined && limit === undefined) {
      throw new ValueError(`invalid literal for int() with base 10: ${repr(text)}`);
    }
    const images = yield* nova.images(limit);
    const rows = images.map((image) => {
      const from = image.server?.id ?? "";
      return [cell(image, "id"), cell(image, "name"), cell(image, "status"), from];
    });
    console.write(table(["ID", "Name", "Status", "Server"], rows, 1));
  },
};

const show: Command<NovaClient> = {
  name: "image-show",
  about: "Show an image in full.",
  positionals: [one("image", "The image's name or ID.")],
  *run(nova, args, console) {
    printImage(yield* findImage(nova, args.text("image") ?? ""), console);
  },
};

/** `_print_image`. */
export function printImage(image: OnTheWire<Image>, console: Console): void {
  const { links: _links, server, metadata, ...info } = image;
  const shown: Record<string, Json> = { ...info };
  if (server !== undefined) shown["server"] = server.id;
  for (const [key, value] of Object.entries(metadata)) shown[`metadata ${key}`] = value;
  console.write(propertyTable(shown));
}

const remove: Command<NovaClient> = {
  name: "image-delete",
  about: "Delete images.",
  positionals: [{ ...one("image", "The images' names or IDs."), count: "some" }],
  *run(nova, args, console) {
    for (const image of args.texts("image")) {
      try {
        yield* nova.deleteImage((yield* findImage(nova, image)).id);
      } catch (thrown) {
        const error = yield* caught(thrown);
        console.print(`Delete for image ${image} failed: ${error.message}`);
      }
    }
  },
};

export const imageCommands: readonly Command<NovaClient>[] = [imageList, show, remove];

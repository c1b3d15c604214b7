/** `location-add`, `-delete`, `-update`: where the data of an image is. Upstream: glanceclient/v2/shell.py, 0.14.1. */
import { isObject, loads, ValueError, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { argument, valueOption } from "../../../openstack/options.js";
import { printImage } from "../../print.js";
import type { ImagesV2Api } from "../images-api.js";
import { refusal } from "./options.js";

const id = argument("id", "<ID>", "The id of an image.");

const url = valueOption("--url", "<URL>", "Where the data is.", { required: true });

const metadata = valueOption("--metadata", "<STRING>", "What is known of that place, as JSON.", {
  otherwise: "{}",
});

/** @throws Exit if it is none */
function metadataOf(args: Arguments): JsonObject {
  const malformed = "Metadata is not a valid JSON object.";
  try {
    const read = loads(args.exactText("metadata") ?? "{}");
    if (isObject(read)) return read;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  throw refusal(malformed);
}

const add: Command<ImagesV2Api> = {
  name: "location-add",
  about: "Say of a place that the data of an image is there.",
  positionals: [id],
  options: [url, metadata],
  check: (args) => void metadataOf(args),
  *run(glance, args, console) {
    const place = args.exactText("url") ?? "";
    const image = args.exactText("id") ?? "";
    printImage(console, yield* glance.addLocation(image, place, metadataOf(args)));
  },
};

const update: Command<ImagesV2Api> = {
  name: "location-update",
  about: "Say something else of a place of an image.",
  positionals: [id],
  options: [url, metadata],
  check: (args) => void metadataOf(args),
  *run(glance, args, console) {
    const place = args.exactText("url") ?? "";
    const image = args.exactText("id") ?? "";
    printImage(console, yield* glance.updateLocation(image, place, metadataOf(args)));
  },
};

const remove: Command<ImagesV2Api> = {
  name: "location-delete",
  about: "Take places from an image.",
  positionals: [id],
  options: [{ ...url, many: true }],
  *run(glance, args) {
    yield* glance.deleteLocations(args.exactText("id") ?? "", new Set(args.texts("url")));
  },
};

export const locationCommands: readonly Command<ImagesV2Api>[] = [add, update, remove];

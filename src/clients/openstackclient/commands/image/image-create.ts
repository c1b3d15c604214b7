/**
 * `image create`, which changes an image if there is one of the name. There is no disk here: `--size` says how
 * large the file is. That `--location` is not passed on, and that a volume is looked for at Glance, are
 * upstream's mistakes. Upstream: openstackclient/image/v1/image.py (CreateImage), 0.4.1;
 * glanceclient/v1/images.py (CREATE_PARAMS, UPDATE_PARAMS), 0.14.1.
 */
import { ClientException, CommandError } from "../../../../framework/apiclient/index.js";
import type { DataBody } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  Exception,
  isObject,
  KeyError,
  parseInteger,
  PythonTypeError,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ImagesApi } from "../../../glance/images-api.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import type { OpenStackClients } from "../../clients.js";
import { found, idOf } from "../../find.js";
import { argument, shower, word, type OpenStackCommand } from "../../output.js";
import { propertiesIn } from "../../properties.js";
import { volumeLookup } from "../volume/lookups.js";
import { imageLookup } from "./lookups.js";
import { minimums, switches, switchesIn } from "./options.js";

export const createImage: OpenStackCommand = shower(
  {
    name: "image create",
    about: "Make an image, with or without data.",
    positionals: [argument("name", "Its name.")],
    options: [
      valueOption("--id", "<id>", "The id that it is to have."),
      valueOption("--store", "<store>", "The store to put its data into."),
      valueOption("--container-format", "<container-format>", "Usually bare.", {
        otherwise: "bare",
      }),
      valueOption("--disk-format", "<disk-format>", "Usually raw.", { otherwise: "raw" }),
      valueOption("--owner", "<project>", "The project whose it is."),
      valueOption("--size", "<size>", "How many bytes its data has."),
      ...minimums("<ram-mb>"),
      valueOption("--location", "<image-url>", "Where its data is already."),
      valueOption("--copy-from", "<image-url>", "Where to fetch its data from."),
      valueOption("--file", "<file>", "A file with its data; say with --size how large it is."),
      valueOption("--volume", "<volume>", "A volume to make it of."),
      flagOption("--force", "Though the volume is in use."),
      valueOption("--checksum", "<checksum>", "The MD5 of its data."),
      ...switches,
    ],
    names: (args) => [{ what: "image", name: args.text("name") ?? "", makes: "one" }],
  },
  function* (clients, args) {
    const images = clients.image;
    const elsewhere = args.text("location") ?? args.text("copy_from");
    const volume = args.text("volume");
    if (elsewhere === undefined && volume !== undefined) {
      const id = yield* volumeAtGlance(clients, volume);
      yield* clients.volume.volumes.uploadToImage(id, {
        force: args.flag("force"),
        image_name: word(args, "name"),
        container_format: word(args, "container_format"),
        disk_format: word(args, "disk_format"),
      });
    }
    const data = elsewhere === undefined && volume === undefined ? dataOf(args) : undefined;
    const fields = fieldsOf(args);
    const before = yield* sameName(images, word(args, "name"));
    if (before === undefined) {
      if (volume !== undefined) {
        throw new Exception("local variable 'image' referenced before assignment");
      }
      refuse("create", fields, ["volume", "force"]);
      return yield* images.create(fields, data);
    }
    refuse("update", fields, ["id", "store", "volume", "force"]);
    const known = isObject(before["properties"]) ? before["properties"] : {};
    const properties = { ...known, ...propertiesIn(args, "properties") };
    const kept = Object.keys(known).length > 0 ? { properties } : {};
    return yield* images.update(textOf(before, "id"), { ...fields, ...kept }, false, data);
  },
);

/** Glance answers with its versions to what it does not know. @throws KeyError */
function* volumeAtGlance(clients: OpenStackClients, nameOrId: string): Op<string> {
  try {
    return yield* idOf(volumeLookup(clients.volume), nameOrId);
  } catch (error) {
    if (error instanceof ClientException && error.code === 300) throw new KeyError("'volumes'");
    throw error;
  }
}

/** @throws Exception if its size is unknown */
function dataOf(args: Arguments): DataBody | undefined {
  const file = args.text("file");
  if (file === undefined) return undefined;
  const bytes = parseInteger(args.text("size") ?? "");
  if (bytes !== undefined) return { $data: { bytes } };
  throw new Exception(
    `[Errno 2] No such file or directory: '${file}'. There is no disk here: say with --size how many bytes it has.`,
  );
}

const TEXTS = [
  ...["name", "id", "store", "container_format", "disk_format", "owner", "size"],
  ...["copy_from", "volume", "checksum"],
];

/** What was said, by the library's names. */
function fieldsOf(args: Arguments): JsonObject {
  const fields: Record<string, Json> = {};
  for (const name of TEXTS) {
    const text = args.text(name);
    if (text !== undefined) fields[name] = text;
  }
  for (const name of ["min_disk", "min_ram"]) {
    const number = args.number(name) ?? 0;
    if (number !== 0) fields[name] = number;
  }
  const properties = propertiesIn(args, "properties");
  return {
    ...fields,
    ...(args.flag("force") && { force: true }),
    ...(properties !== undefined && { properties }),
    ...switchesIn(args),
  };
}

/** The library knows no such argument. @throws PythonTypeError */
function refuse(method: string, fields: JsonObject, unknown: readonly string[]): void {
  const name = unknown.find((field) => fields[field] !== undefined);
  if (name === undefined) return;
  throw new PythonTypeError(`${method}() got an unexpected keyword argument '${name}'`);
}

/** The image of that name; undefined as well if there are several, which does not matter then. */
function* sameName(images: ImagesApi, name: string): Op<JsonObject | undefined> {
  try {
    return yield* found(imageLookup(images), name);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

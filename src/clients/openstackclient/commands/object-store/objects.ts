/**
 * `object create|delete|list|show`. There is no disk here to upload from: `--size`, which upstream does
 * not have, says how large the file is, and without it there is no such file. Upstream:
 * openstackclient/object/v1/object.py, lib/object.py, 0.4.1.
 */
import { Exception, type Json } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { int } from "../../../shell/parser/index.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { listingOf, objectListingOptions } from "./listing-options.js";

const CONTAINER = argument("container", "The container that it is in.");
const OBJECT = { ...argument("object", "Its name."), metavar: "<object-name>" };

const create = shower(
  {
    name: "object create",
    about: "Put a file into a container.",
    positionals: [CONTAINER, { ...OBJECT, about: "The file, whose name it gets." }],
    options: [{ ...valueOption("--size", "<size>", "How many bytes the file has."), type: int }],
  },
  function* ({ objectStore }, args) {
    const [container, object] = [word(args, "container"), word(args, "object")];
    const bytes = args.number("size");
    if (bytes === undefined) {
      throw new Exception(
        `[Errno 2] No such file or directory: '${object}'. There is no disk here: say with --size how many bytes it has.`,
      );
    }
    const { headers } = yield* objectStore.put(`${container}/${object}`, { $data: { bytes } });
    return {
      ...{ account: objectStore.account, container, object },
      "x-trans-id": headers["x-trans-id"] ?? null,
      etag: headers["etag"] ?? null,
    };
  },
);

const remove: OpenStackCommand = {
  name: "object delete",
  about: "Delete an object.",
  positionals: [CONTAINER, OBJECT],
  *run({ objectStore }, args) {
    yield* objectStore.delete(`${word(args, "container")}/${word(args, "object")}`);
  },
};

const list = lister(
  {
    name: "object list",
    about: "List the objects of a container.",
    positionals: [{ ...CONTAINER, metavar: "<container-name>" }],
    options: [
      ...objectListingOptions,
      longOption,
      flagOption("--all", "More than one answer has."),
    ],
  },
  function* ({ objectStore }, args) {
    const more = args.flag("long") ? ["Bytes", "Hash", "Content Type", "Last Modified"] : [];
    const container = word(args, "container");
    const found = yield* objectStore.list(container, listingOf(args), args.flag("all"));
    return rowsOf(found, ["Name", ...more]);
  },
);

/** Headers that are shown under their own name, and before the others. */
const OWN = ["content-length", "last-modified", "etag", "x-object-manifest"];
const LEFT_OUT = ["content-type", "date", "x-container-meta-owner", ...OWN];

const show = shower(
  {
    name: "object show",
    about: "Show an object.",
    positionals: [CONTAINER, { ...OBJECT, metavar: "<object>" }],
  },
  function* ({ objectStore }, args) {
    const [container, object] = [word(args, "container"), word(args, "object")];
    const { headers } = yield* objectStore.head(`${container}/${object}`);
    const data: Record<string, Json> = {
      account: headers["x-container-meta-owner"] ?? null,
      container,
      object,
      "content-type": headers["content-type"] ?? null,
    };
    for (const name of OWN) if (headers[name] !== undefined) data[name] = headers[name];
    for (const [name, value] of Object.entries(headers)) {
      const [, meta] = /^x-object-meta-(.*)$/su.exec(name) ?? [];
      if (meta !== undefined) data[meta] = value;
      else if (!LEFT_OUT.includes(name)) data[name] = value;
    }
    return data;
  },
);

export const objectCommands: readonly OpenStackCommand[] = [create, remove, list, show];

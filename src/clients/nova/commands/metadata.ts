/**
 * What is meant by `key=value` words, and commands that set or delete it. Upstream:
 * novaclient/v1_1/shell.py (_extract_metadata, do_meta, do_image_meta, do_flavor_key).
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { dictOrder, type Json } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import type { Arguments } from "../../openstack/arguments.js";
import { findFlavor, findImage, findServer } from "../find.js";
import { metadataArguments, one } from "./positionals.js";

/** Without an equals sign, a key alone; its value is None. */
export function metadataOf(args: Arguments): Record<string, Json> {
  const pairs = args.texts("metadata").map((word): [string, Json] => {
    const equals = word.indexOf("=");
    return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}

/** A command `name KIND set|delete key=value ...`. */
function metadataCommand(
  {
    name,
    kind,
    undo,
    about,
  }: { name: string; kind: string; undo: "delete" | "unset"; about: string },
  set: (nova: NovaClient, thing: string, metadata: Record<string, Json>) => Op<void>,
  unset: (nova: NovaClient, thing: string, metadata: Record<string, Json>) => Op<void>,
): Command<NovaClient> {
  return {
    name,
    about,
    positionals: [
      one(kind, `The ${kind}'s name or ID.`),
      ...metadataArguments(undo, "What is set; of what is taken away the key will do."),
    ],
    *run(nova, args) {
      const act = args.text("action") === "set" ? set : unset;
      yield* act(nova, args.text(kind) ?? "", metadataOf(args));
    },
  };
}

const meta = metadataCommand(
  { name: "meta", kind: "server", undo: "delete", about: "Set or delete a server's metadata." },
  function* (nova, server, metadata) {
    yield* nova.setServerMeta((yield* findServer(nova, server)).id, metadata);
  },
  function* (nova, server, metadata) {
    const keys = Object.keys(metadata).sort().reverse();
    yield* nova.deleteServerMeta((yield* findServer(nova, server)).id, keys);
  },
);

const imageMeta = metadataCommand(
  {
    name: "image-meta",
    kind: "image",
    undo: "delete",
    about: "Set or delete an image's metadata.",
  },
  function* (nova, image, metadata) {
    yield* nova.setImageMeta((yield* findImage(nova, image)).id, metadata);
  },
  function* (nova, image, metadata) {
    const keys = dictOrder(Object.keys(metadata));
    yield* nova.deleteImageMeta((yield* findImage(nova, image)).id, keys);
  },
);

/** What a key of an extra spec may be made of; upstream checks before it asks. */
const VALID_KEY = /^[\w.\-: ]+$/u;

const flavorKey = metadataCommand(
  {
    name: "flavor-key",
    kind: "flavor",
    undo: "unset",
    about: "Set or unset a flavor's extra specs.",
  },
  function* (nova, flavor, metadata) {
    const { id } = yield* findFlavor(nova, flavor);
    for (const key of dictOrder(Object.keys(metadata))) {
      if (VALID_KEY.test(key)) continue;
      throw new CommandError(
        `Invalid key: "${key}". Keys may only contain letters, numbers, spaces, underscores, periods, colons and hyphens.`,
      );
    }
    yield* nova.setExtraSpecs(id, metadata);
  },
  function* (nova, flavor, metadata) {
    const keys = dictOrder(Object.keys(metadata));
    yield* nova.unsetExtraSpecs((yield* findFlavor(nova, flavor)).id, keys);
  },
);

export const metadataCommands: readonly Command<NovaClient>[] = [meta, imageMeta, flavorKey];

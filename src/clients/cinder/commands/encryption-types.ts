/** How volumes of a type are encrypted. Upstream: cinderclient/v{1,2}/shell.py (do_encryption_type_*), 1.1.1. */
import type { JsonObject } from "../../../python/index.js";
import { isResource, type CinderClient } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import type { Console } from "../../shell/console.js";
import { int, oneOf } from "../../shell/parser/index.js";
import { findType } from "../find.js";
import { printList } from "../print.js";

const COLUMNS = ["Volume Type ID", "Provider", "Cipher", "Key Size", "Control Location"];

/** What has no type is no encryption. */
function print(console: Console, found: readonly JsonObject[]): void {
  printList(
    console,
    found.filter((encryption) => "volume_type_id" in encryption),
    COLUMNS,
  );
}

/** Type by type. */
const list: Command<CinderClient> = {
  name: "encryption-type-list",
  about: "List how volume types are encrypted.",
  *run({ types, encryptionTypes }, _args, console) {
    const found: JsonObject[] = [];
    for (const { id } of (yield* types.all()).filter(isResource)) {
      found.push(yield* encryptionTypes.get(id));
    }
    print(console, found);
  },
};

const TYPE = argument("volume_type", "<volume_type>", "The type's name or ID.");
const typeIn = (cinder: CinderClient, args: Arguments) =>
  findType(cinder, args.exactText("volume_type") ?? "");

const show: Command<CinderClient> = {
  name: "encryption-type-show",
  about: "Show how a volume type is encrypted.",
  positionals: [TYPE],
  *run(cinder, args, console) {
    const { id } = yield* typeIn(cinder, args);
    print(console, [yield* cinder.encryptionTypes.get(id)]);
  },
};

const create: Command<CinderClient> = {
  name: "encryption-type-create",
  about: "Say how a volume type is encrypted.",
  positionals: [TYPE, argument("provider", "<provider>", "The class that does it.")],
  options: [
    valueOption("--cipher", "<cipher>", "The algorithm: aes-xts-plain64."),
    { ...valueOption("--key_size", "<key_size>", "How many bits the key has."), type: int },
    valueOption("--control_location", "<control_location>", "front-end (Nova), if left out.", {
      type: oneOf(["front-end", "back-end"]),
      otherwise: "front-end",
    }),
  ],
  *run(cinder, args, console) {
    const { id } = yield* typeIn(cinder, args);
    const made = yield* cinder.encryptionTypes.create(id, {
      provider: args.exactText("provider") ?? null,
      cipher: args.exactText("cipher") ?? null,
      key_size: args.number("key_size") ?? null,
      control_location: args.exactText("control_location") ?? null,
    });
    printList(console, [made], COLUMNS);
  },
};

const remove: Command<CinderClient> = {
  name: "encryption-type-delete",
  about: "Encrypt a volume type no longer.",
  positionals: [TYPE],
  *run(cinder, args) {
    const { id } = yield* typeIn(cinder, args);
    yield* cinder.encryptionTypes.delete(id);
  },
};

export const encryptionCommands: readonly Command<CinderClient>[] = [
  ...[list, show, create, remove],
];

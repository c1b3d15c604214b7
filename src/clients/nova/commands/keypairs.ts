/** `keypair-add`, `-delete`, `-list`, `-show`. Upstream: novaclient/v1_1/shell.py. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { str, textOf } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import { listing, propertyTable } from "../../openstack/table.js";
import { findKeypair } from "../find.js";
import { one } from "./positionals.js";

const add: Command<NovaClient> = {
  name: "keypair-add",
  about: "Make a keypair; the private key is printed once.",
  positionals: [one("name", "What it is to be called.")],
  options: withTwin(valueOption("--pub-key", "<pub-key>", "A file with a public key.")),
  check(args) {
    // The user of a simulated cloud has no disk; a request with the key in it does the same.
    const file = args.text("pub_key");
    if (file === undefined) return;
    throw new CommandError(
      `Can't open or read '${file}': [Errno 2] No such file or directory: '${file}'`,
    );
  },
  *run({ keypairs }, args, console) {
    add.check?.(args);
    const keypair = yield* keypairs.add(args.text("name") ?? "");
    console.print(textOf(keypair, "private_key"));
  },
};

const remove: Command<NovaClient> = {
  name: "keypair-delete",
  about: "Delete a keypair. Servers keep the key that they were given.",
  positionals: [one("name", "The keypair's name.")],
  *run(nova, args) {
    const keypair = yield* findKeypair(nova, args.text("name") ?? "");
    yield* nova.keypairs.delete(textOf(keypair, "name"));
  },
};

const list: Command<NovaClient> = {
  name: "keypair-list",
  about: "List your keypairs.",
  *run({ keypairs }, _args, console) {
    console.write(listing(yield* keypairs.all(), ["Name", "Fingerprint"]));
  },
};

const show: Command<NovaClient> = {
  name: "keypair-show",
  about: "Show a keypair in full.",
  positionals: [one("keypair", "The keypair's name.")],
  *run(nova, args, console) {
    const { public_key = null, ...info } = yield* findKeypair(nova, args.text("keypair") ?? "");
    console.write(propertyTable(info));
    console.print(`Public key: ${str(public_key)}`);
  },
};

export const keypairCommands: readonly Command<NovaClient>[] = [add, remove, list, show];

/**
 * `keypair create|delete|list|show`. There is no disk here that a public key could come from. Upstream:
 * openstackclient/compute/v2/keypair.py, 0.4.1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { KeyError, textOf, type JsonObject } from "../../../../python/index.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { found } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { keypairLookup } from "./lookups.js";

const NAME = [argument("name", "Its name.")];

const create = shower(
  {
    name: "keypair create",
    about: "Make a keypair; the private key is printed once.",
    positionals: NAME,
    options: [valueOption("--public-key", "<file>", "A file with a public key.")],
  },
  function* ({ compute }, args, console) {
    const file = args.text("public_key");
    if (file !== undefined) {
      throw new CommandError(
        `Key file ${file} not found: [Errno 2] No such file or directory: '${file}'`,
      );
    }
    const keypair = yield* compute.keypairs.add(word(args, "name"));
    console.write(textOf(keypair, "private_key"));
    return {};
  },
);

const remove: OpenStackCommand = {
  name: "keypair delete",
  about: "Delete a keypair. Servers keep the key that they were given.",
  positionals: NAME,
  *run({ compute }, args) {
    yield* compute.keypairs.delete(word(args, "name"));
  },
};

const list = lister({ name: "keypair list", about: "List keypairs." }, function* ({ compute }) {
  return rowsOf(yield* compute.keypairs.all(), ["Name", "Fingerprint"]);
});

const show = shower(
  {
    name: "keypair show",
    about: "Show a keypair, or its public key alone.",
    positionals: NAME,
    options: [flagOption("--public-key", "The public key, and nothing else.")],
  },
  function* ({ compute }, args, console) {
    const keypair: JsonObject = yield* found(keypairLookup(compute), word(args, "name"));
    const { public_key, ...others } = keypair;
    if (public_key === undefined) throw new KeyError("'public_key'");
    if (!args.flag("public_key")) return others;
    console.write(textOf(keypair, "public_key"));
    return {};
  },
);

export const keypairCommands: readonly OpenStackCommand[] = [create, remove, list, show];

/** Offers of volumes. Upstream: cinderclient/v{1,2}/shell.py (do_transfer_*), 1.1.1. */
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Command } from "../../openstack/command.js";
import { argument } from "../../openstack/options.js";
import { nameIn, nameOption, one } from "../arguments.js";
import { findTransfer, findVolume } from "../find.js";
import { printInfo, printList } from "../print.js";

const TRANSFER = one("transfer", "The offer's name or ID.");

const create = (version: ApiVersion): Command<CinderClient> => ({
  name: "transfer-create",
  about: "Offer a volume to whoever is told the key.",
  positionals: [one("volume", "The volume's name or ID.")],
  options: nameOption(version, "The name of the offer."),
  *run(cinder, args, console) {
    const { id } = yield* findVolume(cinder, args.exactText("volume") ?? "");
    printInfo(console, yield* cinder.transfers.create(id, nameIn(args)));
  },
});

const remove: Command<CinderClient> = {
  name: "transfer-delete",
  about: "Take an offer back.",
  positionals: [TRANSFER],
  *run(cinder, args) {
    const { id } = yield* findTransfer(cinder, args.exactText("transfer") ?? "");
    yield* cinder.transfers.delete(id);
  },
};

const accept: Command<CinderClient> = {
  name: "transfer-accept",
  about: "Take a volume that is on offer.",
  positionals: [
    one("transfer", "The offer's ID."),
    argument("auth_key", "<auth_key>", "The key that was told with it."),
  ],
  *run({ transfers }, args, console) {
    const [id, key] = [args.exactText("transfer") ?? "", args.exactText("auth_key") ?? ""];
    printInfo(console, yield* transfers.accept(id, key));
  },
};

const list: Command<CinderClient> = {
  name: "transfer-list",
  about: "List the offers.",
  *run({ transfers }, _args, console) {
    printList(console, yield* transfers.all(), ["ID", "Volume ID", "Name"]);
  },
};

const show: Command<CinderClient> = {
  name: "transfer-show",
  about: "Show an offer in full.",
  positionals: [TRANSFER],
  *run(cinder, args, console) {
    printInfo(console, yield* findTransfer(cinder, args.exactText("transfer") ?? ""));
  },
};

export const transferCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...[create(version), remove, accept, list, show],
];

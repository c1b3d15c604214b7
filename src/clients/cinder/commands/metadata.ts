/**
 * What users say of volumes and snapshots. What replaces all of it prints the answer as it is: one
 * property, `metadata`. Upstream: cinderclient/v{1,2}/shell.py (do_metadata*, do_snapshot_metadata*), 1.1.1.
 */
import type { Op } from "../../../kernel/index.js";
import { dictOrder, isObject, type JsonObject } from "../../../python/index.js";
import type { CinderClient, Resource } from "../../../services/cinder/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { keysAndValues, metadataOf, one, setOrUnset } from "../arguments.js";
import { findSnapshot, findVolume } from "../find.js";
import { printProperties } from "../print.js";

const VOLUME = one("volume", "The volume's name or ID.");
const SNAPSHOT = one("snapshot", "The snapshot's name or ID.");
const CHANGED = keysAndValues("What is set; of what is unset the key will do.");
const ALL = keysAndValues("What is to be there, and nothing else.");

const volumeIn = (cinder: CinderClient, args: Arguments): Op<Resource> =>
  findVolume(cinder, args.exactText("volume") ?? "");
const snapshotIn = (cinder: CinderClient, args: Arguments): Op<Resource> =>
  findSnapshot(cinder, args.exactText("snapshot") ?? "");

const metadata: Command<CinderClient> = {
  name: "metadata",
  about: "Set or unset a volume's metadata.",
  positionals: [VOLUME, setOrUnset, CHANGED],
  *run(cinder, args) {
    const { id } = yield* volumeIn(cinder, args);
    const said = metadataOf(args);
    if (args.text("action") === "set") yield* cinder.volumes.setMetadata(id, said);
    else yield* cinder.volumes.deleteMetadata(id, Object.keys(said).sort().reverse());
  },
};

/** What was set is printed. */
const snapshotMetadata: Command<CinderClient> = {
  name: "snapshot-metadata",
  about: "Set or unset a snapshot's metadata.",
  positionals: [SNAPSHOT, setOrUnset, CHANGED],
  *run(cinder, args, console) {
    const { id } = yield* snapshotIn(cinder, args);
    const said = metadataOf(args);
    if (args.text("action") === "set") {
      printProperties(console, yield* cinder.snapshots.setMetadata(id, said));
    } else yield* cinder.snapshots.deleteMetadata(id, dictOrder(Object.keys(said)));
  },
};

const its = ({ metadata: said }: JsonObject): JsonObject => (isObject(said) ? said : {});

const metadataShow: Command<CinderClient> = {
  name: "metadata-show",
  about: "Show a volume's metadata.",
  positionals: [VOLUME],
  *run(cinder, args, console) {
    printProperties(console, its(yield* volumeIn(cinder, args)), "Metadata-property");
  },
};

const snapshotMetadataShow: Command<CinderClient> = {
  name: "snapshot-metadata-show",
  about: "Show a snapshot's metadata.",
  positionals: [SNAPSHOT],
  *run(cinder, args, console) {
    printProperties(console, its(yield* snapshotIn(cinder, args)), "Metadata-property");
  },
};

const metadataUpdateAll: Command<CinderClient> = {
  name: "metadata-update-all",
  about: "Replace a volume's metadata.",
  positionals: [VOLUME, ALL],
  *run(cinder, args, console) {
    const { id } = yield* volumeIn(cinder, args);
    const all = yield* cinder.volumes.updateAllMetadata(id, metadataOf(args));
    printProperties(console, { metadata: all });
  },
};

const snapshotMetadataUpdateAll: Command<CinderClient> = {
  name: "snapshot-metadata-update-all",
  about: "Replace a snapshot's metadata.",
  positionals: [SNAPSHOT, ALL],
  *run(cinder, args, console) {
    const { id } = yield* snapshotIn(cinder, args);
    const all = yield* cinder.snapshots.updateAllMetadata(id, metadataOf(args));
    printProperties(console, { metadata: all });
  },
};

export const metadataCommands: readonly Command<CinderClient>[] = [
  ...[metadata, metadataShow, metadataUpdateAll],
  ...[snapshotMetadata, snapshotMetadataShow, snapshotMetadataUpdateAll],
];

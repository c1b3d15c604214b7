/** Commands about snapshots. Upstream: cinderclient/v{1,2}/shell.py (do_snapshot_*), 1.1.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught } from "../../../kernel/index.js";
import type { ApiVersion, CinderClient } from "../../../services/cinder/client/index.js";
import type { Command } from "../../openstack/command.js";
import { twinOf, valueOption } from "../../openstack/options.js";
import {
  allTenants,
  descriptionIn,
  descriptionOptions,
  nameFilter,
  nameHeader,
  nameIn,
  nameOptions,
  ofAllTenants,
  one,
  some,
} from "../arguments.js";
import { findSnapshot, findVolume } from "../find.js";
import { printList, printProperties } from "../print.js";
import { renaming } from "./renaming.js";

const VOLUME_ID = valueOption("--volume-id", "<volume-id>", "Only those of this volume.");

/** What a name is called that version 2 of the API does not know. */
const DISPLAY_NAME = valueOption("--display_name", "", undefined);

const list = (version: ApiVersion): Command<CinderClient> => ({
  name: "snapshot-list",
  about: "List the snapshots.",
  options: [
    ...allTenants,
    ...nameFilter(version),
    valueOption("--status", "<status>", "Only those of this status."),
    VOLUME_ID,
    ...(version === "v2" ? [DISPLAY_NAME, twinOf(VOLUME_ID)] : []),
  ],
  *run({ snapshots }, args, console) {
    const found = yield* snapshots.all({
      all_tenants: ofAllTenants(args),
      display_name: nameIn(args),
      status: args.text("status") ?? null,
      volume_id: args.text("volume_id") ?? null,
    });
    printList(console, found, ["ID", "Volume ID", "Status", nameHeader(version), "Size"]);
  },
});

const show: Command<CinderClient> = {
  name: "snapshot-show",
  about: "Show a snapshot in full.",
  positionals: [one("snapshot", "The snapshot's name or ID.")],
  *run(cinder, args, console) {
    printProperties(console, yield* findSnapshot(cinder, args.exactText("snapshot") ?? ""));
  },
};

const create = (version: ApiVersion): Command<CinderClient> => ({
  name: "snapshot-create",
  about: "Make a snapshot of a volume.",
  positionals: [one("volume", "The volume's name or ID.")],
  options: [
    valueOption("--force", "<True|False>", "Though the volume is attached to a server."),
    ...nameOptions(version),
    ...descriptionOptions(version),
  ],
  *run(cinder, args, console) {
    const { id } = yield* findVolume(cinder, args.exactText("volume") ?? "");
    const made = yield* cinder.snapshots.create({
      volume_id: id,
      force: args.exactText("force") ?? false,
      name: nameIn(args),
      description: descriptionIn(args),
    });
    printProperties(console, made);
  },
});

/** Fails only if it fails for all. */
const remove: Command<CinderClient> = {
  name: "snapshot-delete",
  about: "Delete snapshots.",
  positionals: [some("snapshot", "The snapshots' names or IDs.")],
  *run(cinder, args, console) {
    const names = args.texts("snapshot");
    let failures = 0;
    for (const snapshot of names) {
      try {
        yield* cinder.snapshots.delete((yield* findSnapshot(cinder, snapshot)).id);
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        failures++;
        console.print(`Delete for snapshot ${snapshot} failed: ${message}`);
      }
    }
    if (failures === names.length) {
      throw new CommandError("Unable to delete any of the specified snapshots.");
    }
  },
};

const rename = (version: ApiVersion): Command<CinderClient> =>
  renaming(version, {
    name: "snapshot-rename",
    kind: "snapshot",
    *rename(cinder, snapshot, changes) {
      yield* cinder.snapshots.update((yield* findSnapshot(cinder, snapshot)).id, changes);
    },
  });

/** Fails only if it fails for all; of one alone, with the reason. */
const resetState = (version: ApiVersion): Command<CinderClient> => ({
  name: "snapshot-reset-state",
  about: "Say what state snapshots are in.",
  positionals: [some("snapshot", "The snapshots' names or IDs.")],
  options: [
    valueOption("--state", "<state>", "available, if left out.", { otherwise: "available" }),
  ],
  *run(cinder, args, console) {
    const names = args.texts("snapshot");
    const failures: string[] = [];
    for (const snapshot of names) {
      try {
        const { id } = yield* findSnapshot(cinder, snapshot);
        yield* cinder.snapshots.resetState(id, args.exactText("state") ?? "");
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        const line = `Reset state for snapshot ${snapshot} failed: ${message}`;
        failures.push(line);
        if (names.length > 1) console.print(line);
      }
    }
    if (failures.length < names.length) return;
    throw new CommandError(
      names.length === 1
        ? (failures[0] ?? "")
        : `Unable to reset the state for any of ${THE[version]} specified snapshots.`,
    );
  },
});

/** Version 1 stammers. */
const THE = { v1: "the the", v2: "the" };

export const snapshotCommands = (version: ApiVersion): readonly Command<CinderClient>[] => [
  ...[list(version), show, create(version), remove, rename(version), resetState(version)],
];

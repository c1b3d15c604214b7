/** Commands about snapshots. Upstream: cinderclient/v1/shell.py (do_snapshot_*), 1.1.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught } from "../../../kernel/index.js";
import type { CinderClient } from "../../../services/cinder/client/index.js";
import type { Command } from "../../openstack/command.js";
import { valueOption, withTwin } from "../../openstack/options.js";
import {
  allTenants,
  displayDescription,
  displayName,
  ofAllTenants,
  one,
  some,
} from "../arguments.js";
import { findSnapshot, findVolume } from "../find.js";
import { printList, printProperties } from "../print.js";
import { renaming } from "./renaming.js";

const list: Command<CinderClient> = {
  name: "snapshot-list",
  about: "List the snapshots.",
  options: [
    ...allTenants,
    valueOption("--display-name", "<display-name>", "Only those of this name."),
    valueOption("--status", "<status>", "Only those of this status."),
    valueOption("--volume-id", "<volume-id>", "Only those of this volume."),
  ],
  *run({ snapshots }, args, console) {
    const found = yield* snapshots.all({
      all_tenants: ofAllTenants(args),
      display_name: args.text("display_name") ?? null,
      status: args.text("status") ?? null,
      volume_id: args.text("volume_id") ?? null,
    });
    printList(console, found, ["ID", "Volume ID", "Status", "Display Name", "Size"]);
  },
};

const show: Command<CinderClient> = {
  name: "snapshot-show",
  about: "Show a snapshot in full.",
  positionals: [one("snapshot", "The snapshot's name or ID.")],
  *run(cinder, args, console) {
    printProperties(console, yield* findSnapshot(cinder, args.exactText("snapshot") ?? ""));
  },
};

const create: Command<CinderClient> = {
  name: "snapshot-create",
  about: "Make a snapshot of a volume.",
  positionals: [one("volume", "The volume's name or ID.")],
  options: [
    valueOption("--force", "<True|False>", "Though the volume is attached to a server."),
    ...withTwin(displayName),
    ...withTwin(displayDescription),
  ],
  *run(cinder, args, console) {
    const { id } = yield* findVolume(cinder, args.exactText("volume") ?? "");
    const made = yield* cinder.snapshots.create({
      volume_id: id,
      force: args.exactText("force") ?? false,
      name: args.exactText("display_name") ?? null,
      description: args.exactText("display_description") ?? null,
    });
    printProperties(console, made);
  },
};

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

const rename = renaming("snapshot-rename", "snapshot", function* (cinder, snapshot, changes) {
  yield* cinder.snapshots.update((yield* findSnapshot(cinder, snapshot)).id, changes);
});

/** Fails only if it fails for all; of one alone, with the reason. */
const resetState: Command<CinderClient> = {
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
        : "Unable to reset the state for any of the the specified snapshots.",
    );
  },
};

export const snapshotCommands: readonly Command<CinderClient>[] = [
  ...[list, show, create, remove, rename, resetState],
];

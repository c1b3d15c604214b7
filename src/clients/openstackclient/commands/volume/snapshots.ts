/** `snapshot create|delete|list|set|show`. Upstream: openstackclient/volume/v1/snapshot.py, 0.4.1. */
import { flagOption, valueOption } from "../../../openstack/options.js";
import { found, idOf } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { snapshotLookup, volumeLookup } from "./lookups.js";

const SNAPSHOT = [argument("snapshot", "Its name or id.")];

const create = shower(
  {
    name: "snapshot create",
    about: "Make a snapshot of a volume.",
    positionals: [argument("volume", "The volume's name or id.")],
    options: [
      { ...valueOption("--name", "<name>", "Its name."), required: true },
      valueOption("--description", "<description>", "What it is for."),
      flagOption("--force", "Though the volume is in use."),
    ],
  },
  function* ({ volume: cinder }, args) {
    return yield* cinder.snapshots.create({
      volume_id: yield* idOf(volumeLookup(cinder), word(args, "volume")),
      force: args.flag("force"),
      name: word(args, "name"),
      description: args.exactText("description") ?? null,
    });
  },
);

const remove: OpenStackCommand = {
  name: "snapshot delete",
  about: "Delete a snapshot.",
  positionals: SNAPSHOT,
  *run({ volume: cinder }, args) {
    yield* cinder.snapshots.delete(yield* idOf(snapshotLookup(cinder), word(args, "snapshot")));
  },
};

const list = lister(
  { name: "snapshot list", about: "List snapshots." },
  function* ({ volume: cinder }) {
    const columns = ["ID", "Display Name", "Display Description", "Status", "Size"];
    return rowsOf(yield* cinder.snapshots.all(), columns);
  },
);

const set: OpenStackCommand = {
  name: "snapshot set",
  about: "Change a snapshot.",
  positionals: SNAPSHOT,
  options: [
    valueOption("--name", "<new-snapshot-name>", "Its new name."),
    valueOption("--description", "<new-snapshot-description>", "What it is for."),
  ],
  *run({ volume: cinder }, args, console) {
    const id = yield* idOf(snapshotLookup(cinder), word(args, "snapshot"));
    const [name, description] = [args.text("name"), args.text("description")];
    if (name === undefined && description === undefined) {
      console.write("Snapshot not updated, no arguments present");
      return;
    }
    yield* cinder.snapshots.update(id, {
      ...(name !== undefined && { display_name: name }),
      ...(description !== undefined && { display_description: description }),
    });
  },
};

const show = shower(
  { name: "snapshot show", about: "Show a snapshot.", positionals: SNAPSHOT },
  ({ volume: cinder }, args) => found(snapshotLookup(cinder), word(args, "snapshot")),
);

export const snapshotCommands: readonly OpenStackCommand[] = [create, remove, list, set, show];

/**
 * `volume-list`, `-show`, `-create`, `-delete`, and the same of snapshots and types. They ask Cinder, at
 * the endpoint of type `volume`. Upstream: novaclient/v1_1/shell.py (do_volume_*).
 */
import { caught } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption, withTwin } from "../../../openstack/options.js";
import { listing, propertyTable } from "../../../openstack/table.js";
import { int } from "../../../shell/parser/index.js";
import { findSnapshot, findVolume } from "../../find.js";
import { one } from "../positionals.js";

/** `utils.service_type('volume')`. */
const asksCinder = (command: Command<NovaClient>): Command<NovaClient> => ({
  ...command,
  serviceType: "volume",
});

const VOLUME_COLUMNS = ["ID", "Status", "Display Name", "Size", "Volume Type", "Attached to"];

const list: Command<NovaClient> = {
  name: "volume-list",
  about: "List the volumes.",
  options: withTwin({
    ...valueOption("--all-tenants", "<0|1>", "Those of all projects (administrators only)."),
    type: int,
    takes: "optional",
    env: ["ALL_TENANTS"],
    alone: 1,
    otherwise: 0,
  }),
  *run({ volumes }, args, console) {
    const found = yield* volumes.all((args.number("all_tenants") ?? 0) !== 0);
    console.write(listing(found.map(withServers), VOLUME_COLUMNS));
  },
};

/** `attached_to`: the servers, with commas between them. */
function withServers(volume: JsonObject): JsonObject {
  const { attachments = null } = volume;
  const all = Array.isArray(attachments) ? (attachments as readonly Json[]).filter(isObject) : [];
  const servers = all.map(({ server_id = null }) => str(server_id));
  return { ...volume, attached_to: servers.join(",") };
}

const show: Command<NovaClient> = {
  name: "volume-show",
  about: "Show a volume in full.",
  positionals: [one("volume", "The volume's name or ID.")],
  *run(nova, args, console) {
    console.write(propertyTable(yield* findVolume(nova, args.text("volume") ?? "")));
  },
};

const named = (what: string) => [
  ...withTwin(valueOption("--display-name", "<display-name>", `The name of the ${what}.`)),
  ...withTwin(
    valueOption("--display-description", "<display-description>", `What the ${what} is for.`),
  ),
];

const create: Command<NovaClient> = {
  name: "volume-create",
  about: "Make a volume.",
  positionals: [{ ...one("size", "How large it is to be, in GB."), type: int }],
  options: [
    ...withTwin(valueOption("--snapshot-id", "<snapshot-id>", "The snapshot to make it of.")),
    valueOption("--image-id", "<image-id>", "The image to make it of."),
    ...named("volume"),
    ...withTwin(valueOption("--volume-type", "<volume-type>", "Its type.")),
    valueOption("--availability-zone", "<availability-zone>", "The zone that it is to be in."),
  ],
  *run({ volumes }, args, console) {
    const made = yield* volumes.make({
      size: args.number("size") ?? null,
      snapshot_id: args.text("snapshot_id") ?? null,
      ...namesIn(args),
      volume_type: args.text("volume_type") ?? null,
      availability_zone: args.text("availability_zone") ?? null,
      imageRef: args.text("image_id") ?? null,
    });
    console.write(propertyTable(made));
  },
};

const namesIn = (args: Arguments): JsonObject => ({
  display_name: args.text("display_name") ?? null,
  display_description: args.text("display_description") ?? null,
});

/** One that cannot be deleted is no failure of the command's. */
const remove: Command<NovaClient> = {
  name: "volume-delete",
  about: "Delete volumes.",
  positionals: [{ ...one("volume", "The volumes' names or IDs."), count: "some" }],
  *run(nova, args, console) {
    for (const name of args.texts("volume")) {
      try {
        yield* nova.volumes.delete(textOf(yield* findVolume(nova, name), "id"));
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        console.print(`Delete for volume ${name} failed: ${message}`);
      }
    }
  },
};

const SNAPSHOT_COLUMNS = ["ID", "Volume ID", "Status", "Display Name", "Size"];

const snapshotList: Command<NovaClient> = {
  name: "volume-snapshot-list",
  about: "List the snapshots of volumes.",
  *run({ volumes }, _args, console) {
    console.write(listing(yield* volumes.snapshots(), SNAPSHOT_COLUMNS));
  },
};

const snapshotShow: Command<NovaClient> = {
  name: "volume-snapshot-show",
  about: "Show a snapshot in full.",
  positionals: [one("snapshot", "The snapshot's name or ID.")],
  *run(nova, args, console) {
    console.write(propertyTable(yield* findSnapshot(nova, args.text("snapshot") ?? "")));
  },
};

const snapshotCreate: Command<NovaClient> = {
  name: "volume-snapshot-create",
  about: "Make a snapshot of a volume.",
  positionals: [{ ...one("volume_id", "The volume's ID."), metavar: "<volume-id>" }],
  options: [
    valueOption("--force", "<True|False>", "Though the volume is attached to a server."),
    ...named("snapshot"),
  ],
  *run({ volumes }, args, console) {
    const made = yield* volumes.makeSnapshot({
      volume_id: args.text("volume_id") ?? null,
      force: args.text("force") ?? false,
      ...namesIn(args),
    });
    console.write(propertyTable(made));
  },
};

const snapshotDelete: Command<NovaClient> = {
  name: "volume-snapshot-delete",
  about: "Delete a snapshot.",
  positionals: [one("snapshot", "The snapshot's name or ID.")],
  *run(nova, args) {
    const snapshot = yield* findSnapshot(nova, args.text("snapshot") ?? "");
    yield* nova.volumes.deleteSnapshot(textOf(snapshot, "id"));
  },
};

const typeList: Command<NovaClient> = {
  name: "volume-type-list",
  about: "List the types of volumes.",
  *run({ volumes }, _args, console) {
    console.write(listing(yield* volumes.types(), ["ID", "Name"]));
  },
};

const typeCreate: Command<NovaClient> = {
  name: "volume-type-create",
  about: "Make a type of volumes.",
  positionals: [one("name", "What it is to be called.")],
  *run({ volumes }, args, console) {
    const made = yield* volumes.makeType(args.text("name") ?? "");
    console.write(listing([made], ["ID", "Name"]));
  },
};

const typeDelete: Command<NovaClient> = {
  name: "volume-type-delete",
  about: "Delete a type of volumes.",
  positionals: [one("id", "The type's ID.")],
  *run({ volumes }, args) {
    yield* volumes.deleteType(args.text("id") ?? "");
  },
};

export const volumeCommands: readonly Command<NovaClient>[] = [
  list,
  show,
  create,
  remove,
  snapshotList,
  snapshotShow,
  snapshotCreate,
  snapshotDelete,
  typeList,
  typeCreate,
  typeDelete,
].map(asksCinder);

/** `volume-attach`, `volume-update`, `volume-detach`. Upstream: novaclient/v1_1/shell.py. */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { argument } from "../../../openstack/options.js";
import { propertyTable } from "../../../openstack/table.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");

const attach: Command<NovaClient> = {
  name: "volume-attach",
  about: "Attach a volume to a server.",
  positionals: [
    SERVER,
    one("volume", "The volume's ID."),
    {
      ...one("device", 'Name of the device, as /dev/vdb; "auto" is the same as none.'),
      count: "optional",
    },
  ],
  *run(nova, args, console) {
    const device = args.text("device");
    const server = yield* findServer(nova, args.text("server") ?? "");
    const name = device === undefined || device === "auto" ? null : device;
    const made = yield* nova.volumes.attach(server.id, args.text("volume") ?? "", name);
    console.write(propertyTable(made));
  },
};

const detach: Command<NovaClient> = {
  name: "volume-detach",
  about: "Detach a volume from a server.",
  positionals: [SERVER, argument("attachment_id", "<volume>", "The volume's ID.")],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.volumes.detach(server.id, args.text("attachment_id") ?? "");
  },
};

const update: Command<NovaClient> = {
  name: "volume-update",
  about: "Let a disk of a server go on as another volume.",
  positionals: [
    SERVER,
    argument("attachment_id", "<attachment>", "The ID of the attachment: its volume's."),
    argument("new_volume", "<volume>", "The ID of the volume that it is to be."),
  ],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const [old, fresh] = [args.text("attachment_id") ?? "", args.text("new_volume") ?? ""];
    yield* nova.volumes.swap(server.id, old, fresh);
  },
};

export const attachmentCommands: readonly Command<NovaClient>[] = [attach, update, detach];

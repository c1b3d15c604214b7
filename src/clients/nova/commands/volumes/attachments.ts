/** `volume-attach`, `volume-detach`. Upstream: novaclient/v1_1/shell.py. */
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

export const attachmentCommands: readonly Command<NovaClient>[] = [attach, detach];

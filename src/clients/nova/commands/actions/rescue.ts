/** `nova rescue`, which prints the password. Upstream: novaclient/v1_1/shell.py (do_rescue), 2.20.0. */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { propertyTable } from "../../../openstack/table.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

export const rescue: Command<NovaClient> = {
  name: "rescue",
  about: "Boot a server from the image that it was made of, to put right what is on its own disk.",
  positionals: [one("server", "The server's name or ID.")],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    console.write(propertyTable(yield* nova.serverActions.rescue(server.id)));
  },
};

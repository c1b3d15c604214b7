/**
 * `get-password`, `clear-password`, `refresh-network`. What a guest's password was encrypted for is not decrypted: there
 * is no file with a private key here. Upstream: novaclient/v1_1/shell.py, 2.20.0.
 */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");

const getPassword: Command<NovaClient> = {
  name: "get-password",
  about: "Print the password that a server has posted, encrypted.",
  positionals: [SERVER],
  *run(nova, args, console) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    console.print(yield* nova.serverActions.password(id));
  },
};

const clearPassword: Command<NovaClient> = {
  name: "clear-password",
  about: "Forget the password that a server has posted.",
  positionals: [SERVER],
  *run(nova, args) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.serverActions.clearPassword(id);
  },
};

const refreshNetwork: Command<NovaClient> = {
  name: "refresh-network",
  about: "Have Nova read a server's network anew (administrators only).",
  positionals: [SERVER],
  *run(nova, args) {
    const { id: server_uuid } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.createServerExternalEvents([{ server_uuid, name: "network-changed" }]);
  },
};

export const guestPartCommands: readonly Command<NovaClient>[] = [
  getPassword,
  clearPassword,
  refreshNetwork,
];

/**
 * `get-password`, `clear-password`, `refresh-network`. What a guest's password was encrypted for is not decrypted: the
 * client would run openssl, which is not here. Upstream: novaclient/v1_1/shell.py:2073, crypto.py, 2.20.0.
 */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");

/** What Popen raises, in front of what it was to decrypt (novaclient/v1_1/servers.py, get_password). */
const NO_OPENSSL = "[Errno 2] No such file or directory";

const getPassword: Command<NovaClient> = {
  name: "get-password",
  about: "Print the password that a server has posted, encrypted.",
  positionals: [
    SERVER,
    {
      dest: "private_key",
      metavar: "<private-key>",
      count: "optional",
      about: "A file with the key that decrypts it.",
    },
  ],
  *run(nova, args, console) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    const password = yield* nova.serverActions.password(id);
    const key = args.text("private_key");
    const decrypts = key !== undefined && key !== "" && password !== "";
    console.print(decrypts ? `${NO_OPENSSL}Failed to decrypt:\n${password}` : password);
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

/** `nova reboot`, soft unless it is to be hard. Upstream: novaclient/v1_1/shell.py (do_reboot), 2.20.0. */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { flagOption } from "../../../openstack/options.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";
import { pollForStatus } from "./poll.js";

export const reboot: Command<NovaClient> = {
  name: "reboot",
  about: "Restart a server.",
  options: [
    flagOption("--hard", "Switch it off and on; without it, the guest is asked to restart."),
    flagOption("--poll", "Wait until it is active again."),
  ],
  positionals: [one("server", "The server's name or ID.")],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const type = args.flag("hard") ? "HARD" : "SOFT";
    yield* nova.action(server.id, "reboot", { type });
    if (!args.flag("poll")) return;
    const polled = { action: "rebooting", until: ["active"], showProgress: false };
    yield* pollForStatus(nova, server.id, console, polled);
  },
};

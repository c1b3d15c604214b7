/**
 * What is to be seen of a guest: its consoles, what it wrote to one, what was counted of it. Upstream:
 * novaclient/v1_1/shell.py (do_get_vnc_console ..., do_console_log, do_diagnostics), 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing, propertyTable } from "../../../openstack/table.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";

const SERVER = one("server", "The server's name or ID.");

const console = (kind: string, action: string, types: string): Command<NovaClient> => ({
  name: `get-${kind}-console`,
  about: `Get a ${kind} console to a server.`,
  positionals: [
    SERVER,
    { dest: "console_type", metavar: "<console-type>", count: "one", about: types },
  ],
  *run(nova, args, out) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const type = args.text("console_type") ?? "";
    const shown = yield* nova.serverActions.console(server.id, action, type);
    out.write(listing([shown], ["Type", "Url"]));
  },
});

const serial: Command<NovaClient> = {
  name: "get-serial-console",
  about: "Get a serial console to a server.",
  options: [
    valueOption("--console_type", "CONSOLE_TYPE", "The type of console; there is only serial."),
  ],
  positionals: [SERVER],
  *run(nova, args, out) {
    const type = args.text("console_type") ?? "serial";
    if (type !== "serial") {
      throw new CommandError(
        "Invalid parameter value for 'console_type', currently supported 'serial'.",
      );
    }
    const server = yield* findServer(nova, args.text("server") ?? "");
    const shown = yield* nova.serverActions.console(server.id, "os-getSerialConsole", type);
    out.write(listing([shown], ["Type", "Url"]));
  },
};

const consoleLog: Command<NovaClient> = {
  name: "console-log",
  about: "Print what a server has written to its console.",
  options: [valueOption("--length", "<length>", "Only so many lines of its end.")],
  positionals: [SERVER],
  *run(nova, args, out) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const length = args.text("length") ?? null;
    out.print(yield* nova.serverActions.consoleOutput(server.id, length));
  },
};

const diagnostics: Command<NovaClient> = {
  name: "diagnostics",
  about: "Show what is counted of a server (administrators only).",
  positionals: [SERVER],
  *run(nova, args, out) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    out.write(propertyTable(yield* nova.serverActions.diagnostics(server.id)));
  },
};

export const consoleCommands: readonly Command<NovaClient>[] = [
  console("vnc", "os-getVNCConsole", "novnc or xvpvnc."),
  console("spice", "os-getSPICEConsole", "spice-html5."),
  console("rdp", "os-getRDPConsole", "rdp-html5."),
  serial,
  consoleLog,
  diagnostics,
];

/**
 * `show`, `delete`, `shelve`, `unshelve`, `lock` ...: commands about servers that are there.
 * Upstream: novaclient/v1_1/shell.py; transcripts §T3.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { pformat } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption } from "../../openstack/options.js";
import { listing, propertyTable } from "../../openstack/table.js";
import type { PositionalSpec } from "../../shell/parser/index.js";
import { findServer } from "../find.js";
import { reboot } from "./actions/reboot.js";
import { rebuild } from "./actions/rebuild.js";
import { rescue } from "./actions/rescue.js";
import { one } from "./positionals.js";
import { printServer } from "./show-server.js";

const SERVER: PositionalSpec = {
  dest: "server",
  metavar: "<server>",
  count: "one",
  about: "The server's name or ID.",
};

/** A command that asks for an action and prints nothing: the work goes on without it. */
const acting = (name: string, action: string, about: string): Command<NovaClient> => ({
  name,
  about,
  positionals: [SERVER],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(server.id, action);
  },
});

const show: Command<NovaClient> = {
  name: "show",
  about: "Show a server in full.",
  options: [flagOption("--minimal", "Leave out the look-ups of flavor and image.")],
  positionals: [SERVER],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* printServer(nova, server, console, args.flag("minimal"));
  },
};

const remove: Command<NovaClient> = {
  name: "delete",
  about: "Shut servers down and delete them at once.",
  positionals: [{ ...SERVER, count: "some", about: "The servers' names or IDs." }],
  *run(nova, args, console) {
    let failed = false;
    for (const name of args.texts("server")) {
      try {
        yield* deleteOne(nova, name);
        console.print(`Request to delete server ${name} has been accepted.`);
      } catch (thrown) {
        const error = yield* caught(thrown);
        failed = true;
        console.print(error.message);
      }
    }
    if (failed) throw new CommandError("Unable to delete the specified server(s).");
  },
};

function* deleteOne(nova: NovaClient, name: string): Op<void> {
  const server = yield* findServer(nova, name);
  yield* nova.deleteServer(server.id);
}

const rename: Command<NovaClient> = {
  name: "rename",
  about: "Give a server another name.",
  positionals: [
    { ...SERVER, about: "The server's old name or its ID." },
    one("name", "Its new name."),
  ],
  names: (args) => [{ what: "server", name: args.text("name") ?? "", makes: "one" }],
  *run(nova, args) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.updateServer(server.id, { name: args.text("name") ?? "" });
  },
};

const resetState: Command<NovaClient> = {
  name: "reset-state",
  about: "Write another state into the database (administrators only). Nothing else happens.",
  positionals: [{ ...SERVER, count: "some", about: "The servers' names or IDs." }],
  options: [flagOption("--active", "The state active; without it, error.")],
  *run(nova, args, console) {
    const state = args.flag("active") ? "active" : "error";
    let failed = false;
    for (const name of args.texts("server")) {
      try {
        const server = yield* findServer(nova, name);
        yield* nova.action(server.id, "os-resetState", { state });
      } catch (thrown) {
        const error = yield* caught(thrown);
        failed = true;
        console.print(`Reset state for server ${name} failed: ${error.message}`);
      }
    }
    if (failed) {
      throw new CommandError("Unable to reset the state for the specified server(s).");
    }
  },
};

const actionList: Command<NovaClient> = {
  name: "instance-action-list",
  about: "List what has been done with a server.",
  positionals: [SERVER],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const actions = yield* nova.instanceActions(server.id);
    console.write(listing(actions, ["Action", "Request_ID", "Message", "Start_Time"], 3));
  },
};

const actionShow: Command<NovaClient> = {
  name: "instance-action",
  about: "Show one thing that has been done with a server; for administrators with its events.",
  positionals: [SERVER, one("request_id", "The ID of the request that asked for it.")],
  *run(nova, args, console) {
    const server = yield* findServer(nova, args.text("server") ?? "");
    const action = yield* nova.instanceAction(server.id, args.text("request_id") ?? "");
    const { events } = action;
    console.write(
      propertyTable(events === undefined ? action : { ...action, events: pformat(events) }),
    );
  },
};

export const serverCommands: readonly Command<NovaClient>[] = [
  show,
  remove,
  rename,
  resetState,
  actionList,
  actionShow,
  {
    ...acting("shelve", "shelve", "Shelve a server: keep a snapshot of it and set it aside."),
    names: (args) => [
      { what: "image", name: `${args.text("server") ?? ""}-shelved`, makes: "one" },
    ],
  },
  acting("shelve-offload", "shelveOffload", "Take a shelved server off its compute host."),
  acting("unshelve", "unshelve", "Bring a shelved server back."),
  acting("pause", "pause", "Have a server stand still, in memory."),
  acting("unpause", "unpause", "Have a paused server go on."),
  acting("suspend", "suspend", "Put a server by, on disk."),
  acting("resume", "resume", "Bring a suspended server back."),
  reboot,
  rebuild,
  rescue,
  acting("unrescue", "unrescue", "Boot a server from its own disk again."),
  acting("reset-network", "resetNetwork", "Have a server's agent set up its network anew."),
  acting(
    "force-delete",
    "forceDelete",
    "Delete a server whatever it is doing, also one that waits for it.",
  ),
  acting("restore", "restore", "Bring back a server that was deleted for a while."),
  acting("lock", "lock", "Lock a server against actions of users who are no admins."),
  acting("unlock", "unlock", "Unlock a server."),
  acting("stop", "os-stop", "Stop a server."),
  acting("start", "os-start", "Start a server."),
];

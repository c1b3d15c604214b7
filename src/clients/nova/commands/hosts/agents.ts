/** `agent-list`, `-create`, `-modify`, `-delete`, for administrators. Upstream: novaclient/v1_1/shell.py, 2.20.0. */
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing, propertyTable } from "../../../openstack/table.js";
import { one } from "../positionals.js";

const ID = one("id", "The ID of the build.");
const VERSION = one("version", "The version.");
const URL = one("url", "Where it is fetched from.");
const MD5 = one("md5hash", "Its MD5 hash.");

const list: Command<NovaClient> = {
  name: "agent-list",
  about: "List builds of agents for guests.",
  options: [valueOption("--hypervisor", "<hypervisor>", "Those for this kind of hypervisor.")],
  *run({ agents }, args, console) {
    const headers = ["Agent_id", "Hypervisor", "OS", "Architecture", "Version", "Md5hash", "Url"];
    console.write(listing(yield* agents.all(args.text("hypervisor")), headers));
  },
};

const create: Command<NovaClient> = {
  name: "agent-create",
  about: "Tell of a build of an agent.",
  positionals: [
    one("os", "The operating system."),
    one("architecture", "The architecture."),
    VERSION,
    URL,
    MD5,
    // Upstream has a default for it, which an argument that must be there never takes.
    one("hypervisor", "The kind of hypervisor."),
  ],
  *run({ agents }, args, console) {
    const made = yield* agents.make({
      ...buildOf(args),
      os: args.text("os") ?? "",
      architecture: args.text("architecture") ?? "",
      hypervisor: args.text("hypervisor") ?? "",
    });
    console.write(propertyTable(made));
  },
};

const modify: Command<NovaClient> = {
  name: "agent-modify",
  about: "Change what is told of a build.",
  positionals: [ID, VERSION, URL, MD5],
  *run({ agents }, args, console) {
    console.write(propertyTable(yield* agents.change(args.text("id") ?? "", buildOf(args))));
  },
};

const remove: Command<NovaClient> = {
  name: "agent-delete",
  about: "Forget a build.",
  positionals: [ID],
  *run({ agents }, args) {
    yield* agents.delete(args.text("id") ?? "");
  },
};

const buildOf = (args: Arguments) => ({
  version: args.text("version") ?? "",
  url: args.text("url") ?? "",
  md5hash: args.text("md5hash") ?? "",
});

export const agentCommands: readonly Command<NovaClient>[] = [list, create, modify, remove];

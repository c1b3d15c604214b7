/** `server-group-list`, `-create`, `-get`, `-delete`. Upstream: novaclient/v1_1/shell.py, 2.20.0. */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { caught } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { one } from "../positionals.js";

const printed = (groups: readonly JsonObject[]): string =>
  listing(groups, ["Id", "Name", "Policies", "Members", "Metadata"]);

const list: Command<NovaClient> = {
  name: "server-group-list",
  about: "List server groups.",
  *run({ serverGroups }, _args, console) {
    console.write(printed(yield* serverGroups.all()));
  },
};

const create: Command<NovaClient> = {
  name: "server-group-create",
  about: "Make a server group.",
  positionals: [
    one("name", "What it is called."),
    { ...one("policy", "affinity or anti-affinity."), count: "any" },
  ],
  // As it was typed before Juno, which no help tells of.
  options: [
    valueOption("--policy", "<policy>", undefined, {
      ...{ dest: "old_policy", many: true, otherwise: [] },
    }),
  ],
  *run({ serverGroups }, args, console) {
    const words = args.texts("policy");
    const policies = words.length > 0 ? words : args.texts("old_policy");
    if (policies.length === 0) throw new CommandError("at least one policy must be specified");
    console.write(printed([yield* serverGroups.make(args.text("name") ?? "", policies)]));
  },
};

const get: Command<NovaClient> = {
  name: "server-group-get",
  about: "Show a server group.",
  positionals: [one("id", "The group's ID.")],
  *run({ serverGroups }, args, console) {
    console.write(printed([yield* serverGroups.one(args.text("id") ?? "")]));
  },
};

const remove: Command<NovaClient> = {
  name: "server-group-delete",
  about: "Delete server groups; their servers stay.",
  positionals: [{ ...one("id", "The groups' IDs."), count: "some" }],
  *run({ serverGroups }, args, console) {
    const ids = args.texts("id");
    let failed = 0;
    for (const id of ids) {
      try {
        yield* serverGroups.delete(id);
        console.print(`Server group ${id} has been successfully deleted.`);
      } catch (thrown) {
        const { message } = yield* caught(thrown);
        failed += 1;
        console.print(`Delete for server group ${id} failed: ${message}`);
      }
    }
    if (failed === ids.length) {
      throw new CommandError("Unable to delete any of the specified server groups.");
    }
  },
};

export const serverGroupCommands: readonly Command<NovaClient>[] = [list, create, get, remove];

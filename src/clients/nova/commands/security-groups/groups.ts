/**
 * `secgroup-list`, `-create`, `-update`, `-delete`, and the groups of a server: `list-secgroup`, `add-secgroup`,
 * `remove-secgroup`. Upstream: novaclient/v1_1/shell.py, 2.20.0.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { twinOf } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { int, type OptionSpec } from "../../../shell/parser/index.js";
import { findServer } from "../../find.js";
import { one } from "../positionals.js";
import { findGroup } from "./find-group.js";

const HEADERS = ["Id", "Name", "Description"];
const GROUP = one("secgroup", "The group's ID or name.");
const NAME = one("name", "What it is called.");
const DESCRIPTION = one("description", "What it is for.");
const SERVER = one("server", "The server's name or ID.");

const shown = (groups: readonly JsonObject[]): string => listing(groups, HEADERS);

const allTenants: OptionSpec = {
  names: ["--all-tenants"],
  dest: "all_tenants",
  takes: "optional",
  metavar: "<0|1>",
  type: int,
  alone: 1,
  otherwise: 0,
  about: "Groups of every tenant (administrators only).",
};

const groupList: Command<NovaClient> = {
  name: "secgroup-list",
  about: "List security groups.",
  options: [allTenants, twinOf(allTenants)],
  *run({ securityGroups }, args, console) {
    const all = args.number("all_tenants") ?? 0;
    const headers = ["Id", "Name", "Description", ...(all === 0 ? [] : ["Tenant_ID"])];
    console.write(listing(yield* securityGroups.all(all), headers));
  },
};

const create: Command<NovaClient> = {
  name: "secgroup-create",
  about: "Make a security group.",
  positionals: [NAME, DESCRIPTION],
  *run({ securityGroups }, args, console) {
    const [name, description] = [args.text("name") ?? "", args.text("description") ?? ""];
    console.write(shown([yield* securityGroups.make(name, description)]));
  },
};

const update: Command<NovaClient> = {
  name: "secgroup-update",
  about: "Give a security group another name and description.",
  positionals: [GROUP, NAME, DESCRIPTION],
  *run(nova, args, console) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    const [name, description] = [args.text("name") ?? "", args.text("description") ?? ""];
    const changed = nova.securityGroups.change(textOf(group, "id"), name, description);
    console.write(shown([yield* changed]));
  },
};

const remove: Command<NovaClient> = {
  name: "secgroup-delete",
  about: "Delete a security group.",
  positionals: [GROUP],
  *run(nova, args, console) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    yield* nova.securityGroups.delete(textOf(group, "id"));
    console.write(shown([group]));
  },
};

const ofServer: Command<NovaClient> = {
  name: "list-secgroup",
  about: "List the security groups of a server.",
  positionals: [SERVER],
  *run(nova, args, console) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    console.write(shown(yield* nova.securityGroups.ofServer(id)));
  },
};

const acting = (name: string, action: string, about: string): Command<NovaClient> => ({
  name,
  about,
  positionals: [SERVER, one("secgroup", "The group's name.")],
  *run(nova, args) {
    const { id } = yield* findServer(nova, args.text("server") ?? "");
    yield* nova.action(id, action, { name: args.text("secgroup") ?? "" });
  },
});

export const securityGroupCommands: readonly Command<NovaClient>[] = [
  groupList,
  create,
  update,
  remove,
  ofServer,
  acting("add-secgroup", "addSecurityGroup", "Give a server a security group more."),
  acting("remove-secgroup", "removeSecurityGroup", "Take a security group off a server."),
];

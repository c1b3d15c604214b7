/** `neutron security-group-*` without its rules. Upstream: neutronclient/neutron/v2_0/securitygroup.py, 2.3.9. */
import { done, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { valueOption } from "../../openstack/options.js";
import {
  createCommand,
  deleteCommand,
  showCommand,
  updateCommand,
  type NeutronCommand,
} from "../command.js";
import { listCommand } from "../list-command.js";
import { SECURITY_GROUP } from "../resource.js";

const description = valueOption("--description", "DESCRIPTION", "What it is for.");

/** The members of `names` that are not empty. */
function said(args: Arguments, ...names: readonly string[]): JsonObject {
  const members = names.map((name) => [name, args.text(name)] as const);
  return Object.fromEntries(
    members.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

export const securityGroupCommands: readonly NeutronCommand[] = [
  listCommand("security-group-list", SECURITY_GROUP, { columns: ["id", "name", "description"] }),
  showCommand("security-group-show", SECURITY_GROUP),
  createCommand("security-group-create", SECURITY_GROUP, {
    options: [description],
    positionals: [{ dest: "name", metavar: "NAME", count: "one", about: "Its name." }],
    body: ({ args }): Op<JsonObject> =>
      done({ name: args.exactText("name") ?? "", ...said(args, "description", "tenant_id") }),
  }),
  deleteCommand("security-group-delete", SECURITY_GROUP),
  updateCommand("security-group-update", SECURITY_GROUP, {
    options: [valueOption("--name", "NAME", "Its name."), description],
    body: ({ args }) => done(said(args, "name", "description")),
  }),
];

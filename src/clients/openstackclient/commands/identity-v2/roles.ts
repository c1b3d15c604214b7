/**
 * `role add|create|delete|list|remove|show` and `user role list`, by version 2.0. Upstream:
 * openstackclient/identity/v2_0/role.py, 0.4.1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import { ROLES, TENANTS, USERS, type IdentityApi } from "../../../keystone/identity-api.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { valueOption } from "../../../openstack/options.js";
import { found, idOf } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { deleteOf, showOf } from "./common.js";
import { lookupV2 } from "./lookups.js";

const ASSIGNMENT = {
  positionals: [argument("role", "Its name or id.")],
  options: [
    { ...valueOption("--project", "<project>", "In this project."), required: true },
    { ...valueOption("--user", "<user>", "Of this user."), required: true },
  ],
};

/** The role that is meant, and where it is put or taken from. */
function* assignment(
  identity: IdentityApi,
  args: Arguments,
): Op<{ role: JsonObject; path: string }> {
  const role = yield* found(lookupV2(identity, ROLES), word(args, "role"));
  const project = yield* idOf(lookupV2(identity, TENANTS), word(args, "project"));
  const user = yield* idOf(lookupV2(identity, USERS), word(args, "user"));
  const path = `/tenants/${project}/users/${user}/roles/OS-KSADM/${textOf(role, "id")}`;
  return { role, path };
}

const add = shower(
  { name: "role add", about: "Give a user a role in a project.", ...ASSIGNMENT },
  function* ({ identity }, args) {
    const { role, path } = yield* assignment(identity, args);
    yield* identity.change("PUT", path);
    return role;
  },
);

const remove: OpenStackCommand = {
  name: "role remove",
  about: "Take a role in a project from a user.",
  ...ASSIGNMENT,
  *run({ identity }, args) {
    const { path } = yield* assignment(identity, args);
    yield* identity.change("DELETE", path);
  },
};

const create = shower(
  {
    name: "role create",
    about: "Make a role.",
    positionals: [{ ...argument("role_name", "Its name."), metavar: "<role-name>" }],
  },
  ({ identity }, args) => identity.create(ROLES, { name: word(args, "role_name") }),
);

const list = lister({ name: "role list", about: "List roles." }, function* ({ identity }) {
  return rowsOf(yield* identity.list(ROLES), ["ID", "Name"]);
});

const ofUser = lister(
  {
    name: "user role list",
    about: "List the roles of a user in a project.",
    positionals: [{ ...argument("user", "Its name or id."), count: "optional" }],
    options: [valueOption("--project", "<project>", "In this project.")],
  },
  function* ({ identity, login }, args) {
    const projectName = args.text("project") ?? login?.projectId;
    if (projectName === undefined) throw new CommandError("Project must be specified");
    const userName = args.text("user") ?? login?.userId;
    if (userName === undefined) throw new CommandError("User must be specified");
    const project = yield* found(lookupV2(identity, TENANTS), projectName);
    const user = yield* found(lookupV2(identity, USERS), userName);
    const path = `/tenants/${textOf(project, "id")}/users/${textOf(user, "id")}/roles`;
    const all = yield* identity.list(ROLES, path);
    const its = { project: textOf(project, "name"), user: textOf(user, "name") };
    return rowsOf(
      all.map((role) => ({ ...role, ...its })),
      ["ID", "Name", "Project", "User"],
    );
  },
);

export const roleCommands: readonly OpenStackCommand[] = [
  ...[add, create, deleteOf(ROLES, "role"), list, remove, showOf(ROLES, "role"), ofUser],
];

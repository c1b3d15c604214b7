/**
 * `role-list`, `-get`, `-create`, `-delete`, and `user-role-list`, `-add`, `-remove`. Upstream:
 * keystoneclient/v2_0/shell.py, roles.py, 0.11.1.
 */
import type { Op } from "../../../kernel/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";
import { ROLES, TENANTS, USERS, type IdentityApi } from "../identity-api.js";
import { printDict, printList } from "../print.js";
import { hiddenTenantId, tenantOption } from "./options.js";

const role = argument("role", "<role>", "Name or id of a role.");

const list: Command<IdentityApi> = {
  name: "role-list",
  about: "List all roles.",
  *run(keystone, _args, console) {
    printList(console, yield* keystone.list(ROLES), ["id", "name"], "name");
  },
};

const get: Command<IdentityApi> = {
  name: "role-get",
  about: "Show a role in full.",
  positionals: [role],
  *run(keystone, args, console) {
    printDict(console, yield* keystone.find(ROLES, args.exactText("role") ?? ""));
  },
};

const create: Command<IdentityApi> = {
  name: "role-create",
  about: "Make a role.",
  options: [valueOption("--name", "<role-name>", "What it is to be called.", { required: true })],
  *run(keystone, args, console) {
    printDict(console, yield* keystone.create(ROLES, { name: args.exactText("name") ?? "" }));
  },
};

const remove: Command<IdentityApi> = {
  name: "role-delete",
  about: "Delete a role.",
  positionals: [role],
  *run(keystone, args) {
    const id = yield* keystone.idOf(ROLES, args.exactText("role") ?? "");
    yield* keystone.change("DELETE", `${ROLES.path}/${id}`);
  },
};

/** `--user` or `--role`, by three names. */
const grantOption = (what: "user" | "role"): OptionSpec =>
  valueOption(`--${what}`, `<${what}>`, `Name or id of the ${what}.`, {
    names: [`--${what}`, `--${what}-id`, `--${what}_id`],
    required: true,
  });

const grantOptions = [
  grantOption("user"),
  grantOption("role"),
  tenantOption("Where the user has it. Without one, everywhere, which no driver of Juno has."),
  hiddenTenantId,
];

const add: Command<IdentityApi> = {
  name: "user-role-add",
  about: "Give a user a role.",
  options: grantOptions,
  *run(keystone, args) {
    yield* keystone.change("PUT", yield* grantPath(keystone, args));
  },
};

const take: Command<IdentityApi> = {
  name: "user-role-remove",
  about: "Take a role from a user.",
  options: grantOptions,
  *run(keystone, args) {
    yield* keystone.change("DELETE", yield* grantPath(keystone, args));
  },
};

function* grantPath(keystone: IdentityApi, args: Arguments): Op<string> {
  const userId = yield* keystone.idOf(USERS, args.exactText("user") ?? "");
  const roleId = yield* keystone.idOf(ROLES, args.exactText("role") ?? "");
  const tenantId = yield* tenantIn(keystone, args);
  const at = tenantId === undefined ? "" : `${TENANTS.path}/${tenantId}`;
  return `${at}${USERS.path}/${userId}/roles/OS-KSADM/${roleId}`;
}

function* tenantIn(keystone: IdentityApi, args: Arguments): Op<string | undefined> {
  const tenant = args.text("tenant");
  return tenant === undefined ? args.text("tenant_id") : yield* keystone.idOf(TENANTS, tenant);
}

const ofUser: Command<IdentityApi> = {
  name: "user-role-list",
  about: "List the roles of a user in a tenant; yours in your tenant, unless told otherwise.",
  options: [
    valueOption("--user", "<user>", "Whose roles.", { names: ["--user", "--user-id"] }),
    valueOption("--user_id", "<user>", undefined),
    tenantOption("Where it has them."),
    hiddenTenantId,
  ],
  *run(keystone, args, console) {
    const tenantId = (yield* tenantIn(keystone, args)) ?? keystone.tenantId;
    const user = args.text("user");
    const userId =
      user === undefined
        ? (args.text("user_id") ?? keystone.userId)
        : yield* keystone.idOf(USERS, user);
    const at = tenantId === undefined ? "" : `${TENANTS.path}/${tenantId}`;
    const roles = yield* keystone.list(ROLES, `${at}${USERS.path}/${userId ?? "None"}/roles`);
    const whose = { user_id: userId ?? null, tenant_id: tenantId ?? null };
    const rows = roles.map((one) => ({ ...one, ...whose }));
    printList(console, rows, ["id", "name", "user_id", "tenant_id"], "name");
  },
};

export const roleCommands: readonly Command<IdentityApi>[] = [
  ...[list, get, create, remove, add, take, ofUser],
];

/**
 * `user-list`, `-get`, `-create`, `-update`, `-delete`, `-password-update`, and `password-update` of
 * one's own. Upstream: keystoneclient/v2_0/shell.py, users.py, 0.11.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught } from "../../../kernel/index.js";
import { boolFromString, textOf, type Json } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { Exit } from "../../shell/parser/index.js";
import { TENANTS, USERS, type IdentityApi } from "../identity-api.js";
import { printDict, printList } from "../print.js";
import { hiddenTenantId, tenantOption } from "./options.js";

const user = argument("user", "<user>", "Name or id of a user.");

const list: Command<IdentityApi> = {
  name: "user-list",
  about: "List users: all, or those of a tenant.",
  // `--tenant_id` is understood and comes to nothing, as upstream.
  options: [tenantOption("Users of this tenant only."), hiddenTenantId],
  *run(keystone, args, console) {
    const tenant = args.text("tenant");
    const at =
      tenant === undefined
        ? USERS.path
        : `${TENANTS.path}/${yield* keystone.idOf(TENANTS, tenant)}/users`;
    printList(console, yield* keystone.list(USERS, at), ["id", "name", "enabled", "email"], "name");
  },
};

const get: Command<IdentityApi> = {
  name: "user-get",
  about: "Show a user in full.",
  positionals: [user],
  *run(keystone, args, console) {
    printDict(console, yield* keystone.find(USERS, args.exactText("user") ?? ""));
  },
};

const create: Command<IdentityApi> = {
  name: "user-create",
  about: "Make a user.",
  options: [
    valueOption("--name", "<user-name>", "What it is to be called.", { required: true }),
    tenantOption("Its default tenant."),
    hiddenTenantId,
    valueOption("--pass", "<pass>", "Its password.", { dest: "passwd", takes: "optional" }),
    valueOption("--email", "<email>", "Its mail address."),
    valueOption("--enabled", "<true|false>", "Whether it may log in: true unless told otherwise.", {
      otherwise: "true",
    }),
  ],
  *run(keystone, args, console) {
    const tenant = args.text("tenant");
    const tenantId =
      tenant === undefined ? args.text("tenant_id") : yield* keystone.idOf(TENANTS, tenant);
    const made = yield* keystone.create(USERS, {
      name: args.exactText("name") ?? "",
      password: args.exactText("passwd") ?? null,
      tenantId: tenantId ?? null,
      email: args.exactText("email") ?? null,
      enabled: boolFromString(args.exactText("enabled")),
    });
    printDict(console, made);
  },
};

const update: Command<IdentityApi> = {
  name: "user-update",
  about: "Change a user's name, mail address, or whether it may log in.",
  options: [
    valueOption("--name", "<user-name>", "What it is to be called."),
    valueOption("--email", "<email>", "Its mail address."),
    valueOption("--enabled", "<true|false>", "Whether it may log in."),
  ],
  positionals: [user],
  *run(keystone, args, console) {
    const [name, email, enabled] = [
      args.text("name"),
      args.exactText("email"),
      args.text("enabled"),
    ];
    const changes = {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(enabled !== undefined && { enabled: boolFromString(enabled) }),
    };
    if (Object.keys(changes).length === 0) {
      console.print("User not updated, no arguments present.");
      return;
    }
    const id = yield* keystone.idOf(USERS, args.exactText("user") ?? "");
    try {
      yield* keystone.change("PUT", `${USERS.path}/${id}`, { user: { ...changes, id } });
      console.print("User has been updated.");
    } catch (thrown) {
      const error = yield* caught(thrown);
      console.print(`Unable to update user: ${error.message}`);
    }
  },
};

const remove: Command<IdentityApi> = {
  name: "user-delete",
  about: "Delete a user.",
  positionals: [user],
  *run(keystone, args) {
    const id = yield* keystone.idOf(USERS, args.exactText("user") ?? "");
    yield* keystone.change("DELETE", `${USERS.path}/${id}`);
  },
};

const passwordUpdate: Command<IdentityApi> = {
  name: "user-password-update",
  about: "Change the password of a user.",
  options: [valueOption("--pass", "<password>", "The new password.", { dest: "passwd" })],
  positionals: [user],
  *run(keystone, args) {
    const id = textOf(yield* keystone.find(USERS, args.exactText("user") ?? ""), "id");
    const password = args.text("passwd");
    if (password === undefined) {
      // Nobody is there to be prompted.
      const message = "\nPlease specify password using the --pass option or using the prompt";
      throw new Exit(1, "", `${message}\n`, message.trim());
    }
    const body: Json = { user: { id, password } };
    yield* keystone.change("PUT", `${USERS.path}/${id}/OS-KSADM/password`, body);
  },
};

const ownPassword: Command<IdentityApi> = {
  name: "password-update",
  about: "Change your own password.",
  options: [
    valueOption("--current-password", "<current-password>", "The password of now; --os-password.", {
      dest: "currentpasswd",
    }),
    valueOption("--new-password", "<new-password>", "The new password.", { dest: "newpasswd" }),
  ],
  check(args) {
    if (args.exactText("newpasswd") !== undefined) return;
    throw new CommandError("There is no prompt to type a new password at: use --new-password");
  },
  *run(keystone, args, console) {
    ownPassword.check?.(args);
    const wanted = args.exactText("newpasswd") ?? "";
    yield* keystone.changeOwnPassword(args.exactText("currentpasswd") ?? keystone.password, wanted);
    if (keystone.password === wanted) return;
    console.print(
      "You should update the password you are using to authenticate to match your new password",
    );
  },
};

export const userCommands: readonly Command<IdentityApi>[] = [
  ...[list, get, create, update, remove, passwordUpdate, ownPassword],
];

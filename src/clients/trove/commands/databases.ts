/** Databases and users of an instance. Upstream: troveclient/v1/shell.py (do_database_*, do_user_*, do_root_*), 1.0.7. */
import type { Op } from "../../../kernel/index.js";
import { Exception, isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { quoteUserHost } from "../../../services/trove/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { hostOption, one, option, severalOption, some, theInstance, typed } from "../arguments.js";
import { printList, printProperties, printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const below = (args: Arguments, what: string): string =>
  `/instances/${typed(args, "instance")}/${what}`;

const userPath = (args: Arguments): string =>
  below(args, `users/${quoteUserHost(typed(args, "name"), args.text("host"))}`);

const userName = one("name", "Name of user.");

const named = (names: readonly string[]): JsonObject[] => names.map((name) => ({ name }));

const databaseCreate: Command<TroveSession> = {
  name: "database-create",
  about: "Creates a database on an instance.",
  positionals: [theInstance, one("name", "Name of the database.")],
  options: [
    option("character_set", "Optional character set for database."),
    option("collate", "Optional collation type for database."),
  ],
  *run({ trove }, args) {
    const [collate, charset] = [args.text("collate"), args.text("character_set")];
    const database = {
      name: typed(args, "name"),
      ...(collate !== undefined && { collate }),
      ...(charset !== undefined && { character_set: charset }),
    };
    yield* trove.post(below(args, "databases"), { databases: [database] });
  },
};

const databaseList: Command<TroveSession> = {
  name: "database-list",
  about: "Lists available databases on an instance.",
  positionals: [theInstance],
  *run(session, args, console) {
    const databases = yield* session.trove.all(below(args, "databases"), "databases");
    printList(session, console, databases, ["name"]);
  },
};

const databaseDelete: Command<TroveSession> = {
  name: "database-delete",
  about: "Deletes a database from an instance.",
  positionals: [theInstance, one("database", "Name of the database.")],
  *run({ trove }, args) {
    yield* trove.delete(below(args, `databases/${typed(args, "database")}`));
  },
};

const userCreate: Command<TroveSession> = {
  name: "user-create",
  about: "Creates a user on an instance.",
  positionals: [theInstance, userName, one("password", "Password of user.")],
  options: [hostOption, severalOption("databases", "Optional list of databases.")],
  *run({ trove }, args) {
    const host = args.text("host");
    const user = {
      name: typed(args, "name"),
      password: typed(args, "password"),
      databases: named(args.texts("databases")),
      ...(host !== undefined && { host }),
    };
    yield* trove.post(below(args, "users"), { users: [user] });
  },
};

const userList: Command<TroveSession> = {
  name: "user-list",
  about: "Lists the users for an instance.",
  positionals: [theInstance],
  *run(session, args, console) {
    const users = yield* session.trove.all(below(args, "users"), "users");
    const rows = session.json ? users : users.map(withNames);
    printList(session, console, rows, ["name", "host", "databases"]);
  },
};

const withNames = (user: JsonObject): JsonObject => ({
  ...user,
  databases: namesIn(user["databases"] ?? null).join(", "),
});

const namesIn = (list: Json): readonly string[] =>
  Array.isArray(list)
    ? (list as readonly Json[]).filter(isObject).map((database) => textOf(database, "name"))
    : [];

/** What is done with one user. */
const withUser = (
  name: string,
  about: string,
  run: (session: TroveSession, args: Arguments) => Op<void>,
  more: Pick<Command<TroveSession>, "positionals" | "options"> = {},
): Command<TroveSession> => ({
  name,
  about,
  positionals: [theInstance, userName, ...(more.positionals ?? [])],
  options: [hostOption, ...(more.options ?? [])],
  run,
});

const userDelete = withUser("user-delete", "Deletes a user from an instance.", ({ trove }, args) =>
  trove.delete(userPath(args)),
);

const userShow: Command<TroveSession> = {
  name: "user-show",
  about: "Shows details of a user of an instance.",
  positionals: [theInstance, userName],
  options: [hostOption],
  *run(session, args, console) {
    printThing(session, console, yield* session.trove.get(userPath(args), "user"));
  },
};

const userShowAccess: Command<TroveSession> = {
  name: "user-show-access",
  about: "Shows access details of a user of an instance.",
  positionals: [theInstance, userName],
  options: [hostOption],
  *run(session, args, console) {
    const databases = yield* session.trove.list(`${userPath(args)}/databases`, "databases");
    printList(session, console, databases, ["name"]);
  },
};

const userUpdateAttributes = withUser(
  "user-update-attributes",
  "Updates a user's attributes on an instance. At least one optional argument must be provided.",
  function* ({ trove }, args) {
    const [name, password, host] = ["new_name", "new_password", "new_host"].map((dest) =>
      args.text(dest),
    );
    const user = {
      ...(name !== undefined && { name }),
      ...(password !== undefined && { password }),
      ...(host !== undefined && { host }),
    };
    if (Object.keys(user).length === 0) {
      throw new Exception(`No updates specified for user ${typed(args, "name")}`);
    }
    yield* trove.put(userPath(args), { user });
  },
  {
    options: [
      option("new_name", "Optional new name of user."),
      option("new_password", "Optional new password of user."),
      option("new_host", "Optional new host of user."),
    ],
  },
);

const userGrantAccess = withUser(
  "user-grant-access",
  "Grants access to a database(s) for a user.",
  ({ trove }, args) =>
    trove.put(`${userPath(args)}/databases`, { databases: named(args.texts("databases")) }),
  { positionals: [some("databases", "List of databases.")] },
);

const userRevokeAccess = withUser(
  "user-revoke-access",
  "Revokes access to a database for a user.",
  ({ trove }, args) => trove.delete(`${userPath(args)}/databases/${typed(args, "database")}`),
  { positionals: [one("database", "A single database.")] },
);

const rootEnable: Command<TroveSession> = {
  name: "root-enable",
  about: "Enables root for an instance and resets if already exists.",
  positionals: [theInstance],
  *run(session, args, console) {
    const root = yield* session.trove.create(below(args, "root"), undefined, "user");
    const { name = null, password = null } = root;
    printProperties(session, console, { name, password });
  },
};

const rootShow: Command<TroveSession> = {
  name: "root-show",
  about: "Gets status if root was ever enabled for an instance.",
  positionals: [theInstance],
  *run(session, args, console) {
    const { rootEnabled = null } = yield* session.trove.whole(below(args, "root"));
    printProperties(session, console, { is_root_enabled: rootEnabled });
  },
};

export const databaseCommands: readonly Command<TroveSession>[] = [
  ...[databaseCreate, databaseList, databaseDelete],
  ...[userCreate, userList, userDelete, userShow, userShowAccess, userUpdateAttributes],
  ...[userGrantAccess, userRevokeAccess, rootEnable, rootShow],
];

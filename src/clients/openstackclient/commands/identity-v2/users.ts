/**
 * `user create|delete|list|set|show`, by version 2.0. Upstream: openstackclient/identity/v2_0/user.py,
 * 0.4.1.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { dictOrder, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { TENANTS, USERS, type IdentityApi } from "../../../keystone/identity-api.js";
import { valueOption } from "../../../openstack/options.js";
import type { OptionSpec } from "../../../shell/parser/index.js";
import { found, idOf } from "../../find.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { enabledIn, enabling, passwordPrompt, refusePrompt } from "../enabling.js";
import { deleteOf, withProject } from "./common.js";
import { lookupV2 } from "./lookups.js";

const details: readonly OptionSpec[] = [
  valueOption("--password", "<user-password>", "Its password."),
  passwordPrompt,
  valueOption("--email", "<user-email>", "Its address."),
  valueOption("--project", "<project>", "Its own project, by name or id."),
  ...enabling,
];

const create = shower(
  {
    name: "user create",
    about: "Make a user.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<user-name>" }],
    options: details,
  },
  function* ({ identity }, args) {
    const project = args.text("project");
    const tenantId =
      project === undefined ? null : yield* idOf(lookupV2(identity, TENANTS), project);
    refusePrompt(args);
    const made = yield* identity.create(USERS, {
      name: word(args, "name"),
      password: args.exactText("password") ?? null,
      tenantId,
      email: args.exactText("email") ?? null,
      enabled: !args.flag("disable"),
    });
    return withProject(made);
  },
);

const list = lister(
  {
    name: "user list",
    about: "List users.",
    options: [valueOption("--project", "<project>", "Only those of a project."), longOption],
  },
  function* ({ identity }, args) {
    const wanted = args.text("project");
    const project =
      wanted === undefined ? undefined : yield* idOf(lookupV2(identity, TENANTS), wanted);
    const names = args.flag("long") ? yield* projectNames(identity) : new Map<string, string>();
    const at = project === undefined ? USERS.path : `${TENANTS.path}/${project}/users`;
    const all = yield* identity.list(USERS, at);
    const users = project === undefined ? all : byId(all);
    if (!args.flag("long")) return rowsOf(users, ["ID", "Name"]);
    return rowsOf(
      users.map(withProject),
      ["ID", "Name", "Project ID", "Email", "Enabled"],
      ["ID", "Name", "Project", "Email", "Enabled"],
      { "Project ID": (id) => nameIn(names, id) },
    );
  },
);

/** Nobody minds if they cannot be had. */
function* projectNames(identity: IdentityApi): Op<Map<string, string>> {
  try {
    const tenants = yield* identity.list(TENANTS);
    return new Map(tenants.map((its) => [textOf(its, "id"), textOf(its, "name")]));
  } catch (thrown) {
    yield* caught(thrown);
    return new Map();
  }
}

const nameIn = (names: ReadonlyMap<string, string>, id: Json): Json => {
  if (typeof id !== "string" || id === "") return "";
  return names.get(id) ?? id;
};

/** Each once, as a dictionary lists them. */
function byId(users: readonly JsonObject[]): JsonObject[] {
  const known = new Map(users.map((user) => [textOf(user, "id"), user]));
  return dictOrder([...known.keys()]).map((id) => known.get(id) ?? {});
}

const set: OpenStackCommand = {
  name: "user set",
  about: "Change a user.",
  positionals: [argument("user", "Its name or id.")],
  options: [valueOption("--name", "<new-user-name>", "Its new name."), ...details],
  *run({ identity }, args) {
    refusePrompt(args);
    const text = (dest: string) => args.text(dest);
    const [name, password, email] = [text("name"), text("password"), text("email")];
    const project = text("project");
    const given = [name, password, email, project].some((value) => value !== undefined);
    if (!given && !args.flag("enable") && !args.flag("disable")) return;
    const user = yield* found(lookupV2(identity, USERS), word(args, "user"));
    const id = textOf(user, "id");
    const at = `${USERS.path}/${id}`;
    if (password !== undefined) {
      yield* identity.change("PUT", `${at}/OS-KSADM/password`, { user: { id, password } });
    }
    if (project !== undefined) {
      const tenantId = yield* idOf(lookupV2(identity, TENANTS), project);
      yield* identity.change("PUT", `${at}/OS-KSADM/tenant`, { user: { id, tenantId } });
    }
    const changes = {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      enabled: user["enabled"] ?? null,
      ...enabledIn(args),
    };
    yield* identity.change("PUT", at, { user: { ...changes, id } });
  },
};

const show = shower(
  { name: "user show", about: "Show a user.", positionals: [argument("user", "Its name or id.")] },
  function* ({ identity }, args) {
    return withProject(yield* found(lookupV2(identity, USERS), word(args, "user")));
  },
);

export const userCommands: readonly OpenStackCommand[] = [
  ...[create, deleteOf(USERS, "user"), list, set, show],
];

/**
 * `role add|create|delete|list|remove|set|show`, by version 3. Upstream:
 * openstackclient/identity/v3/role.py, 0.4.1; keystoneclient/v3/roles.py, 0.11.1.
 */
import type { Op } from "../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { valueOption } from "../../../openstack/options.js";
import type { OptionSpec } from "../../../shell/parser/index.js";
import {
  DOMAINS_V3,
  GROUPS_V3,
  PROJECTS_V3,
  ROLES_V3,
  USERS_V3,
  type IdentityV3,
} from "../../identity-v3.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { deleteV3, idV3, showV3, theV3 } from "./common.js";

/** Of whom, and where; each one way at most. */
export const grantOptions: readonly OptionSpec[] = [
  { ...valueOption("--user", "<user>", "Of this user."), group: "who" },
  { ...valueOption("--group", "<group>", "Of this group."), group: "who" },
  { ...valueOption("--domain", "<domain>", "On this domain."), group: "where" },
  { ...valueOption("--project", "<project>", "In this project."), group: "where" },
];

const given = (args: Arguments, ...dests: string[]): boolean =>
  dests.some((dest) => args.text(dest) !== undefined);

/** `--user` or `--group`, and `--domain` or `--project`. */
const complete = (args: Arguments): boolean =>
  given(args, "user", "group") && given(args, "domain", "project");

/** Who and where, in the order in which they are looked up. */
function* grantOf(
  identity: IdentityV3,
  args: Arguments,
): Op<{ who: JsonObject; where: JsonObject }> {
  const [user, group] = [args.text("user"), args.text("group")];
  const who = yield* user === undefined
    ? theV3(identity, GROUPS_V3, group ?? "")
    : theV3(identity, USERS_V3, user);
  const [domain, project] = [args.text("domain"), args.text("project")];
  const where = yield* domain === undefined
    ? theV3(identity, PROJECTS_V3, project ?? "")
    : theV3(identity, DOMAINS_V3, domain);
  return { who, where };
}

const pathOf = (args: Arguments, where: JsonObject, who: JsonObject): string => {
  const place = given(args, "domain") ? "domains" : "projects";
  const person = given(args, "user") ? "users" : "groups";
  return `/${place}/${textOf(where, "id")}/${person}/${textOf(who, "id")}`;
};

/** `role add`, `role remove`. */
const granting = (
  verb: "add" | "remove",
  did: string,
  change: (identity: IdentityV3, role: string, at: string) => Op<void>,
): OpenStackCommand => ({
  name: `role ${verb}`,
  about: `${verb} a role of a user or a group on a domain or in a project.`,
  positionals: [argument("role", "Its name or id.")],
  options: grantOptions,
  *run({ identityV3 }, args, console) {
    if (!given(args, "user", "group", "domain", "project")) return;
    const role = yield* idV3(identityV3, ROLES_V3, word(args, "role"));
    if (!complete(args)) {
      const gap = " ".repeat(12);
      console.error(
        `Role not ${did}, incorrect set of arguments ${gap}provided. See openstack --help for more details\n`,
      );
      return;
    }
    const { who, where } = yield* grantOf(identityV3, args);
    yield* change(identityV3, role, pathOf(args, where, who));
  },
});

const create = shower(
  {
    name: "role create",
    about: "Make a role.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<role-name>" }],
  },
  ({ identityV3 }, args) => identityV3.create(ROLES_V3, { name: word(args, "name") }),
);

const list = lister(
  { name: "role list", about: "List roles, or those that were given.", options: grantOptions },
  function* ({ identityV3 }, args, console) {
    if (!given(args, "user", "group")) {
      // What is named is looked up, though nothing is asked about it.
      if (given(args, "domain")) yield* theV3(identityV3, DOMAINS_V3, word(args, "domain"));
      else if (given(args, "project")) yield* theV3(identityV3, PROJECTS_V3, word(args, "project"));
      return rowsOf(yield* identityV3.list(ROLES_V3), ["ID", "Name"]);
    }
    if (!complete(args))
      return yield* withoutPlace(identityV3, args, (line) => console.error(line));
    const { who, where } = yield* grantOf(identityV3, args);
    const roles = yield* identityV3.list(ROLES_V3, {}, pathOf(args, where, who));
    const [whose, place] = [
      given(args, "user") ? "User" : "Group",
      given(args, "domain") ? "Domain" : "Project",
    ];
    const its = {
      [whose.toLowerCase()]: who["name"] ?? null,
      [place.toLowerCase()]: where["name"] ?? null,
    };
    return rowsOf(
      roles.map((role) => ({ ...role, ...its })),
      ["ID", "Name", place, whose],
    );
  },
);

/** Of a user those on the domain `default`; of a group none. */
function* withoutPlace(identity: IdentityV3, args: Arguments, say: (line: string) => void) {
  const user = args.text("user");
  if (user !== undefined) {
    const id = yield* idV3(identity, USERS_V3, user);
    return rowsOf(yield* identity.list(ROLES_V3, {}, `/domains/default/users/${id}`), [
      "ID",
      "Name",
    ]);
  }
  yield* theV3(identity, GROUPS_V3, word(args, "group"));
  say(
    "Error: If a user or group is specified, either --domain or --project must also be specified to list role grants.\n",
  );
  return { columns: [], rows: [] };
}

const set: OpenStackCommand = {
  name: "role set",
  about: "Call a role otherwise.",
  positionals: [argument("role", "Its name or id.")],
  options: [valueOption("--name", "<new-role-name>", "Its new name.")],
  *run({ identityV3 }, args) {
    const name = args.text("name");
    if (name === undefined) return;
    const id = yield* idV3(identityV3, ROLES_V3, word(args, "role"));
    yield* identityV3.update(ROLES_V3, id, { name });
  },
};

export const roleV3Commands: readonly OpenStackCommand[] = [
  granting("add", "added", (identity, role, at) => identity.put(ROLES_V3, role, at)),
  create,
  deleteV3(ROLES_V3, "role"),
  list,
  granting("remove", "removed", (identity, role, at) => identity.delete(ROLES_V3, role, at)),
  set,
  showV3(ROLES_V3, "role"),
];

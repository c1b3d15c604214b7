/**
 * `user create|delete|list|set|show` and `user password set`, by version 3. Upstream:
 * openstackclient/identity/v3/user.py, 0.4.1.
 */
import { textOf } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import type { OptionSpec } from "../../../shell/parser/index.js";
import { DOMAINS_V3, GROUPS_V3, PROJECTS_V3, USERS_V3 } from "../../identity-v3.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { enabledIn, enabling, noTerminal, passwordPrompt, refusePrompt } from "../enabling.js";
import { deleteV3, idIfNamed, showV3, theV3 } from "./common.js";

const details: readonly OptionSpec[] = [
  valueOption("--password", "<user-password>", "Its password."),
  passwordPrompt,
  valueOption("--email", "<user-email>", "Its address."),
  valueOption("--project", "<project>", "Its own project, by name or id."),
  valueOption("--domain", "<domain>", "The domain whose it is."),
  valueOption("--description", "<description>", "Who it is."),
  ...enabling,
];

const create = shower(
  {
    name: "user create",
    about: "Make a user.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<user-name>" }],
    options: details,
  },
  function* ({ identityV3 }, args) {
    const default_project_id = yield* idIfNamed(identityV3, PROJECTS_V3, args.text("project"));
    const domain_id = yield* idIfNamed(identityV3, DOMAINS_V3, args.text("domain"));
    refusePrompt(args);
    return yield* identityV3.create(USERS_V3, {
      name: word(args, "name"),
      ...{ domain_id, default_project_id },
      password: args.exactText("password") ?? null,
      email: args.exactText("email") ?? null,
      description: args.exactText("description") ?? null,
      enabled: !args.flag("disable"),
    });
  },
);

const list = lister(
  {
    name: "user list",
    about: "List users.",
    options: [
      valueOption("--domain", "<domain>", "Only those of a domain."),
      valueOption("--group", "<group>", "Only those that are in a group."),
      longOption,
    ],
  },
  function* ({ identityV3 }, args) {
    const domain_id = yield* idIfNamed(identityV3, DOMAINS_V3, args.text("domain"));
    const group = yield* idIfNamed(identityV3, GROUPS_V3, args.text("group"));
    const more = ["Project Id", "Domain Id", "Description", "Email", "Enabled"];
    const at = group === null ? "" : `/groups/${group}`;
    const users = yield* identityV3.list(USERS_V3, { domain_id }, at);
    return rowsOf(users, ["ID", "Name", ...(args.flag("long") ? more : [])]);
  },
);

const set: OpenStackCommand = {
  name: "user set",
  about: "Change a user. Project and domain go by names that Keystone does not know.",
  positionals: [argument("user", "Its name or id.")],
  options: [valueOption("--name", "<new-user-name>", "Its new name."), ...details],
  *run({ identityV3 }, args) {
    refusePrompt(args);
    const texts = new Map(
      ["name", "email", "password", "description", "project", "domain"].map((dest) => [
        dest,
        args.text(dest),
      ]),
    );
    const given = [...texts.values()].some((value) => value !== undefined);
    if (!given && !args.flag("enable") && !args.flag("disable")) return;
    const user = yield* theV3(identityV3, USERS_V3, word(args, "user"));
    const projectId = yield* idIfNamed(identityV3, PROJECTS_V3, texts.get("project"));
    const domainId = yield* idIfNamed(identityV3, DOMAINS_V3, texts.get("domain"));
    yield* identityV3.update(USERS_V3, textOf(user, "id"), {
      name: texts.get("name") ?? null,
      email: texts.get("email") ?? null,
      password: texts.get("password") ?? null,
      description: texts.get("description") ?? null,
      ...{ projectId, domainId },
      enabled: user["enabled"] ?? null,
      ...enabledIn(args),
    });
  },
};

const setPassword: OpenStackCommand = {
  name: "user password set",
  about: "Change the own password. There is no terminal to ask for the old one at.",
  options: [valueOption("--password", "<new-password>", "The new password.")],
  *run() {
    throw noTerminal();
  },
};

export const userV3Commands: readonly OpenStackCommand[] = [
  ...[create, deleteV3(USERS_V3, "user"), list, set, setPassword, showV3(USERS_V3, "user")],
];

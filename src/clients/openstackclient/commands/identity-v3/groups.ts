/**
 * `group create|delete|list|set|show`, `group add|contains|remove user`. Whether a user is in a group or not,
 * and whatever goes wrong about it, the command ends well. Upstream: openstackclient/identity/v3/group.py,
 * 0.4.1.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { valueOption } from "../../../openstack/options.js";
import { DOMAINS_V3, GROUPS_V3, USERS_V3, type IdentityV3 } from "../../identity-v3.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { deleteV3, idIfNamed, idV3, showV3 } from "./common.js";

const description = valueOption("--description", "<group-description>", "What it is for.");
const domain = valueOption("--domain", "<group-domain>", "The domain whose it is.");

const create = shower(
  {
    name: "group create",
    about: "Make a group.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<group-name>" }],
    options: [description, domain],
  },
  function* ({ identityV3 }, args) {
    return yield* identityV3.create(GROUPS_V3, {
      name: word(args, "name"),
      domain_id: yield* idIfNamed(identityV3, DOMAINS_V3, args.text("domain")),
      description: args.exactText("description") ?? null,
    });
  },
);

const list = lister(
  {
    name: "group list",
    about: "List groups.",
    options: [
      valueOption("--domain", "<domain>", "Only those of a domain."),
      valueOption("--user", "<user>", "Only those that a user is in."),
      longOption,
    ],
  },
  function* ({ identityV3 }, args) {
    const domain_id = yield* idIfNamed(identityV3, DOMAINS_V3, args.text("domain"));
    const user = yield* idIfNamed(identityV3, USERS_V3, args.text("user"));
    const more = args.flag("long") ? ["Domain ID", "Description"] : [];
    const at = user === null ? "" : `/users/${user}`;
    return rowsOf(yield* identityV3.list(GROUPS_V3, { domain_id }, at), ["ID", "Name", ...more]);
  },
);

const set: OpenStackCommand = {
  name: "group set",
  about: "Change a group.",
  positionals: [argument("group", "Its name or id.")],
  options: [valueOption("--name", "<new-group-name>", "Its new name."), domain, description],
  *run({ identityV3 }, args, console) {
    const id = yield* idV3(identityV3, GROUPS_V3, word(args, "group"));
    const [name, about, whose] = ["name", "description", "domain"].map((dest) => args.text(dest));
    const changes = {
      ...(name !== undefined && { name }),
      ...(about !== undefined && { description: about }),
      ...(whose !== undefined && { domain: yield* idV3(identityV3, DOMAINS_V3, whose) }),
    };
    if (Object.keys(changes).length === 0) {
      console.error("Group not updated, no arguments present");
      return;
    }
    yield* identityV3.update(GROUPS_V3, id, changes);
  },
};

interface Membership {
  readonly name: string;
  readonly about: string;
  readonly did: string;
  readonly didNot: string;
  readonly ask: (identity: IdentityV3, user: string, at: string) => Op<void>;
}

/** A command about one user and one group. */
const membership = ({ name, about, did, didNot, ask }: Membership): OpenStackCommand => ({
  name,
  about,
  positionals: [
    argument("group", "The group's name or id."),
    argument("user", "The user's name or id."),
  ],
  *run({ identityV3 }, args, console) {
    const [group, user] = [word(args, "group"), word(args, "user")];
    const userId = yield* idV3(identityV3, USERS_V3, user);
    const groupId = yield* idV3(identityV3, GROUPS_V3, group);
    try {
      yield* ask(identityV3, userId, `/groups/${groupId}`);
    } catch (thrown) {
      yield* caught(thrown);
      console.error(`${user} ${didNot} group ${group}\n`);
      return;
    }
    console.print(`${user} ${did} group ${group}`);
  },
});

export const groupCommands: readonly OpenStackCommand[] = [
  membership({
    ...{ name: "group add user", about: "Put a user into a group." },
    ...{ did: "added to", didNot: "not added to" },
    ask: (identity, user, at) => identity.put(USERS_V3, user, at),
  }),
  membership({
    ...{ name: "group contains user", about: "Say whether a user is in a group." },
    ...{ did: "in", didNot: "not in" },
    ask: (identity, user, at) => identity.head(USERS_V3, user, at),
  }),
  create,
  deleteV3(GROUPS_V3, "group"),
  list,
  membership({
    ...{ name: "group remove user", about: "Take a user out of a group." },
    ...{ did: "removed from", didNot: "not removed from" },
    ask: (identity, user, at) => identity.delete(USERS_V3, user, at),
  }),
  set,
  showV3(GROUPS_V3, "group"),
];

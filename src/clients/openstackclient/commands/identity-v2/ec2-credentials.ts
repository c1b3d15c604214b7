/**
 * `ec2 credentials create|delete|list|show`. Upstream: openstackclient/identity/v2_0/ec2creds.py, 0.4.1;
 * keystoneclient/v2_0/ec2.py, 0.11.1.
 */
import { AttributeError } from "../../../../python/index.js";
import type { Op } from "../../../../kernel/index.js";
import { TENANTS, USERS, type Kind } from "../../../keystone/identity-api.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { valueOption } from "../../../openstack/options.js";
import type { OpenStackClients } from "../../clients.js";
import { idOf } from "../../find.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { lookupV2 } from "./lookups.js";

const userOption = valueOption("--user", "<user>", "Of this user, for administrators.");
const ACCESS_KEY = [argument("access_key", "The key that they are known by.")];

/** Where the credentials of the user who is meant are. */
function* credentialsOf({ identity, login }: OpenStackClients, args: Arguments): Op<Kind> {
  const named = args.text("user");
  const user = named === undefined ? login?.userId : yield* idOf(lookupV2(identity, USERS), named);
  if (user === undefined) throw new AttributeError("auth_user_id");
  const path = `/users/${user}/credentials/OS-EC2`;
  return { what: "ec2", path, one: "credential", many: "credentials" };
}

const create = shower(
  {
    name: "ec2 credentials create",
    about: "Make credentials of EC2.",
    options: [
      valueOption("--project", "<project>", "For this project, for administrators."),
      userOption,
    ],
  },
  function* (clients, args) {
    const { identity, login } = clients;
    const named = args.text("project");
    const project =
      named === undefined ? login?.projectId : yield* idOf(lookupV2(identity, TENANTS), named);
    const { path, one } = yield* credentialsOf(clients, args);
    return yield* identity.post(path, { tenant_id: project ?? null }, one);
  },
);

const remove: OpenStackCommand = {
  name: "ec2 credentials delete",
  about: "Delete credentials of EC2.",
  positionals: ACCESS_KEY,
  options: [userOption],
  *run(clients, args) {
    const { path } = yield* credentialsOf(clients, args);
    yield* clients.identity.change("DELETE", `${path}/${word(args, "access_key")}`);
  },
};

const list = lister(
  { name: "ec2 credentials list", about: "List credentials of EC2.", options: [userOption] },
  function* (clients, args) {
    const found = yield* clients.identity.list(yield* credentialsOf(clients, args));
    return rowsOf(
      found,
      ["access", "secret", "tenant_id", "user_id"],
      ["Access", "Secret", "Project ID", "User ID"],
    );
  },
);

const show = shower(
  {
    name: "ec2 credentials show",
    about: "Show credentials of EC2.",
    positionals: ACCESS_KEY,
    options: [userOption],
  },
  function* (clients, args) {
    const kind = yield* credentialsOf(clients, args);
    return yield* clients.identity.get(kind, word(args, "access_key"));
  },
);

export const ec2CredentialCommands: readonly OpenStackCommand[] = [create, remove, list, show];

/**
 * `credential create|delete|list|set|show`. `set` looks up a user who may not have been named, and says
 * nothing of a blob that was not, which is then missing. Upstream: openstackclient/identity/v3/credential.py,
 * 0.4.1; keystoneclient/v3/credentials.py (update), 0.11.1.
 */
import { AttributeError, ValueError } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { oneOf } from "../../../shell/parser/index.js";
import { CREDENTIALS_V3, PROJECTS_V3, USERS_V3 } from "../../identity-v3.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { deleteByIdV3, idIfNamed, idV3, showV3 } from "./common.js";

const type = {
  ...valueOption("--type", "<type>", "Its type: ec2 or cert."),
  type: oneOf(["ec2", "cert"]),
};
const project = valueOption("--project", "<project>", "The project that it is for.");

const create = shower(
  {
    name: "credential create",
    about: "Make a credential.",
    positionals: [argument("user", "Whose it is, by name or id."), argument("data", "What it is.")],
    options: [{ ...type, otherwise: "cert" }, project],
  },
  function* ({ identityV3 }, args) {
    const user_id = yield* idV3(identityV3, USERS_V3, word(args, "user"));
    const project_id = yield* idIfNamed(identityV3, PROJECTS_V3, args.text("project"));
    const said = { type: word(args, "type"), blob: word(args, "data") };
    return yield* identityV3.create(CREDENTIALS_V3, { user_id, ...said, project_id });
  },
);

const list = lister(
  { name: "credential list", about: "List credentials." },
  function* ({ identityV3 }) {
    const credentials = yield* identityV3.list(CREDENTIALS_V3);
    return rowsOf(credentials, ["ID", "Type", "User ID", "Data", "Project ID"]);
  },
);

const set: OpenStackCommand = {
  name: "credential set",
  about: "Change a credential.",
  positionals: [{ ...argument("credential", "Its id."), metavar: "<credential-id>" }],
  options: [
    valueOption("--user", "<user>", "Whose it is to be, by name or id."),
    type,
    valueOption("--data", "<data>", "What it is to be."),
    project,
  ],
  *run({ identityV3 }, args) {
    const user = args.exactText("user");
    if (user === undefined)
      throw new AttributeError("'NoneType' object has no attribute 'isdigit'");
    const user_id = yield* idV3(identityV3, USERS_V3, user);
    const project_id = yield* idIfNamed(identityV3, PROJECTS_V3, args.text("project"));
    const blob = args.text("data");
    if (blob === undefined) throw new ValueError("Credential requires blob to be specified");
    const said = { type: args.text("type") ?? null, blob };
    yield* identityV3.update(CREDENTIALS_V3, word(args, "credential"), {
      ...{ user_id, ...said, project_id },
    });
  },
};

export const credentialCommands: readonly OpenStackCommand[] = [
  create,
  deleteByIdV3(CREDENTIALS_V3, "credential"),
  list,
  set,
  showV3(CREDENTIALS_V3, "credential", "<credential-id>"),
];

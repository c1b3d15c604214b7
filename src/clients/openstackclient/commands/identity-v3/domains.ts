/** `domain create|delete|list|set|show`. Upstream: openstackclient/identity/v3/domain.py, 0.4.1. */
import { valueOption } from "../../../openstack/options.js";
import { DOMAINS_V3 } from "../../identity-v3.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { enabledIn, enabling } from "../enabling.js";
import { deleteV3, idV3, showV3 } from "./common.js";

const description = valueOption("--description", "<domain-description>", "What it is for.");

const create = shower(
  {
    name: "domain create",
    about: "Make a domain.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<domain-name>" }],
    options: [description, ...enabling],
  },
  ({ identityV3 }, args) =>
    identityV3.create(DOMAINS_V3, {
      name: word(args, "name"),
      description: args.exactText("description") ?? null,
      enabled: !args.flag("disable"),
    }),
);

const list = lister({ name: "domain list", about: "List domains." }, function* ({ identityV3 }) {
  return rowsOf(yield* identityV3.list(DOMAINS_V3), ["ID", "Name", "Enabled", "Description"]);
});

const set: OpenStackCommand = {
  name: "domain set",
  about: "Change a domain.",
  positionals: [argument("domain", "Its name or id.")],
  options: [valueOption("--name", "<new-domain-name>", "Its new name."), description, ...enabling],
  *run({ identityV3 }, args, console) {
    const id = yield* idV3(identityV3, DOMAINS_V3, word(args, "domain"));
    const [name, about] = [args.text("name"), args.text("description")];
    const changes = {
      ...(name !== undefined && { name }),
      ...(about !== undefined && { description: about }),
      ...enabledIn(args),
    };
    if (Object.keys(changes).length === 0) {
      console.write("Domain not updated, no arguments present");
      return;
    }
    // The library says that a domain is enabled unless it is told otherwise.
    yield* identityV3.update(DOMAINS_V3, id, { enabled: true, ...changes });
  },
};

export const domainCommands: readonly OpenStackCommand[] = [
  ...[create, deleteV3(DOMAINS_V3, "domain"), list, set, showV3(DOMAINS_V3, "domain")],
];

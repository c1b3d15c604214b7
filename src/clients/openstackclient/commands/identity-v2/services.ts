/**
 * `service create|delete|list|show`, by version 2.0. Upstream: openstackclient/identity/v2_0/service.py,
 * 0.4.1.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { textOf } from "../../../../python/index.js";
import { SERVICES } from "../../../keystone/identity-api.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { serviceOf } from "./lookups.js";

const create = shower(
  {
    name: "service create",
    about: "Make a service of the catalog.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<service-name>" }],
    options: [
      { ...valueOption("--type", "<service-type>", "What it serves."), required: true },
      valueOption("--description", "<service-description>", "What it is for."),
    ],
  },
  ({ identity }, args) =>
    identity.create(SERVICES, {
      name: word(args, "name"),
      type: word(args, "type"),
      description: args.exactText("description") ?? null,
    }),
);

const remove: OpenStackCommand = {
  name: "service delete",
  about: "Delete a service of the catalog.",
  positionals: [argument("service", "Its name or id.")],
  *run({ identity }, args) {
    const service = yield* serviceOf(identity, word(args, "service"));
    yield* identity.change("DELETE", `${SERVICES.path}/${textOf(service, "id")}`);
  },
};

const list = lister(
  { name: "service list", about: "List the services of the catalog.", options: [longOption] },
  function* ({ identity }, args) {
    const more = args.flag("long") ? ["Type", "Description"] : [];
    return rowsOf(yield* identity.list(SERVICES), ["ID", "Name", ...more]);
  },
);

const show = shower(
  {
    name: "service show",
    about: "Show a service of the catalog.",
    positionals: [argument("service", "Its type, name or id.")],
    options: [flagOption("--catalog", "As the catalog of this login has it, by its type.")],
  },
  function* ({ identity, access, region }, args) {
    const wanted = word(args, "service");
    if (!args.flag("catalog")) return yield* serviceOf(identity, wanted);
    for (const [type, [first]] of access.catalog(wanted, region)) {
      if (first !== undefined) return { type, ...first };
    }
    throw new CommandError(`No service catalog with a type, name or ID of '${wanted}' exists.`);
  },
);

export const serviceCommands: readonly OpenStackCommand[] = [create, remove, list, show];

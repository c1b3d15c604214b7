/**
 * `service create|delete|list|set|show`, by version 3. Upstream: openstackclient/identity/v3/service.py,
 * 0.4.1.
 */
import { textOf } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { SERVICES_V3 } from "../../identity-v3.js";
import { argument, lister, rowsOf, shower, word, type OpenStackCommand } from "../../output.js";
import { enabledIn, enabling } from "../enabling.js";
import { serviceV3 } from "./common.js";

const name = valueOption("--name", "<service-name>", "Its name.");

const create = shower(
  {
    name: "service create",
    about: "Make a service of the catalog.",
    positionals: [{ ...argument("type", "What it serves."), metavar: "<service-type>" }],
    options: [name, ...enabling],
  },
  ({ identityV3 }, args) =>
    identityV3.create(SERVICES_V3, {
      name: args.exactText("name") ?? null,
      type: word(args, "type"),
      enabled: !args.flag("disable"),
    }),
);

const remove: OpenStackCommand = {
  name: "service delete",
  about: "Delete a service of the catalog.",
  positionals: [argument("service", "Its name or id.")],
  *run({ identityV3 }, args) {
    const service = yield* serviceV3(identityV3, word(args, "service"));
    yield* identityV3.delete(SERVICES_V3, textOf(service, "id"));
  },
};

const list = lister(
  { name: "service list", about: "List the services of the catalog." },
  function* ({ identityV3 }) {
    return rowsOf(yield* identityV3.list(SERVICES_V3), ["ID", "Name", "Type", "Enabled"]);
  },
);

const set: OpenStackCommand = {
  name: "service set",
  about: "Change a service of the catalog.",
  positionals: [argument("service", "Its name or id.")],
  options: [valueOption("--type", "<service-type>", "What it serves."), name, ...enabling],
  *run({ identityV3 }, args) {
    const [type, called] = [args.text("type"), args.text("name")];
    const changes = {
      ...(type !== undefined && { type }),
      ...(called !== undefined && { name: called }),
      ...enabledIn(args),
    };
    if (Object.keys(changes).length === 0) return;
    const { id, ...service } = yield* serviceV3(identityV3, word(args, "service"));
    yield* identityV3.update(SERVICES_V3, textOf({ id: id ?? null }, "id"), {
      ...service,
      ...changes,
    });
  },
};

const show = shower(
  {
    name: "service show",
    about: "Show a service of the catalog.",
    positionals: [argument("service", "Its type, name or id.")],
  },
  ({ identityV3 }, args) => serviceV3(identityV3, word(args, "service")),
);

export const serviceV3Commands: readonly OpenStackCommand[] = [create, remove, list, set, show];

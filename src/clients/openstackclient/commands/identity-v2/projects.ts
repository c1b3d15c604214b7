/**
 * `project create|delete|list|set|show`, by version 2.0. Upstream:
 * openstackclient/identity/v2_0/project.py, 0.4.1.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { TENANTS } from "../../../keystone/identity-api.js";
import { valueOption } from "../../../openstack/options.js";
import { found } from "../../find.js";
import {
  argument,
  lister,
  longOption,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { propertiesIn, propertyOption } from "../../properties.js";
import { enabledIn, enabling, refuseTwice } from "../enabling.js";
import { deleteOf, showOf } from "./common.js";
import { lookupV2 } from "./lookups.js";

const description = valueOption("--description", "<project-description>", "What it is for.");

const create = shower(
  {
    name: "project create",
    about: "Make a project.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<project-name>" }],
    options: [description, ...enabling, propertyOption("Something else to know of it.")],
  },
  function* ({ identity }, args) {
    const { name: _, ...properties } = propertiesIn(args) ?? {};
    refuseTwice("create", properties, ["tenant_name", "description", "enabled"]);
    return yield* identity.create(TENANTS, {
      name: word(args, "name"),
      description: args.exactText("description") ?? null,
      enabled: !args.flag("disable"),
      ...properties,
    });
  },
);

const list = lister(
  { name: "project list", about: "List projects.", options: [longOption] },
  function* ({ identity }, args) {
    const more = args.flag("long") ? ["Description", "Enabled"] : [];
    return rowsOf(yield* identity.list(TENANTS), ["ID", "Name", ...more]);
  },
);

const set: OpenStackCommand = {
  name: "project set",
  about: "Change a project.",
  positionals: [argument("project", "Its name or id.")],
  options: [
    valueOption("--name", "<new-project-name>", "Its new name."),
    description,
    ...enabling,
    propertyOption("Something else to know of it."),
  ],
  *run({ identity }, args) {
    const [name, about] = [args.text("name"), args.text("description")];
    const changes: JsonObject = {
      ...(name !== undefined && { name }),
      ...(about !== undefined && { description: about }),
      ...enabledIn(args),
      ...propertiesIn(args),
    };
    if (Object.keys(changes).length === 0) return;
    const project = yield* found(lookupV2(identity, TENANTS), word(args, "project"));
    const { id = null, ...known } = project;
    const { id: _, ...wanted } = { ...known, ...changes };
    refuseTwice("update", wanted, ["tenant_id"]);
    const said = Object.entries(wanted).filter(
      ([key, value]) => value !== null || !["name", "enabled", "description"].includes(key),
    );
    const tenant = { id, ...Object.fromEntries(said) };
    yield* identity.post(`${TENANTS.path}/${textOf(project, "id")}`, { tenant }, TENANTS.one);
  },
};

export const projectCommands: readonly OpenStackCommand[] = [
  ...[create, deleteOf(TENANTS, "project"), list, set, showOf(TENANTS, "project")],
];

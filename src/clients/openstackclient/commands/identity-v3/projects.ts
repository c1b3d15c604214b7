/**
 * `project create|delete|list|set|show`, by version 3. Upstream: openstackclient/identity/v3/project.py,
 * 0.4.1.
 */
import { textOf, type JsonObject } from "../../../../python/index.js";
import { valueOption } from "../../../openstack/options.js";
import { PROJECTS_V3 } from "../../identity-v3.js";
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
import { deleteV3, domainId, showV3, theV3 } from "./common.js";

const description = valueOption("--description", "<project-description>", "What it is for.");
const domain = valueOption("--domain", "<project-domain>", "The domain whose it is.");
const property = propertyOption("Something else to know of it.");

const create = shower(
  {
    name: "project create",
    about: "Make a project.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<project-name>" }],
    options: [domain, description, ...enabling, property],
  },
  function* ({ identityV3 }, args) {
    const whose = args.text("domain");
    const domain_id = whose === undefined ? null : yield* domainId(identityV3, whose);
    const properties = propertiesIn(args) ?? {};
    refuseTwice("create", properties, ["name", "domain", "description", "enabled"]);
    return yield* identityV3.create(PROJECTS_V3, {
      domain_id,
      name: word(args, "name"),
      description: args.exactText("description") ?? null,
      enabled: !args.flag("disable"),
      ...properties,
    });
  },
);

const list = lister(
  {
    name: "project list",
    about: "List projects.",
    options: [longOption, valueOption("--domain", "<project-domain>", "Only those of a domain.")],
  },
  function* ({ identityV3 }, args) {
    const whose = args.text("domain");
    const domain_id = whose === undefined ? null : yield* domainId(identityV3, whose);
    const more = args.flag("long") ? ["Domain ID", "Description", "Enabled"] : [];
    return rowsOf(yield* identityV3.list(PROJECTS_V3, { domain_id }), ["ID", "Name", ...more]);
  },
);

const set: OpenStackCommand = {
  name: "project set",
  about: "Change a project.",
  positionals: [argument("project", "Its name or id.")],
  options: [
    valueOption("--name", "<new-project-name>", "Its new name."),
    ...[domain, description, ...enabling, property],
  ],
  *run({ identityV3 }, args) {
    const [name, about, whose] = ["name", "description", "domain"].map((dest) => args.text(dest));
    const changes: JsonObject = {
      ...(name !== undefined && { name }),
      ...(about !== undefined && { description: about }),
      ...enabledIn(args),
      ...propertiesIn(args),
    };
    if (Object.keys(changes).length === 0 && whose === undefined) return;
    const project = yield* theV3(identityV3, PROJECTS_V3, word(args, "project"));
    const owner = whose === undefined ? undefined : yield* domainId(identityV3, whose);
    const moved: JsonObject = owner === undefined ? project : { ...project, domain: owner };
    const { id: _, domain_id, ...kept }: JsonObject = { ...moved, ...changes };
    const wanted: JsonObject = domain_id === undefined ? kept : { ...kept, domain: domain_id };
    refuseTwice("update", wanted, ["project"]);
    const { domain: its = null, ...others } = wanted;
    yield* identityV3.update(PROJECTS_V3, textOf(project, "id"), { domain_id: its, ...others });
  },
};

export const projectV3Commands: readonly OpenStackCommand[] = [
  ...[create, deleteV3(PROJECTS_V3, "project"), list, set, showV3(PROJECTS_V3, "project")],
];

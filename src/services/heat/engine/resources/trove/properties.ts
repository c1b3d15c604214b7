/** What may be said of an OS::Trove::Instance, and whether it can be meant. Upstream: heat/engine/resources/os_database.py (properties_schema, validate) at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { repr, str, truth, type Json } from "../../../../../python/index.js";
import { StackValidationFailed } from "../../../exception.js";
import { allowedPattern, range } from "../../parameters/constraints.js";
import { integer, list, map, schemata, text } from "../../properties/schema.js";
import { itemsOf, objectsOf, type TypeFacts } from "../service-resource.js";

const WORD = allowedPattern(String.raw`[a-zA-Z0-9_]+[a-zA-Z0-9_@?#\s]*[a-zA-Z0-9_]+`);
const atMost = (length: number) => range("Length", [null, length]);
const name = (length: number) => text({ required: true, constraints: [atMost(length), WORD] });

const DATABASE = map(
  {},
  {
    character_set: text({ default: "utf8" }),
    collate: text({ default: "utf8_general_ci" }),
    name: name(64),
  },
);

const USER = map(
  {},
  {
    name: name(16),
    password: text({ required: true, constraints: [WORD] }),
    host: text({ default: "%" }),
    databases: list({ required: true, constraints: [range("Length", [1, null])] }, text()),
  },
);

export const TROVE_INSTANCE: TypeFacts = {
  className: "OSDBInstance",
  schemata: schemata({
    name: text({ constraints: [atMost(255)] }),
    flavor: text({ required: true }),
    datastore_type: text({ constraints: [atMost(255)] }),
    datastore_version: text({ constraints: [atMost(255)] }),
    size: integer({ required: true, constraints: [range("Range", [1, 150])] }),
    networks: list({ default: [] }, map({}, { network: text(), port: text(), fixed_ip: text() })),
    databases: list({ default: [] }, DATABASE),
    users: list({ default: [] }, USER),
    availability_zone: text(),
    restore_point: text(),
  }),
  attributes: ["hostname", "href"],
};

const refuse = (message: string) => new StackValidationFailed({ message });

/**
 * @param versions those of a datastore that there are
 * @throws StackValidationFailed
 */
export function* validateInstance(
  resource: string,
  property: (name: string) => Op<Json>,
  versions: (datastore: string) => Op<readonly Json[]>,
): Op<void> {
  yield* validateDatastore(property, versions);
  const databases = objectsOf(yield* property("databases")).map((one) => repr(one["name"] ?? null));
  const users = objectsOf(yield* property("users"));
  if (users.length > 0 && databases.length === 0) {
    const required = "Databases property is required if users property is provided";
    throw refuse(`${required} for resource ${resource}.`);
  }
  for (const user of users) {
    const missing = itemsOf(user["databases"]).filter((one) => !databases.includes(repr(one)));
    if (missing.length === 0) continue;
    const what = `Database ${repr(missing)} specified for user does not exist in databases`;
    throw refuse(`${what} for resource ${resource}.`);
  }
  for (const { network = null, port = null } of objectsOf(yield* property("networks"))) {
    if (truth(network) !== truth(port)) continue;
    throw refuse("Either network or port must be provided.");
  }
}

function* validateDatastore(
  property: (name: string) => Op<Json>,
  versionsOf: (datastore: string) => Op<readonly Json[]>,
): Op<void> {
  const type = yield* property("datastore_type");
  const version = yield* property("datastore_version");
  if (!truth(type)) {
    if (!truth(version)) return;
    throw refuse("Not allowed - datastore_version without datastore_type.");
  }
  const versions = yield* versionsOf(str(type));
  const allowed = `Allowed versions are ${versions.map(str).join(", ")}.`;
  if (truth(version)) {
    if (versions.includes(version)) return;
    const what = `Datastore version ${str(version)} for datastore type ${str(type)} is not valid.`;
    throw refuse(`${what} ${allowed}`);
  }
  if (versions.length <= 1) return;
  const many = `Multiple active datastore versions exist for datastore type ${str(type)}.`;
  throw refuse(`${many} Explicit datastore version must be provided. ${allowed}`);
}

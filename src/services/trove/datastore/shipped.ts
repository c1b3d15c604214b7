/**
 * Datastores that an operator has told Trove of, with an image for each version: MySQL always, and of the others
 * those that a cloud asks for. Upstream: `trove-manage datastore_update` and `datastore_version_update`, as an
 * operator types them.
 */
import { z } from "zod";
import type { ProjectImage } from "../../../framework/project.js";
import { PROGRAMS_PROPERTY } from "../../../hardware/guest-programs.js";
import { updateDatastore, updateDatastoreVersion } from "../datastores.js";
import type { TroveDatabase } from "../db/database.js";
import { MYSQL_PARAMETERS } from "../mysql/parameters.js";

/** By the datastore, which is called as its manager: its versions, with the packages of each. */
const OTHERS = {
  percona: [["5.5", "percona-server-server-5.5"]],
  redis: [["2.8", "redis-server"]],
  cassandra: [["2.0", "cassandra"]],
  couchbase: [["2.2", "couchbase-server"]],
  mongodb: [["2.4", "mongodb-10gen"]],
  postgresql: [["9.3", "postgresql-9.3"]],
} as const;

type Other = keyof typeof OTHERS;

const MYSQL = [
  ["5.5", "mysql-server-5.5"],
  ["5.6", "mysql-server-5.6"],
] as const;

const NAMES: readonly Other[] = [
  ...(["percona", "redis", "cassandra", "couchbase", "mongodb", "postgresql"] as const),
];

export const datastoreOptionsOfCloud = {
  datastores: z
    .array(z.enum(NAMES, { error: `one of ${NAMES.join(", ")}` }))
    .optional()
    .meta({ description: "Datastores that Trove knows beside mysql, each with an image." }),
};

interface Asked {
  readonly datastores?: readonly Other[] | undefined;
}

interface Version {
  readonly datastore: string;
  readonly name: string;
  readonly packages: string;
}

const versionsOf = ({ datastores = [] }: Asked): readonly Version[] =>
  [
    ["mysql", MYSQL] as const,
    ...[...new Set(datastores)].map((datastore) => [datastore, OTHERS[datastore]] as const),
  ].flatMap(([datastore, versions]) =>
    versions.map(([name, packages]) => ({ datastore, name, packages })),
  );

const imageName = ({ datastore, name }: Version): string => `trove-${datastore}-${name}`;

/** An image for each, as somebody has built it. */
export const datastoreImages = (asked: Asked, program: string): readonly ProjectImage[] =>
  versionsOf(asked).map((version) => ({
    name: imageName(version),
    size_mb: 500,
    properties: { [PROGRAMS_PROPERTY]: program },
  }));

/** The first version of each is its default. */
export function seedDatastores(
  db: TroveDatabase,
  asked: Asked,
  idOf: (kind: string, name: string) => string | undefined,
): void {
  const defaults = new Map<string, string>();
  for (const version of versionsOf(asked)) {
    const { datastore, name, packages } = version;
    if (!defaults.has(datastore)) {
      updateDatastore(db, datastore);
      defaults.set(datastore, name);
    }
    const image_id = idOf("image", imageName(version)) ?? "";
    const row = { name, manager: datastore, image_id, packages, active: true };
    const { uuid: datastore_version_id } = updateDatastoreVersion(db, datastore, row);
    if (datastore !== "mysql" && datastore !== "percona") continue;
    for (const rule of MYSQL_PARAMETERS) {
      db.datastore_configuration_parameters.insert({ ...rule, datastore_version_id });
    }
  }
  for (const [datastore, name] of defaults) updateDatastore(db, datastore, name);
}

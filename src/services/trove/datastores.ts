/**
 * Datastores and their versions, by id or name. Upstream: trove/datastore/models.py (Datastore,
 * DatastoreVersion, get_datastore_version, update_datastore, update_datastore_version) at 2014.2.
 */
import type { Row } from "../../framework/index.js";
import { isObject, PythonTypeError, typeName, type Json } from "../../python/index.js";
import type { TroveDatabase } from "./db/database.js";
import type { DatastoreRow, DatastoreVersionRow } from "./db/schema.js";
import {
  DatastoreDefaultDatastoreNotFound,
  DatastoreDefaultVersionNotFound,
  DatastoreNotFound,
  DatastoreVersionInactive,
  DatastoreVersionNotFound,
  NoUniqueMatch,
} from "./exception.js";

export type Datastore = Row<DatastoreRow>;
export type DatastoreVersion = Row<DatastoreVersionRow>;

/** @throws DatastoreNotFound */
export function datastoreOf({ datastores }: TroveDatabase, idOrName: string): Datastore {
  const found = datastores.get(idOrName) ?? datastores.first({ name: idOrName });
  if (found !== undefined) return found;
  throw new DatastoreNotFound({ datastore: idOrName });
}

/** @throws DatastoreVersionNotFound, NoUniqueMatch */
export function versionOf(
  { datastore_versions }: TroveDatabase,
  { uuid: datastore_id }: Datastore,
  idOrName: string,
): DatastoreVersion {
  const byId = datastore_versions.get(idOrName);
  if (byId?.datastore_id === datastore_id) return byId;
  const [found, ...others] = datastore_versions.find({ datastore_id, name: idOrName });
  if (found === undefined) throw new DatastoreVersionNotFound({ version: idOrName });
  if (others.length > 0) throw new NoUniqueMatch({ name: idOrName });
  return found;
}

/** @throws DatastoreVersionNotFound */
export function versionById({ datastore_versions }: TroveDatabase, id: string): DatastoreVersion {
  const found = datastore_versions.get(id);
  if (found !== undefined) return found;
  throw new DatastoreVersionNotFound({ version: id });
}

export interface ChosenVersion {
  readonly datastore: Datastore;
  readonly version: DatastoreVersion;
}

/** `get_datastore_version(**asked)`: what a request says of a datastore. @throws TypeError */
export function versionArgs(asked: Json): { readonly type?: string; readonly version?: string } {
  const name = "get_datastore_version()";
  if (!isObject(asked)) {
    const what = `argument after ** must be a mapping, not ${typeName(asked)}`;
    throw new PythonTypeError(`${name} ${what}`);
  }
  const odd = Object.keys(asked).find((key) => key !== "type" && key !== "version");
  if (odd !== undefined) {
    throw new PythonTypeError(`${name} got an unexpected keyword argument '${odd}'`);
  }
  const { type, version } = asked;
  return {
    ...(typeof type === "string" && { type }),
    ...(typeof version === "string" && { version }),
  };
}

/** What an instance is to be made of. @throws what there is for each thing that is missing */
export function chosenVersion(
  db: TroveDatabase,
  asked: { readonly type?: string; readonly version?: string },
  otherwise: string | null,
): ChosenVersion {
  const name = asked.type || otherwise;
  if (name === null || name === "") throw new DatastoreDefaultDatastoreNotFound({});
  const datastore = datastoreOf(db, name);
  const wanted = asked.version || datastore.default_version_id;
  if (wanted === null || wanted === "") {
    throw new DatastoreDefaultVersionNotFound({ datastore: datastore.name });
  }
  const version = versionOf(db, datastore, wanted);
  if (!version.active) throw new DatastoreVersionInactive({ version: version.name });
  return { datastore, version };
}

/** `trove-manage datastore_update NAME DEFAULT_VERSION`. */
export function updateDatastore(db: TroveDatabase, name: string, version = ""): Datastore {
  const known =
    db.datastores.first({ name }) ??
    db.datastores.insert({ uuid: db.ids.uuid(), name, default_version_id: null });
  if (version === "") return known;
  const { uuid: default_version_id } = versionOf(db, known, version);
  return db.datastores.update(known.uuid, { default_version_id }) ?? known;
}

/** `trove-manage datastore_version_update DATASTORE NAME MANAGER IMAGE PACKAGES ACTIVE`. */
export function updateDatastoreVersion(
  db: TroveDatabase,
  datastore: string,
  values: Omit<DatastoreVersionRow, "uuid" | "datastore_id">,
): DatastoreVersion {
  const { uuid: datastore_id } = datastoreOf(db, datastore);
  const known = db.datastore_versions.first({ datastore_id, name: values.name });
  if (known === undefined) {
    return db.datastore_versions.insert({ uuid: db.ids.uuid(), datastore_id, ...values });
  }
  return db.datastore_versions.update(known.uuid, values) ?? known;
}

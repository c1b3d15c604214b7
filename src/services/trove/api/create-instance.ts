/**
 * An instance is asked for: what is checked, in upstream's order, and what is stored before it is handed to the
 * task manager. Upstream: trove/instance/service.py (create), trove/instance/models.py (Instance.create),
 * trove/extensions/mysql/common.py at 2014.2. The rows stay if something goes wrong after the first.
 */
import { NotFound as NovaNotFound } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  bytesRepr,
  get,
  isObject,
  parseInteger,
  PythonTypeError,
  str,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { Flavor } from "../../nova/client/index.js";
import { backupById, existsInSwift, isRunning } from "../backups.js";
import { configurationById, overridesOf } from "../configuration/configurations.js";
import {
  chosenVersion,
  datastoreOf,
  versionArgs,
  versionById,
  type ChosenVersion,
} from "../datastores.js";
import { replicationStrategyOf } from "../datastore/flags.js";
import * as errors from "../exception.js";
import type { GuestDatabase, GuestUser } from "../guestagent/rpcapi.js";
import type { Instance } from "../instance/instances.js";
import { NEW, statusColumns } from "../instance/service-status.js";
import { BUILDING, taskColumns } from "../instance/tasks.js";
import { listIn, newDatabases, newUsers } from "./database-names.js";
import { idIn } from "./links.js";
import type { TroveCall } from "./route.js";

/** What was asked for, once it is known to be possible. */
interface Wanted extends ChosenVersion {
  readonly name: string;
  readonly flavorId: string;
  readonly flavor: Flavor & JsonObject;
  readonly databases: readonly GuestDatabase[];
  readonly users: readonly GuestUser[];
  readonly volumeSize: number | null;
  readonly backupId: string | null;
  readonly zone: string | null;
  readonly nics: readonly JsonObject[];
  readonly configurationId: string | null;
  readonly sourceId: string | null;
}

export interface Created {
  readonly instance: Instance;
  readonly password: string | null;
}

export function* createInstance(call: TroveCall, asked: JsonObject): Op<Created> {
  const { app, ctxt } = call;
  const wantedVersion = versionArgs("datastore" in asked ? (asked["datastore"] ?? null) : {});
  const { datastore, version } = chosenVersion(app.db, wantedVersion, app.flags.default_datastore);
  const configuration = get(asked, "configuration");
  const databases = newDatabases(listIn(asked, "databases"), app.ignored);
  const users = usersAsked(call, asked, databases);
  const volumeSize = isObject(asked["volume"])
    ? wholeNumber(asked["volume"]["size"] ?? null, "int")
    : null;
  const restore = asked["restorePoint"];
  const flavorId = idIn(asked["flavorRef"] ?? null);
  const options = app.datastore(version.manager);
  const flavor = yield* flavorOf(call, flavorId);
  const deltas = options.volumeSupport
    ? { instances: 1, volumes: checkedSize(call, volumeSize) }
    : withoutVolume(volumeSize, options.devicePath, flavor, flavorId);
  const backupId = isObject(restore) ? idIn(restore["backupRef"] ?? null) : null;
  if (backupId !== null) yield* checkBackup(call, backupId, datastore.name);
  const source = get(asked, "replica_of") ?? get(asked, "slave_of");
  if (source !== null && typeof source === "object") throw new PythonTypeError("can't adapt type");
  const sourceId = truth(source) ? str(source) : null;
  if (sourceId !== null && !replicationStrategyOf(options)) {
    throw new errors.ReplicationNotSupported({ datastore: datastore.name });
  }
  const wanted: Wanted = {
    datastore,
    version,
    name: str(asked["name"] ?? null),
    flavorId,
    flavor,
    databases,
    users,
    volumeSize,
    backupId,
    zone: typeof asked["availability_zone"] === "string" ? asked["availability_zone"] : null,
    nics: [
      ...app.flags.default_neutron_networks.map((id) => ({ "net-id": id })),
      ...listIn(asked, "nics"),
    ],
    configurationId: truth(configuration) ? idIn(configuration) : null,
    sourceId,
  };
  return yield* app.quotas.run(ctxt.tenant, deltas, store(call, wanted));
}

/** Rows, then the cast. @throws ModelNotFoundError after the first row */
function* store({ app, ctxt }: TroveCall, wanted: Wanted): Op<Created> {
  const { db } = app;
  const { version, configurationId, backupId } = wanted;
  const row = db.instances.insert({
    uuid: app.newId(),
    name: wanted.name,
    hostname: null,
    compute_instance_id: null,
    ...taskColumns(BUILDING),
    volume_id: null,
    flavor_id: wanted.flavorId,
    volume_size: wanted.volumeSize,
    tenant_id: ctxt.project_id,
    datastore_version_id: version.uuid,
    configuration_id: configurationId,
    slave_of_id: wanted.sourceId,
    cluster_id: null,
    shard_id: null,
    type: null,
  });
  if (configurationId !== null) configurationById(db, ctxt, configurationId);
  const overrides = overridesOf(db, configurationId);
  db.service_statuses.insert({ instance_id: row.uuid, ...statusColumns(NEW) });
  const rootOnCreate = app.datastore(version.manager).rootOnCreate && backupId === null;
  const password = rootOnCreate ? app.randomPassword() : null;
  yield* app.tasks.create_instance(ctxt, {
    instance_id: row.uuid,
    name: wanted.name,
    flavor: wanted.flavor,
    image_id: version.image_id,
    databases: wanted.databases,
    users: wanted.users,
    datastore_manager: version.manager,
    packages: version.packages,
    volume_size: wanted.volumeSize,
    backup_id: backupId,
    availability_zone: wanted.zone,
    root_password: password,
    nics: wanted.nics,
    overrides,
    slave_of_id: wanted.sourceId,
    cluster_config: null,
  });
  const server = { status: "BUILD", addresses: {} };
  return { instance: { row, server, service: NEW }, password };
}

/** What is wrong with a name is not said. @throws BadRequest */
function usersAsked(
  { app }: TroveCall,
  asked: JsonObject,
  databases: readonly GuestDatabase[],
): readonly GuestUser[] {
  try {
    const names = databases.map(({ _name }) => _name);
    return newUsers(listIn(asked, "users"), app.ignored, names);
  } catch (error) {
    throw error instanceof ValueError ? new errors.BadRequest({}) : error;
  }
}

/** `int(value)`, or `long(value)`. @throws ValueError, TypeError */
export function wholeNumber(value: Json, type: "int" | "long"): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") {
    const what = `${type}() argument must be a string or a number`;
    throw new PythonTypeError(`${what}, not '${typeName(value)}'`);
  }
  const number = parseInteger(value);
  if (number !== undefined) return number;
  throw new ValueError(`invalid literal for ${type}() with base 10: ${bytesRepr(value)}`);
}

/** `validate_volume_size`. @throws VolumeSizeNotSpecified, VolumeQuotaExceeded */
export function checkedSize({ app }: TroveCall, size: number | null): number {
  if (size === null) throw new errors.VolumeSizeNotSpecified({});
  const { max_accepted_volume_size: most } = app.instanceFlags;
  if (size <= most) return size;
  throw new errors.VolumeQuotaExceeded(
    {},
    `Volume 'size' cannot exceed maximum of ${String(most)} GB, ${String(size)} cannot be accepted.`,
  );
}

/** @throws VolumeNotSupported, LocalStorageNotSpecified */
function withoutVolume(size: number | null, devicePath: string | null, flavor: Flavor, id: string) {
  if (size !== null) throw new errors.VolumeNotSupported({});
  if (devicePath !== null && devicePath !== "" && flavor["OS-FLV-EXT-DATA:ephemeral"] === 0) {
    throw new errors.LocalStorageNotSpecified({ flavor: id });
  }
  return { instances: 1 };
}

/** @throws FlavorNotFound */
export function* flavorOf({ app, ctxt }: TroveCall, id: string): Op<Flavor & JsonObject> {
  try {
    return yield* app.remote.nova(ctxt).flavor(id);
  } catch (thrown) {
    const error = yield* caught(thrown);
    throw error instanceof NovaNotFound ? new errors.FlavorNotFound({ uuid: id }) : error;
  }
}

/** @throws NotFound, BackupNotCompleteError, BackupFileNotFound, BackupDatastoreMismatchError */
function* checkBackup({ app, ctxt }: TroveCall, backup_id: string, datastore2: string): Op<void> {
  const backup = backupById(app, ctxt, backup_id);
  if (isRunning(backup)) throw new errors.BackupNotCompleteError({ backup_id });
  if (!(yield* existsInSwift(app, ctxt, backup))) {
    throw new errors.BackupFileNotFound({ location: backup.location });
  }
  if (backup.datastore_version_id === null) return;
  const { datastore_id } = versionById(app.db, backup.datastore_version_id);
  const { name: datastore1 } = datastoreOf(app.db, datastore_id);
  if (datastore1 === datastore2) return;
  throw new errors.BackupDatastoreMismatchError({ datastore1, datastore2 });
}

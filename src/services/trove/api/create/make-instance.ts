/**
 * An instance that somebody asked for is made: what is checked once it is read, and what is stored before it is
 * handed to the task manager. Upstream: trove/instance/models.py (Instance.create) at 2014.2. The rows stay if
 * something goes wrong after the first.
 */
import { NotFound as NovaNotFound } from "../../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Flavor } from "../../../nova/client/index.js";
import { backupById, existsInSwift, isRunning } from "../../backups.js";
import { configurationById, overridesOf } from "../../configuration/configurations.js";
import { replicationStrategyOf } from "../../datastore/flags.js";
import { datastoreOf, versionById, type ChosenVersion } from "../../datastores.js";
import * as errors from "../../exception.js";
import type { GuestDatabase, GuestUser } from "../../guestagent/rpcapi.js";
import type { Instance } from "../../instance/instances.js";
import { NEW, statusColumns } from "../../instance/service-status.js";
import { BUILDING, taskColumns } from "../../instance/tasks.js";
import type { TroveCall } from "../route.js";

/** Which part of a cluster it is. */
export interface ClusterConfig extends JsonObject {
  readonly id: string;
  readonly instance_type: "member" | "config_server" | "query_router";
  readonly shard_id?: string;
  readonly replica_set_name?: string;
}

/** What was asked for. */
export interface InstanceArgs extends ChosenVersion {
  readonly name: string;
  readonly flavorId: string;
  readonly databases: readonly GuestDatabase[];
  readonly users: readonly GuestUser[];
  readonly volumeSize: number | null;
  readonly backupId: string | null;
  readonly zone: string | null;
  readonly nics: readonly JsonObject[];
  readonly configurationId: string | null;
  readonly sourceId: string | null;
  readonly cluster: ClusterConfig | null;
}

export interface Created {
  readonly instance: Instance;
  readonly password: string | null;
}

/** @throws what is wrong with flavor, volume, backup, source or quota, in this order */
export function* makeInstance(call: TroveCall, wanted: InstanceArgs): Op<Created> {
  const { app, ctxt } = call;
  const { datastore, version, flavorId, volumeSize, backupId, sourceId } = wanted;
  const options = app.datastore(version.manager);
  const flavor = yield* flavorOf(call, flavorId);
  const deltas = options.volumeSupport
    ? { instances: 1, volumes: checkedSize(call, volumeSize) }
    : withoutVolume(volumeSize, options.devicePath, flavor, flavorId);
  if (backupId !== null) yield* checkBackup(call, backupId, datastore.name);
  if (sourceId !== null && !replicationStrategyOf(options)) {
    throw new errors.ReplicationNotSupported({ datastore: datastore.name });
  }
  return yield* app.quotas.run(ctxt.tenant, deltas, store(call, wanted, flavor));
}

/** Rows, then the cast. @throws ModelNotFoundError after the first row */
function* store(
  { app, ctxt }: TroveCall,
  wanted: InstanceArgs,
  flavor: Flavor & JsonObject,
): Op<Created> {
  const { db } = app;
  const { version, configurationId, backupId, cluster } = wanted;
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
    cluster_id: cluster?.id ?? null,
    shard_id: cluster?.shard_id ?? null,
    type: cluster?.instance_type ?? null,
  });
  if (configurationId !== null) configurationById(db, ctxt, configurationId);
  const overrides = overridesOf(db, configurationId);
  db.service_statuses.insert({ instance_id: row.uuid, ...statusColumns(NEW) });
  const rootOnCreate = app.datastore(version.manager).rootOnCreate && backupId === null;
  const password = rootOnCreate ? app.randomPassword() : null;
  yield* app.tasks.create_instance(ctxt, {
    instance_id: row.uuid,
    name: wanted.name,
    flavor,
    image_id: version.image_id,
    databases: wanted.databases,
    users: wanted.users,
    datastore_manager: version.manager,
    packages: version.packages,
    volume_size: wanted.volumeSize,
    backup_id: backupId,
    availability_zone: wanted.zone,
    root_password: password,
    nics: [...app.flags.default_neutron_networks.map((id) => ({ "net-id": id })), ...wanted.nics],
    overrides,
    slave_of_id: wanted.sourceId,
    cluster_config: cluster,
  });
  const server = { status: "BUILD", addresses: {} };
  return { instance: { row, server, service: NEW }, password };
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
export function withoutVolume(
  size: number | null,
  devicePath: string | null,
  flavor: Flavor,
  id: string,
) {
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

/**
 * A replica is made from a copy of its source, and a replica becomes an instance of its own. A source that
 * fails leaves both as they are: what is to clean up stumbles over the backup that it has just made. Upstream:
 * trove/taskmanager/manager.py (_create_replication_slave), models.py (get_replication_master_snapshot,
 * get_replication_snapshot, attach_replication_slave, detach_replica) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { deleteBackup, newBackup } from "../backups.js";
import { replicaConfig, replicaSourceConfig } from "../configuration/config-template.js";
import type { TroveContext } from "../context.js";
import { GuestError, TroveError } from "../exception.js";
import {
  builtInstance,
  freshInstance,
  setTask,
  updateInstance,
  type InstanceRecord,
} from "../instance/instances.js";
import { BUILDING_ERROR_REPLICA } from "../instance/tasks.js";
import type { BackupInfo, ReplicationSnapshot } from "../guestagent/rpcapi.js";
import { datastoreOf } from "../datastores.js";
import { createInstance } from "./create/create-instance.js";
import type { CreateInstance } from "./rpcapi.js";
import type { TaskParts } from "./task-parts.js";

export function* createReplica(
  parts: TaskParts,
  ctxt: TroveContext,
  args: CreateInstance,
  sourceId: string,
): Op<void> {
  const { instance_id: id } = args;
  const { row } = yield* freshInstance(parts, ctxt, id);
  const snapshot = yield* sourceSnapshot(parts, ctxt, row, sourceId);
  const { snapshot_id } = snapshot.dataset;
  try {
    yield* createInstance(parts, ctxt, { ...args, backup_id: snapshot_id, cluster_config: null });
  } finally {
    yield* deleteBackup(parts, ctxt, snapshot_id);
  }
  try {
    const slave_config = replicaConfig(parts.versionOf(row));
    yield* parts.guest(ctxt, id).attachReplicationSlave({ snapshot, slave_config });
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    const words = `Error attaching instance ${id} as replica.`;
    parts.env.log("error", words);
    setTask(parts.db, id, BUILDING_ERROR_REPLICA);
    throw new TroveError({}, words);
  }
}

/** @throws TroveError of the source; UnprocessableEntity in its place where the backup has not begun */
function* sourceSnapshot(
  parts: TaskParts,
  ctxt: TroveContext,
  { uuid: id, tenant_id, datastore_version_id }: InstanceRecord,
  sourceId: string,
): Op<ReplicationSnapshot> {
  const { db } = parts;
  const name = `Replication snapshot of ${id}`;
  const description = "Backup image used to initialize replication slave";
  const of = { instance_id: sourceId, parent_id: null, tenant_id, datastore_version_id };
  const backup = newBackup({ db, newId: () => parts.newId() }, { name, description, ...of });
  try {
    const source = yield* builtInstance(parts, ctxt, sourceId);
    const version = parts.versionOf(source.row);
    const info: BackupInfo = {
      ...{ name, description, ...of, state: "NEW", deleted: false, id: backup.uuid },
      datastore: datastoreOf(db, version.datastore_id).name,
      datastore_version: version.name,
    };
    const asked = parts.guest(ctxt, sourceId).replicationSnapshot({
      snapshot_info: info,
      replica_source_config: replicaSourceConfig(version),
    });
    return yield* parts.quotas.run(ctxt.tenant, { backups: 1 }, asked);
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* deleteBackup(parts, ctxt, backup.uuid);
    if (!(error instanceof TroveError)) throw error;
    const words = `Error creating replication snapshot from instance ${sourceId} for new replica ${id}.`;
    parts.env.log("error", words);
    setTask(db, id, BUILDING_ERROR_REPLICA);
    throw new TroveError({}, words);
  }
}

export function* detachReplica(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  const { row } = yield* builtInstance(parts, ctxt, id);
  const { row: source } = yield* builtInstance(parts, ctxt, row.slave_of_id ?? "None");
  try {
    const replica_info = yield* parts.guest(ctxt, id).detachReplica();
    yield* parts.guest(ctxt, source.uuid).cleanupSourceOnReplicaDetach({ replica_info });
    updateInstance(parts.db, id, { slave_of_id: null });
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    parts.exception(`Failed to detach replica ${id}.`, error);
  }
}

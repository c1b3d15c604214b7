/**
 * Replication by MySQL's binary log: a source is set up and copied, a replica begins with the copy and asks as
 * a user of its own. What is written to a source later does not come to its replicas here. A guest knows its
 * name where upstream's knows its address. Upstream:
 * trove/guestagent/strategies/replication/mysql_binlog.py at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { str, type JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import { IncompatibleReplicationStrategy, InsufficientSpaceForReplica } from "../exception.js";
import type { AgentParts } from "./agent-parts.js";
import { streamBackup } from "./backup-agent.js";
import type { MysqlAdmin } from "./mysql-admin.js";
import type { MysqlApp } from "./mysql-app.js";
import type { BackupInfo, ReplicationSnapshot } from "./rpcapi.js";
import { SwiftStorage } from "./swift-storage.js";
import { filesystemStats } from "./volume-device.js";

interface Guest {
  readonly parts: AgentParts;
  readonly app: MysqlApp;
  readonly admin: MysqlAdmin;
}

/** `get_replication_snapshot`. @throws RuntimeError, SwiftClientException */
export function* replicationSnapshot(
  { parts, app, admin }: Guest,
  ctxt: TroveContext,
  info: BackupInfo,
  config: string,
): Op<ReplicationSnapshot> {
  app.writeReplication(config);
  yield* app.restart();
  yield* streamBackup(parts, new SwiftStorage(parts, ctxt), info);
  const replication_user = admin.createReplicationUser();
  const { used, total } = filesystemStats(parts);
  return {
    dataset: {
      datastore_manager: "mysql",
      dataset_size: used,
      volume_size: total,
      snapshot_id: info.id,
    },
    replication_strategy: parts.options.replicationStrategy ?? "None",
    master: { host: parts.disk.machine.hostname, port: 3306 },
    log_position: { replication_user, log_file: "mysql-bin.000001", log_position: 107 },
  };
}

/** `attach_replication_slave`. @throws what does not fit, RuntimeError */
export function* attachReplica(
  { parts, app }: Guest,
  snapshot: ReplicationSnapshot,
  config: string,
): Op<void> {
  const { replication_strategy, dataset, log_position } = snapshot;
  const { replicationStrategy: guest_strategy } = parts.options;
  if (replication_strategy !== guest_strategy) {
    throw new IncompatibleReplicationStrategy({ replication_strategy, guest_strategy });
  }
  const { total: slave_volume_size } = filesystemStats(parts);
  const { dataset_size } = dataset;
  if (slave_volume_size < dataset_size) {
    throw new InsufficientSpaceForReplica({ slave_volume_size, dataset_size });
  }
  app.writeReplication(config);
  yield* app.restart();
  parts.env.log("info", `Configuring replication from ${snapshot.master.host}.`);
  parts.env.log("info", "Starting slave replication.");
  parts.disk.replicatesAs = log_position.replication_user.name;
  parts.env.log("info", "Replication is now on.");
}

/** `detach_replica`. @throws RuntimeError */
export function* detachReplica({ parts, app }: Guest): Op<JsonObject> {
  parts.env.log("info", "Stopping slave replication.");
  const replication_user = parts.disk.replicatesAs ?? null;
  parts.disk.replicatesAs = undefined;
  parts.env.log("info", "Replication is now off.");
  app.removeReplication();
  yield* app.restart();
  return { replication_user };
}

/** @throws OperationalError */
export function cleanUpSource({ admin }: Guest, { replication_user }: JsonObject): void {
  admin.deleteUserByName(str(replication_user ?? null));
}

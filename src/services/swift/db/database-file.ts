/**
 * A database as a file that rsync copies to another host: everything that is in it, rows under their
 * numbers. Upstream: the SQLite file itself, swift/common/db_replicator.py (_rsync_db) at 2.2.0.
 */
import { isObject, toJson, type Json, type JsonObject } from "../../../python/index.js";
import { AccountBroker } from "./account-broker.js";
import type { SyncPoint } from "./broker.js";
import { numberIn, textIn } from "./broker.js";
import { ContainerBroker } from "./container-broker.js";
import { metadataOf } from "./metadata.js";
import type { Broker } from "./replication-info.js";

export function databaseFile(broker: Broker): JsonObject {
  return {
    account: broker.account,
    ...("container" in broker && { container: broker.container }),
    id: broker.id,
    created_at: broker.createdAt,
    put_timestamp: broker.putTimestamp,
    delete_timestamp: broker.deleteTimestamp,
    status: broker.status,
    status_changed_at: broker.statusChangedAt,
    max_row: broker.maxRow,
    metadata: toJson(broker.metadata),
    rows: broker.itemsSince(-1, Infinity),
    incoming_sync: toJson(broker.syncPoints()),
    outgoing_sync: toJson(broker.syncPoints(false)),
  };
}

/** The database that a file holds. */
export function databaseIn(file: JsonObject): Broker {
  const birth = {
    id: textIn(file, "id"),
    createdAt: textIn(file, "created_at"),
    putTimestamp: textIn(file, "put_timestamp"),
  };
  const account = textIn(file, "account");
  const broker =
    "container" in file
      ? new ContainerBroker(account, textIn(file, "container"), birth)
      : new AccountBroker(account, birth);
  broker.deleteTimestamp = textIn(file, "delete_timestamp");
  broker.status = file["status"] === "DELETED" ? "DELETED" : "";
  broker.statusChangedAt = textIn(file, "status_changed_at");
  broker.updateMetadata(metadataOf(file["metadata"]));
  const rows = objectsIn(file["rows"]);
  broker.mergeItems(rows);
  broker.renumber(
    new Map(rows.map((row) => [textIn(row, "name"), numberIn(row, "ROWID")])),
    numberIn(file, "max_row"),
  );
  broker.mergeSyncs(pointsIn(file["incoming_sync"]));
  broker.mergeSyncs(pointsIn(file["outgoing_sync"]), false);
  return broker;
}

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];

const pointsIn = (list: Json | undefined): SyncPoint[] =>
  objectsIn(list).map((point) => ({
    remote_id: textIn(point, "remote_id"),
    sync_point: numberIn(point, "sync_point"),
  }));

/**
 * What the replicator of another host asks of a database here: how it stands, to take over rows, to put a
 * file in place that rsync has brought. Upstream: swift/common/db_replicator.py (ReplicatorRpc) at 2.2.0.
 */
import type { Env } from "../../../framework/index.js";
import { respond, type HttpResponse } from "../../../http/index.js";
import type { Op, Stream } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import { answer, badRequest } from "../common/answer.js";
import { insufficientStorage, placement, type BackendRequest } from "../common/request.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { AccountBroker } from "./account-broker.js";
import type { SyncPoint } from "./broker.js";
import { metadataOf } from "./metadata.js";
import { numberIn, textIn } from "./broker.js";
import { ContainerBroker } from "./container-broker.js";
import { replicationInfo, type Broker, type TableName } from "./replication-info.js";

interface Options {
  readonly table: TableName;
  /** Draws ids for databases. */
  readonly ids: Stream;
}

/** What is known of a database, and the arguments that came with the operation. */
interface Asked {
  readonly drive: Drive;
  readonly table: TableName;
  readonly hash: string;
  readonly partition: number;
  readonly args: readonly Json[];
  readonly ids: Stream;
}

/** `REPLICATE /<device>/<partition>/<hash>`, an operation and its arguments as a list. */
export function* replicateHandler(
  env: Env,
  mounts: Mounts,
  { table, ids }: Options,
  request: BackendRequest,
): Op<HttpResponse> {
  const [device, partition, hash] = placement(request, 3);
  const drive = mounts.mounted(device);
  if (drive === undefined) return insufficientStorage(device);
  const { body } = request;
  if (!Array.isArray(body)) return badRequest("Invalid object type");
  const [op, ...args] = body as readonly Json[];
  const asked = { drive, table, hash: hash ?? "", partition: Number(partition), args, ids };
  switch (op) {
    case "complete_rsync":
      return completeRsync(asked);
    case "rsync_then_merge":
      return rsyncThenMerge(asked);
    case "sync":
    case "merge_items":
    case "merge_syncs": {
      const broker = drive[table].get(asked.hash)?.broker;
      if (broker === undefined) return answer(404);
      return OPERATIONS[op](broker, args);
    }
    default:
      env.log("error", `ERROR __call__ error with ${request.method} ${request.path} `);
      return answer(500);
  }
}

const OPERATIONS = {
  /** Take over what is newer there, and say how it stands here. */
  sync(broker: Broker, args: readonly Json[]): HttpResponse {
    const [point, hash, id, created, put, deleted, metadata] = args;
    broker.updateMetadata(metadataOf(metadata));
    broker.mergeTimestamps(text(created), text(put), text(deleted));
    const info = replicationInfo(broker);
    const remote = text(id);
    const sent = Number(point);
    let known = broker.syncPoint(remote, true);
    if (hash === broker.hash && known < sent) {
      broker.mergeSyncs([{ remote_id: remote, sync_point: sent }]);
      known = sent;
    }
    return respond(200, { ...info, point: known }, { "content-type": "text/html; charset=UTF-8" });
  },

  merge_items(broker: Broker, [items, source]: readonly Json[]): HttpResponse {
    broker.mergeItems(objectsIn(items), typeof source === "string" ? source : undefined);
    return answer(202);
  },

  merge_syncs(broker: Broker, [points]: readonly Json[]): HttpResponse {
    broker.mergeSyncs(
      objectsIn(points).map((point): SyncPoint => {
        return { remote_id: textIn(point, "remote_id"), sync_point: numberIn(point, "sync_point") };
      }),
    );
    return answer(202);
  },
};

const text = (value: Json | undefined): string => str(value ?? null);

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];

/** The whole file came: nothing was here. */
function completeRsync({ drive, table, hash, partition, args, ids }: Asked): HttpResponse {
  const remote = text(args[0]);
  const came = drive.tmp.get(remote);
  if (drive[table].has(hash) || came === undefined) return answer(404);
  drive.tmp.delete(remote);
  came.newId(ids.uuid(), remote);
  put(drive, table, hash, partition, came);
  return answer(204);
}

/** The whole file came, and takes in what was here. */
function rsyncThenMerge({ drive, table, hash, partition, args, ids }: Asked): HttpResponse {
  const remote = text(args[0]);
  const came = drive.tmp.get(remote);
  const here = drive[table].get(hash)?.broker;
  if (here === undefined || came === undefined) return answer(404);
  drive.tmp.delete(remote);
  came.mergeItems(here.itemsSince(-1, Infinity));
  came.newId(ids.uuid(), remote);
  put(drive, table, hash, partition, came);
  return answer(204);
}

function put(
  drive: Drive,
  table: TableName,
  hash: string,
  partition: number,
  broker: Broker,
): void {
  if (table === "accounts" && broker instanceof AccountBroker) {
    drive.accounts.set(hash, { partition, broker });
  }
  if (table === "containers" && broker instanceof ContainerBroker) {
    drive.containers.set(hash, { partition, broker });
  }
}

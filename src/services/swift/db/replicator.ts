/**
 * `swift-account-replicator`, `swift-container-replicator`: each database is compared with its other
 * replicas and pushed where it is ahead, row by row, or as a whole file where there is none. One that
 * only stands in goes home and is removed. What was deleted longer ago than it is kept stays for ever, as in
 * 2.2.0, whose replicator fails at it. Databases go one after the other. Upstream: swift/common/db_replicator.py
 * (Replicator), swift/container/replicator.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import { ConnectionError, type HttpResponse } from "../../../http/index.js";
import { aloud, seconds, type Op } from "../../../kernel/index.js";
import { isObject, toJson, type Json, type JsonObject } from "../../../python/index.js";
import { isSuccess } from "../common/answer.js";
import { askNode, nameOf, timeouts } from "../common/backend.js";
import { Daemon } from "../common/daemon.js";
import { timestamp, unixNow } from "../common/timestamp.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { databaseReplicatorFlags } from "../flags.js";
import type { Device } from "../ring/ring.js";
import type { RingFiles } from "../ring/rings.js";
import { RSYNC_PORT } from "../rsync/daemon.js";
import { numberIn, textIn } from "./broker.js";
import { databaseFile } from "./database-file.js";
import { replicationInfo, type Broker, type TableName } from "./replication-info.js";

/** Of which server, and so which ring and which databases of a disk. */
export type Served = "account" | "container";

const TABLES: Readonly<Record<Served, TableName>> = {
  account: "accounts",
  container: "containers",
};

interface Job {
  readonly drive: Drive;
  readonly device: Device;
  readonly hash: string;
  readonly partition: number;
  readonly broker: Broker;
}

/** 507: another node is asked in its place. */
type Outcome = boolean | "not mounted";

export function databaseReplicator(
  env: Env,
  served: Served,
  mounts: Mounts,
  rings: RingFiles,
): Process {
  const conf = env.flags.read(databaseReplicatorFlags[served]);
  const limits = timeouts(conf.conn_timeout, conf.replicator_node_timeout);
  const order = env.stream("order of databases");
  const stats = { attempted: 0, success: 0, failure: 0, remove: 0 };

  function* replicate(
    node: Device,
    { hash, partition }: Job,
    op: readonly Json[],
  ): Op<HttpResponse> {
    const headers = { "content-type": "application/json" };
    const call = { method: "REPLICATE", path: `/${hash}`, headers, body: op };
    return yield* askNode(env, node, partition, call, limits);
  }

  function* rsync(node: Device, job: Job, method: string): Op<boolean> {
    const { broker } = job;
    const url = `http://${node.ip}:${String(RSYNC_PORT)}/${served}/${node.device}/tmp/${broker.id}`;
    const options = { body: databaseFile(broker), timeout: seconds(conf.replicator_node_timeout) };
    const { status } = yield* env.http.request("PUT", url, options);
    if (status !== 200) {
      env.log("error", `ERROR rsync failed with 5: ${url}`);
      return false;
    }
    return isSuccess((yield* replicate(node, job, [method, broker.id])).status);
  }

  /** Rows that the other has not. */
  function* usync(node: Device, job: Job, remote: string, from: number): Op<boolean> {
    const { broker } = job;
    let point = from;
    const points = broker.syncPoints();
    for (let sent = 0; sent < conf.max_diffs; sent++) {
      const rows = broker.itemsSince(point, conf.per_diff);
      const last = rows.at(-1);
      if (last === undefined) break;
      const { status } = yield* replicate(node, job, ["merge_items", rows, broker.id]);
      if (!isSuccess(status)) {
        env.log("error", `ERROR Bad response ${String(status)} from ${node.ip}`);
        return false;
      }
      point = numberIn(last, "ROWID");
    }
    // Too far behind: the rest comes with the next pass.
    if (broker.itemsSince(point, 1).length > 0) return false;
    const { status } = yield* replicate(node, job, ["merge_syncs", toJson(points)]);
    if (!isSuccess(status)) return false;
    broker.mergeSyncs([{ remote_id: remote, sync_point: point }], false);
    return true;
  }

  function* toNode(node: Device, job: Job, info: JsonObject): Op<Outcome> {
    const { broker } = job;
    const args = ["max_row", "hash", "id", "created_at", "put_timestamp", "delete_timestamp"];
    const told = [...args, "metadata"].map((key) => info[key] ?? null);
    const { status, body } = yield* replicate(node, job, ["sync", ...told]);
    if (status === 404) return yield* rsync(node, job, "complete_rsync");
    if (status === 507) return "not mounted";
    if (!isSuccess(status) || !isObject(body)) return false;
    if (served === "container") {
      const [created, put, deleted] = ["created_at", "put_timestamp", "delete_timestamp"].map(
        (key) => textIn(body, key),
      );
      broker.mergeTimestamps(created ?? "0", put ?? "0", deleted ?? "0");
    }
    const remote = textIn(body, "id");
    const rows = numberIn(info, "max_row");
    const known = Math.max(numberIn(body, "point"), broker.syncPoint(remote, false));
    if (known >= rows) return true;
    if (body["hash"] === info["hash"]) {
      const sync_point = numberIn(body, "point");
      broker.mergeSyncs([{ remote_id: remote, sync_point }], false);
      return true;
    }
    if (numberIn(body, "max_row") / rows < 0.5) return yield* rsync(node, job, "rsync_then_merge");
    return yield* usync(node, job, remote, known);
  }

  function* attempt(node: Device, job: Job, info: JsonObject): Op<Outcome> {
    try {
      return yield* toNode(node, job, info);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("error", `ERROR syncing ${job.hash}.db with node ${nameOf(node)}`);
      return false;
    }
  }

  /** To everybody else who should have it, beginning with the one behind this. */
  function* process(job: Job): Op<void> {
    const { drive, device, hash, partition, broker } = job;
    stats.attempted++;
    const oldest = timestamp(String(Math.max(0, unixNow(env) / 1e6 - conf.reclaim_age)));
    broker.reclaim(oldest);
    const { deleteTimestamp: gone, putTimestamp: put, empty } = broker;
    if (gone !== "0" && gone < oldest && gone > put && empty) return;
    const info = replicationInfo(broker);
    const ring = rings.open(served);
    const nodes = ring.primaries(partition);
    const at = nodes.findIndex(({ id }) => id === device.id);
    const queue = at < 0 ? nodes : [...nodes.slice(at + 1), ...nodes.slice(0, at)];
    const handoffs = ring.handoffs(partition);
    let arrived = true;
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      const outcome = yield* attempt(node, job, info);
      if (outcome === "not mounted") {
        env.log("error", `ERROR Remote drive not mounted ${nameOf(node)}`);
        const next = handoffs.shift();
        if (next !== undefined) queue.push(next);
      }
      stats[outcome === true ? "success" : "failure"]++;
      arrived &&= outcome === true;
    }
    if (at >= 0 || !arrived) return;
    drive[TABLES[served]].delete(hash);
    stats.remove++;
  }

  function jobs(): Job[] {
    const found: Job[] = [];
    for (const device of rings.devices(served).filter(({ ip }) => ip === mounts.host)) {
      const drive = mounts.mounted(device.device);
      if (drive === undefined) {
        env.log("warning", `Skipping ${device.device} as it is not mounted`);
        continue;
      }
      for (const [hash, { partition, broker }] of drive[TABLES[served]]) {
        found.push({ drive, device, hash, partition, broker });
      }
    }
    for (let at = found.length - 1; at > 0; at--) {
      const other = order.int(0, at);
      [found[at], found[other]] = [found[other] as Job, found[at] as Job];
    }
    return found;
  }

  function* pass(): Op<void> {
    Object.assign(stats, { attempted: 0, success: 0, failure: 0, remove: 0 });
    const began = env.kernel.now;
    const all = jobs();
    env.log("info", "Beginning replication run");
    for (const job of all) yield* aloud(process(job));
    env.log("info", "Replication run OVER");
    const took = (env.kernel.now - began) / 1e6;
    const rate = stats.attempted / (took + 0.0000001);
    env.log(
      "info",
      `Attempted to replicate ${String(stats.attempted)} dbs in ${took.toFixed(5)} seconds (${rate.toFixed(5)}/s)`,
    );
    env.log("info", `Removed ${String(stats.remove)} dbs`);
    env.log("info", `${String(stats.success)} successes, ${String(stats.failure)} failures`);
  }

  return new Daemon(env, { name: "replication", interval: conf.replicator_interval, pass });
}

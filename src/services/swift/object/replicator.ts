/**
 * `swift-object-replicator`: compares each partition with the other nodes that should have it and pushes what
 * differs; a partition that it only stands in for goes home and is removed. Files only ever travel from
 * here to there. Upstream: swift/obj/replicator.py (update, update_deleted, rsync) at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import { ConnectionError } from "../../../http/index.js";
import { aloud, seconds, type Op } from "../../../kernel/index.js";
import { isObject, type Json } from "../../../python/index.js";
import { askNode, timeouts } from "../common/backend.js";
import { Daemon } from "../common/daemon.js";
import { unixNow } from "../common/timestamp.js";
import type { Drive, Mounts } from "../disks/storage.js";
import { objectReplicatorFlags } from "../flags.js";
import type { Device } from "../ring/ring.js";
import type { RingFiles } from "../ring/rings.js";
import { RSYNC_PORT, type Shipment } from "../rsync/daemon.js";

interface Job {
  readonly drive: Drive;
  readonly device: Device;
  readonly partition: number;
}

export function objectReplicator(env: Env, mounts: Mounts, rings: RingFiles): Process {
  const conf = env.flags.read(objectReplicatorFlags);
  const limits = timeouts(conf.http_timeout, conf.http_timeout);
  const headers = { "content-length": "0", "user-agent": "object-replicator 1" };

  const sums = ({ drive, partition }: Job): Record<string, string> =>
    drive.objects.sums(partition, unixNow(env) / 1e6 - conf.reclaim_age);

  /** @returns whether all files have arrived */
  function* sync(
    node: Device,
    { drive, partition }: Job,
    suffixes: readonly string[],
  ): Op<boolean> {
    const url = `http://${node.ip}:${String(RSYNC_PORT)}/object/${node.device}/objects/${String(partition)}`;
    const found = suffixes.flatMap((suffix) => [...drive.objects.hashes(partition, suffix)]);
    if (found.length === 0) return false;
    const body: Shipment = Object.fromEntries(
      found.map(([hash, directory]) => [hash, Object.fromEntries(directory)]),
    );
    try {
      const options = { body, timeout: seconds(conf.rsync_timeout) };
      const { status } = yield* env.http.request("PUT", url, options);
      if (status === 200) return true;
      env.log("error", `Bad rsync return code: 5 <- ${url}`);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("error", `Bad rsync return code: 10 <- ${url}`);
    }
    return false;
  }

  /** Tell the node to look at these again, once they have come. */
  function* rehash(node: Device, { partition }: Job, suffixes: readonly string[]): Op<void> {
    const call = { method: "REPLICATE", path: `/${suffixes.join("-")}`, headers };
    yield* askNode(env, node, partition, call, limits);
  }

  function* push(node: Device, job: Job, suffixes: readonly string[]): Op<void> {
    yield* sync(node, job, suffixes);
    yield* rehash(node, job, suffixes);
  }

  /** A partition that belongs here. */
  function* update(job: Job): Op<void> {
    const { partition, device } = job;
    const ring = rings.open("object");
    const others = ring.primaries(partition).filter(({ id }) => id !== device.id);
    const queue = [...others, ...ring.handoffs(partition)];
    for (let left = others.length; left > 0; left--) {
      const node = queue.shift();
      if (node === undefined) return;
      try {
        const call = { method: "REPLICATE", path: "", headers };
        const { status, body } = yield* askNode(env, node, partition, call, limits);
        if (status === 507) {
          env.log("error", `${node.ip}/${node.device} responded as unmounted`);
          left++;
        } else if (status === 200) {
          const differing = differences(sums(job), body);
          if (differing.length > 0) yield* aloud(push(node, job, differing));
        } else {
          env.log("error", `Invalid response ${String(status)} from ${node.ip}`);
        }
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        env.log("error", `Error syncing with node: ${node.ip}/${node.device}`);
      }
    }
  }

  /** One that does not: it is removed once everybody who should have it has. */
  function* updateDeleted(job: Job): Op<void> {
    const { drive, partition, device } = job;
    const suffixes = drive.objects.suffixes(partition);
    const nodes = rings.open("object").primaries(partition);
    let arrived = 0;
    for (const node of suffixes.length > 0 ? nodes : []) {
      if (!(yield* sync(node, job, suffixes))) continue;
      try {
        yield* rehash(node, job, suffixes);
        arrived++;
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        env.log("error", "Error syncing handoff partition");
        return;
      }
    }
    if (suffixes.length > 0 && arrived < nodes.length) return;
    const path = `/srv/node/${device.device}/objects/${String(partition)}`;
    env.log("info", `Removing partition: ${path}`);
    drive.objects.removePartition(partition);
  }

  function* pass(): Op<void> {
    env.log("info", "Starting object replication pass.");
    const began = env.kernel.now;
    for (const device of rings.devices("object").filter(({ ip }) => ip === mounts.host)) {
      const drive = mounts.mounted(device.device);
      if (drive === undefined) {
        env.log("warning", `${device.device} is not mounted`);
        continue;
      }
      for (const partition of drive.objects.partitions) {
        const job = { drive, device, partition };
        const here = rings
          .open("object")
          .primaries(partition)
          .some(({ id }) => id === device.id);
        yield* here ? update(job) : aloud(updateDeleted(job));
      }
    }
    const took = (env.kernel.now - began) / 60e6;
    env.log("info", `Object replication complete. (${took.toFixed(2)} minutes)`);
  }

  return new Daemon(env, {
    name: "object replication",
    interval: conf.run_pause,
    paused: true,
    pass,
  });
}

/** Suffixes that the other node has not, or not so. */
function differences(local: Readonly<Record<string, string>>, remote: Json): string[] {
  const theirs = isObject(remote) ? remote : {};
  return Object.keys(local).filter((suffix) => local[suffix] !== theirs[suffix]);
}

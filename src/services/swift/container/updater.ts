/**
 * `swift-container-updater`: tells accounts how much their containers hold, where that is not what was
 * last told. An account that does not answer is left alone for a minute. Upstream:
 * swift/container/updater.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import { ConnectionError } from "../../../http/index.js";
import { aloud, join, seconds, type Micros, type Op } from "../../../kernel/index.js";
import { isSuccess, titleOf } from "../common/answer.js";
import { askNode, nameOf, timeouts } from "../common/backend.js";
import { Daemon } from "../common/daemon.js";
import { hashPath } from "../common/hash-path.js";
import type { ContainerBroker } from "../db/container-broker.js";
import type { Mounts } from "../disks/storage.js";
import { containerUpdaterFlags } from "../flags.js";
import type { Device } from "../ring/ring.js";
import type { RingFiles } from "../ring/rings.js";

export function containerUpdater(env: Env, mounts: Mounts, rings: RingFiles): Process {
  const conf = env.flags.read(containerUpdaterFlags);
  const limits = timeouts(conf.conn_timeout, conf.node_timeout);
  const suppressed = new Map<string, Micros>();

  function* report(node: Device, partition: number, broker: ContainerBroker): Op<boolean> {
    const { account, container } = broker;
    const { put_timestamp, delete_timestamp, object_count, bytes_used } = broker.report;
    const headers = {
      "x-put-timestamp": put_timestamp,
      "x-delete-timestamp": delete_timestamp,
      "x-object-count": String(object_count),
      "x-bytes-used": String(bytes_used),
      "x-account-override-deleted": "yes",
      "x-backend-storage-policy-index": "0",
      "user-agent": "container-updater 1",
    };
    try {
      const call = { method: "PUT", path: `/${account}/${container}`, headers };
      const { status } = yield* askNode(env, node, partition, call, limits);
      if (!isSuccess(status)) env.log("debug", `${String(status)} ${titleOf(status)}`);
      return isSuccess(status);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("error", `ERROR account update failed with ${nameOf(node)} (will retry later): `);
      return false;
    }
  }

  function* process(broker: ContainerBroker): Op<void> {
    const { account, report: told } = broker;
    const ring = rings.open("account");
    const partition = ring.partitionOf(hashPath(conf, account));
    const threads = ring
      .primaries(partition)
      .map((node) => env.spawn("report", report(node, partition, broker), { awaited: true }));
    let successes = 0;
    for (const thread of threads) if (yield* join(thread)) successes++;
    if (successes >= Math.floor(threads.length / 2) + 1) broker.markReported(told);
    else suppressed.set(account, env.kernel.now + seconds(conf.account_suppression_time));
  }

  function* sweep(): Op<void> {
    env.log("info", "Begin container update sweep");
    const began = env.kernel.now;
    for (const device of mounts.names) {
      const drive = mounts.mounted(device);
      if (drive === undefined) env.log("warning", `${device} is not mounted`);
      for (const { broker } of [...(drive?.containers.values() ?? [])]) {
        // One that an update of an object has made has nothing to tell.
        if (Number(broker.putTimestamp) <= 0 || broker.upToDate) continue;
        if ((suppressed.get(broker.account) ?? 0) > env.kernel.now) continue;
        yield* aloud(process(broker));
      }
    }
    const took = (env.kernel.now - began) / 1e6;
    env.log("info", `Container update sweep completed: ${took.toFixed(2)}s`);
  }

  return new Daemon(env, {
    name: "container update sweep",
    interval: conf.container_updater_interval,
    pass: sweep,
  });
}

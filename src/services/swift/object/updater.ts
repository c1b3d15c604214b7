/**
 * `swift-object-updater`: sends the updates of listings that could not be sent, to every replica of the
 * container that does not have them. What a container without a database says is taken for done, so an
 * update to it is lost. Upstream: swift/obj/updater.py at 2.2.0.
 */
import type { Env, Process } from "../../../framework/index.js";
import { ConnectionError } from "../../../http/index.js";
import { aloud, join, type Op } from "../../../kernel/index.js";
import { isSuccess } from "../common/answer.js";
import { askNode, nameOf, timeouts } from "../common/backend.js";
import { Daemon } from "../common/daemon.js";
import { hashPath } from "../common/hash-path.js";
import type { AsyncPending, Drive, Mounts } from "../disks/storage.js";
import { objectUpdaterFlags } from "../flags.js";
import type { Device } from "../ring/ring.js";
import type { RingFiles } from "../ring/rings.js";

export function objectUpdater(env: Env, mounts: Mounts, rings: RingFiles): Process {
  const conf = env.flags.read(objectUpdaterFlags);
  const limits = timeouts(conf.conn_timeout, conf.updater_node_timeout);

  /** @returns whether this replica needs it no more */
  function* send(node: Device, partition: number, update: AsyncPending): Op<boolean> {
    const { op, account, container, obj, headers } = update;
    try {
      const path = `/${account}/${container}/${obj}`;
      const call = { method: op, path, headers: { ...headers, "user-agent": "object-updater 1" } };
      const { status } = yield* askNode(env, node, partition, call, limits);
      return isSuccess(status) || status === 404;
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("error", `ERROR with remote server ${nameOf(node)}`);
      return false;
    }
  }

  function* process(drive: Drive, name: string, update: AsyncPending): Op<void> {
    const ring = rings.open("container");
    const partition = ring.partitionOf(hashPath(conf, update.account, update.container));
    const sent = ring
      .primaries(partition)
      .filter(({ id }) => !update.successes.includes(id))
      .map((node) => {
        const thread = env.spawn("update", send(node, partition, update), { awaited: true });
        return { node, thread };
      });
    const successes = [...update.successes];
    let failed = false;
    for (const { node, thread } of sent) {
      if (yield* join(thread)) successes.push(node.id);
      else failed = true;
    }
    if (!failed) drive.asyncPendings.delete(name);
    else drive.asyncPendings.set(name, { ...update, successes });
  }

  function* sweep(): Op<void> {
    env.log("info", "Begin object update sweep");
    const began = env.kernel.now;
    for (const device of mounts.names) {
      const drive = mounts.mounted(device);
      if (drive === undefined) {
        env.log("warning", `${device} is not mounted`);
        continue;
      }
      // The newest first; what is older of the same object is not sent.
      let last = "";
      for (const name of [...drive.asyncPendings.keys()].sort().reverse()) {
        const [hash = ""] = name.split("-");
        const update = drive.asyncPendings.get(name);
        if (hash === last) drive.asyncPendings.delete(name);
        else if (update !== undefined) yield* aloud(process(drive, name, update));
        last = hash;
      }
    }
    const took = (env.kernel.now - began) / 1e6;
    env.log("info", `Object update sweep completed: ${took.toFixed(2)}s`);
  }

  return new Daemon(env, {
    name: "object update sweep",
    interval: conf.updater_interval,
    pass: sweep,
  });
}

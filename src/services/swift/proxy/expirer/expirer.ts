/**
 * `swift-object-expirer`: deletes what has come to its end, by the queue that object servers keep in
 * containers of a hidden account. It stands with the proxy, as it has one of its own inside. What cannot be found is tried for a week, since a replica that is away may
 * have it. Sharing the work among several processes is not simulated. Upstream: swift/obj/expirer.py at 2.2.0.
 */
import type { Env, Process } from "../../../../framework/index.js";
import { ConnectionError } from "../../../../http/index.js";
import { caught, join, type Op } from "../../../../kernel/index.js";
import { dictOrder } from "../../../../python/index.js";
import { askNode, nameOf, timeouts } from "../../common/backend.js";
import { Daemon } from "../../common/daemon.js";
import { EXPIRING_ACCOUNT } from "../../common/expirer-container.js";
import { now, unixNow } from "../../common/timestamp.js";
import { objectExpirerFlags } from "../../flags.js";
import { ProxyApp } from "../app.js";
import type { Memcached } from "../info.js";
import type { Device } from "../../ring/ring.js";
import type { RingFiles } from "../../ring/rings.js";
import { InternalClient, UnexpectedResponse } from "./internal-client.js";

/** A row of the queue: `<second>-<account>/<container>/<object>`, and the container that it is in. */
interface Row {
  readonly container: string;
  readonly name: string;
  readonly second: number;
  readonly path: string;
}

/** One of each container in turn, the last of it first, so that no container has all the work (obj_cache). */
function inTurn(rows: readonly Row[]): Row[] {
  const byContainer = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row.path.split("/").slice(0, 2).join("/");
    const waiting = byContainer.get(key);
    if (waiting === undefined) byContainer.set(key, [row]);
    else waiting.push(row);
  }
  const keys = dictOrder([...byContainer.keys()]);
  const turns: Row[] = [];
  while (turns.length < rows.length) {
    for (const key of keys) turns.push(...(byContainer.get(key)?.splice(-1) ?? []));
  }
  return turns;
}

/** How long direct_client.py waits for a connection and an answer. */
const DIRECT = timeouts(5, 15);

export function objectExpirer(env: Env, rings: RingFiles, memcached: Memcached): Process {
  const conf = env.flags.read(objectExpirerFlags);
  const swift = new InternalClient(new ProxyApp(env, rings, memcached), {
    userAgent: "Swift Object Expirer",
    tries: conf.request_tries,
  });
  const second = (): number => unixNow(env) / 1e6;

  /** What has ended, and the containers of the queue that have been looked into. */
  function* ended(): Op<{ readonly rows: readonly Row[]; readonly containers: readonly string[] }> {
    const rows: Row[] = [];
    const containers: string[] = [];
    for (const container of yield* swift.names(`/v1/${EXPIRING_ACCOUNT}`)) {
      if (Number(container) > second()) break;
      containers.push(container);
      for (const name of yield* swift.names(`/v1/${EXPIRING_ACCOUNT}/${container}`)) {
        const at = name.indexOf("-");
        const end = Number(name.slice(0, at));
        if (end > second()) break;
        rows.push({ container, name, second: end, path: name.slice(at + 1) });
      }
    }
    return { rows, containers };
  }

  function* tell(node: Device, partition: number, { container, name }: Row): Op<void> {
    const headers = { "x-timestamp": now(env), "user-agent": "direct-client 1" };
    const path = `/${EXPIRING_ACCOUNT}/${container}/${name}`;
    try {
      yield* askNode(env, node, partition, { method: "DELETE", path, headers }, DIRECT);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      env.log("debug", `no answer from ${nameOf(node)}`);
    }
  }

  /** Out of the queue, at every replica. */
  function* pop(row: Row): Op<void> {
    const { partition, nodes } = swift.app.container(EXPIRING_ACCOUNT, row.container);
    const threads = nodes.map((node) =>
      env.spawn("row of the queue", tell(node, partition, row), { awaited: true }),
    );
    for (const thread of threads) yield* join(thread);
  }

  /** The object goes only if it still ends at that second. @throws UnexpectedResponse */
  function* remove({ path, second: end }: Row): Op<void> {
    try {
      yield* swift.request(
        {
          method: "DELETE",
          path: `/v1/${path.replace(/^\/+/, "")}`,
          headers: { "x-if-delete-at": String(end) },
        },
        [2, 412],
      );
    } catch (error) {
      if (!(error instanceof UnexpectedResponse) || error.status !== 404) throw error;
      if (end > second() - conf.expirer_reclaim_age) throw error;
    }
  }

  /** @returns whether it is gone, and out of the queue */
  function* expire(row: Row): Op<boolean> {
    try {
      yield* remove(row);
      yield* pop(row);
      return true;
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      const { container, name } = row;
      env.log("error", `Exception while deleting object ${container} ${name} ${message}`);
      return false;
    }
  }

  function* deleteContainer(container: string): Op<void> {
    try {
      const call = { method: "DELETE", path: `/v1/${EXPIRING_ACCOUNT}/${container}` };
      yield* swift.request(call, [2, 404, 409]);
    } catch (thrown) {
      const { message } = yield* caught(thrown);
      env.log("error", `Exception while deleting container ${container} ${message}`);
    }
  }

  function* pass(): Op<void> {
    const began = env.kernel.now;
    const [possible, objects] = yield* swift.counts(EXPIRING_ACCOUNT);
    env.log(
      "info",
      `Pass beginning; ${String(possible)} possible containers; ${String(objects)} possible objects`,
    );
    let expired = 0;
    const { rows, containers } = yield* ended();
    for (const row of inTurn(rows)) if (yield* expire(row)) expired++;
    for (const container of dictOrder(containers)) yield* deleteContainer(container);
    const took = Math.floor((env.kernel.now - began) / 1e6);
    env.log("info", `Pass completed in ${String(took)}s; ${String(expired)} objects expired`);
  }

  return new Daemon(env, {
    name: "expiration",
    interval: conf.expirer_interval,
    restless: true,
    pass,
  });
}

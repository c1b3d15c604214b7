/**
 * trove-guestagent, in the guest of one instance: it finds in its files who it is and where its broker, and
 * without them it does not start. Upstream: trove/cmd/guest.py, trove/common/rpc/service.py at 2014.2.
 */
import { endpoint } from "../../../bus/index.js";
import type { Env, Process } from "../../../framework/index.js";
import { done } from "../../../kernel/index.js";
import { GUEST_CONFIG_FILE, GUEST_INFO_FILE, optionsIn } from "../configuration/guest-files.js";
import { rpcService } from "../rpc-service.js";
import { AgentParts, type GuestLatency } from "./agent-parts.js";
import type { GuestDisk } from "./disk.js";
import type { BaseManager } from "./base-manager.js";
import { CassandraManager } from "./datastores/cassandra.js";
import { CouchbaseManager } from "./datastores/couchbase.js";
import { MongodbManager } from "./datastores/mongodb.js";
import { PostgresqlManager } from "./datastores/postgresql.js";
import { RedisManager } from "./datastores/redis.js";
import { MysqlManager } from "./mysql-manager.js";
import { GUEST_TOPIC, guestApi } from "./rpcapi.js";

/** Between two updates of its status, so many ticks pass. */
const UPDATE_TICKS = 3;

/** `datastore_registry()`. Upstream: trove/guestagent/dbaas.py. */
const MANAGERS: Readonly<Record<string, (parts: AgentParts) => BaseManager>> = {
  mysql: (parts) => new MysqlManager(parts),
  percona: (parts) => new MysqlManager(parts),
  redis: (parts) => new RedisManager(parts),
  cassandra: (parts) => new CassandraManager(parts),
  couchbase: (parts) => new CouchbaseManager(parts),
  mongodb: (parts) => new MongodbManager(parts),
  postgresql: (parts) => new PostgresqlManager(parts),
};

/** An agent that has yet to be started. */
export function guestAgent(env: Env, disk: GuestDisk, latency: GuestLatency): Process {
  const { files } = disk.machine;
  disk.boot();
  const missing = [GUEST_INFO_FILE, GUEST_CONFIG_FILE].filter((path) => !files.has(path));
  if (missing.length > 0) {
    return refusal(env, `Failed to find some config files: ${missing.join(",")}`);
  }
  const info = optionsIn(files.get(GUEST_INFO_FILE));
  const manager = info?.get("datastore_manager") ?? "None";
  const make = Object.hasOwn(MANAGERS, manager) ? MANAGERS[manager] : undefined;
  if (make === undefined) {
    const what = `Manager class not registered for datastore manager ${manager}`;
    return refusal(env, what);
  }
  const host = info?.get("guest_id") ?? "None";
  const managed = make(new AgentParts(env, { guestId: host, manager }, disk, latency));
  return rpcService(env, {
    topic: GUEST_TOPIC,
    host,
    endpoint: endpoint(guestApi, managed),
    tasks: [
      {
        name: "update_status",
        ticksBetweenRuns: UPDATE_TICKS,
        run: () => managed.status.update(),
      },
    ],
  });
}

/** A process that says why it does not start. */
const refusal = (env: Env, why: string): Process => ({
  exited: true,
  start() {
    env.announce("starting");
    env.log("error", why);
    env.bus.close();
    env.announce("stopped");
    return done(undefined);
  },
  stop: () => done(undefined),
  crash: () => undefined,
});

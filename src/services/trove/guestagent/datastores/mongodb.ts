/**
 * A guest of MongoDB, by itself or as a part of a cluster: a member of a replica set, a config server, or a query
 * router, which does not start before it knows the config servers. Who is in which set is what the guests were
 * told; no election is held, it takes its time. Upstream: trove/guestagent/datastore/mongodb/manager.py,
 * service.py at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { isObject, str, type Json } from "../../../../python/index.js";
import { BUILD_PENDING, FAILED } from "../../instance/service-status.js";
import type { AgentParts } from "../agent-parts.js";
import type { GuestArgs } from "../base-manager.js";
import type { ServiceFacts } from "./service-app.js";
import { ServiceManager } from "./service-manager.js";

const MONGODB: ServiceFacts = {
  words: {
    preparing: "Preparing Guest as MongoDB",
    installed: "Finished installing MongoDB server",
    starting: "Starting MongoDB",
    stopping: "Stopping MongoDB",
    restarting: "Restarting MongoDB",
    startFailed: "Start up of MongoDB failed",
    stopFailed: "Could not stop MongoDB",
    couldNotStart: "Could not start MongoDB",
    couldNotStop: "Could not stop MongoDB",
    notStopped: "MongoDB is not stopped.",
  },
  configFile: "/etc/mongodb.conf",
  startsWhenInstalled: true,
};

/** Between two looks at a replica set; the first one is too early. */
const LOOK = seconds(60);

export class MongodbManager extends ServiceManager {
  constructor(parts: AgentParts) {
    super(parts, MONGODB);
  }

  /** @throws RuntimeError, GuestError */
  override *prepare(_ctxt: RequestContext, args: GuestArgs<"prepare">): Op<void> {
    const { env } = this.parts;
    yield* this.status.beginInstall();
    yield* this.app.installIfNeeded(args.packages);
    yield* this.app.stop();
    yield* this.mountNew(args.device_path);
    const { cluster_config: cluster } = args;
    const config = withSettings(args.config_contents, settingsFor(cluster));
    if (!isObject(cluster)) yield* this.app.startWithConfig(config);
    else if (yield* this.#prepareMember(cluster["instance_type"] ?? null, config)) {
      yield* this.status.set(BUILD_PENDING);
    } else return;
    env.log("info", '"prepare" call has finished.');
  }

  /** @returns whether there is such a part */
  *#prepareMember(type: Json, config: string): Op<boolean> {
    if (type === "query_router") {
      this.app.writeConfig(config);
      return true;
    }
    if (type === "config_server" || type === "member") {
      yield* this.app.startWithConfig(config);
      return true;
    }
    const what = `instance type given as ${str(type)}`;
    this.parts.env.log("error", `Bad cluster configuration; ${what}`);
    yield* this.status.set(FAILED);
    return false;
  }

  /** A replica set begins with this guest, and then has the others. */
  override *add_members(): Op<void> {
    yield* this.#orFailed(sleep(LOOK));
    yield* this.#orFailed(sleep(LOOK));
  }

  override *add_config_servers(
    _ctxt: RequestContext,
    { config_servers }: GuestArgs<"add_config_servers">,
  ): Op<void> {
    const configdb = config_servers.map((host) => `${host}:27019`).join(",");
    this.parts.env.log("info", "Rewriting configuration");
    const own = ["dbpath", "nojournal", "smallfiles", "journal", "noprealloc"];
    const config = withSettings(without(this.app.readConfig(), own), [["configdb", configdb]]);
    yield* this.#orFailed(this.app.startWithConfig(config));
  }

  override *add_shard(): Op<void> {
    yield* this.#orFailed(this.parts.take(this.parts.latency.start_mysql));
  }

  override *cluster_complete(): Op<void> {
    yield* this.status.set(this.status.actual());
  }

  *#orFailed(op: Op<void>): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      const error = yield* caught(thrown);
      yield* this.status.set(FAILED);
      throw error;
    }
  }
}

type Settings = readonly (readonly [key: string, value: string])[];

/** `get_config_changes`, but for the guest's address. */
function settingsFor(cluster: Json): Settings {
  const data = [["dbpath", "/var/lib/mongodb"]] as const;
  if (!isObject(cluster)) return data;
  const { instance_type: type, replica_set_name: set } = cluster;
  const own: Settings =
    type === "config_server"
      ? [["configsvr", "true"]]
      : type === "member"
        ? [["replSet", typeof set === "string" ? set : ""]]
        : [];
  return [
    ...own,
    ...(own.length === 0 ? [] : ([["smallfiles", "true"]] as const)),
    ...(type === "query_router" ? [] : data),
  ];
}

const without = (config: string, keys: readonly string[]): string =>
  config
    .split("\n")
    .filter((line) => !keys.includes(line.split("=")[0]?.trim() ?? ""))
    .join("\n");

/** `update_config_contents`. */
const withSettings = (config: string, settings: Settings): string =>
  settings.reduce(
    (contents, [key, value]) => `${contents}\n${key} = ${value}`,
    without(
      config,
      settings.map(([key]) => key),
    ),
  );

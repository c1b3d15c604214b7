/** A guest of Redis. Upstream: trove/guestagent/datastore/redis/manager.py, service.py at 2014.2. */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { RuntimeException } from "../../../../python/index.js";
import { FAILED } from "../../instance/service-status.js";
import type { AgentParts } from "../agent-parts.js";
import type { GuestArgs } from "../base-manager.js";
import type { ServiceFacts } from "./service-app.js";
import { ServiceManager } from "./service-manager.js";

const REDIS: ServiceFacts = {
  words: {
    preparing: "Preparing Guest as Redis Server",
    installed: "Dbaas install_if_needed complete",
    starting: "Starting redis...",
    stopping: "Stopping redis...",
    startFailed: "Start up of redis failed!",
    stopFailed: "Could not stop Redis!",
    notStopped: "Cannot start_db_with_conf_changes because status is running",
  },
  configFile: "/etc/redis/redis.conf",
  startsWhenInstalled: false,
};

export class RedisManager extends ServiceManager {
  constructor(parts: AgentParts) {
    super(parts, REDIS);
  }

  /** @throws RuntimeError, and the service says that it has failed */
  override *prepare(_ctxt: RequestContext, args: GuestArgs<"prepare">): Op<void> {
    const { env } = this.parts;
    try {
      yield* this.status.beginInstall();
      yield* this.mountNew(args.device_path);
      if (yield* this.app.installIfNeeded(args.packages)) yield* this.app.start();
      env.log("info", "Securing redis now.");
      this.app.writeConfig(args.config_contents);
      yield* this.app.restart();
      env.log("info", '"prepare" redis call has finished.');
    } catch (thrown) {
      env.log("error", (yield* caught(thrown)).message);
      yield* this.status.set(FAILED);
      throw new RuntimeException("prepare call has failed.");
    }
  }
}

/** A guest of Cassandra. Upstream: trove/guestagent/datastore/cassandra/manager.py, service.py at 2014.2. */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { AgentParts } from "../agent-parts.js";
import type { GuestArgs } from "../base-manager.js";
import type { ServiceFacts } from "./service-app.js";
import { ServiceManager } from "./service-manager.js";

const CASSANDRA: ServiceFacts = {
  words: {
    preparing: "Preparing Guest as a Cassandra Server",
    restarting: "Restarting Cassandra server.",
    stopFailed: "Could not stop Cassandra.",
    couldNotStart: "Could not start Cassandra",
    couldNotStop: "Could not stop Cassandra.",
    notStopped: "Cassandra not stopped.",
  },
  configFile: "/etc/cassandra/cassandra.yaml",
  startsWhenInstalled: true,
};

export class CassandraManager extends ServiceManager {
  constructor(parts: AgentParts) {
    super(parts, CASSANDRA);
  }

  override *prepare(_ctxt: RequestContext, args: GuestArgs<"prepare">): Op<void> {
    const { env } = this.parts;
    const { config_contents: config, device_path: device } = args;
    env.log("info", "Setting status of instance to BUILDING.");
    yield* this.status.beginInstall();
    yield* this.app.installIfNeeded(args.packages);
    if (config !== "" || (device !== null && device !== "")) {
      yield* this.app.stop();
      if (config !== "") {
        env.log("info", "Writing new config.");
        this.app.writeConfig(config);
      }
      yield* this.mountNew(device);
      yield* this.app.start();
    }
    yield* this.status.endInstallOrRestart();
    env.log("info", "Completed setup of Cassandra database instance.");
  }
}

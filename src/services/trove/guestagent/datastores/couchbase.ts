/**
 * A guest of Couchbase. It is said to run as soon as it has been started, before it is set up and before
 * anything is restored. Upstream: trove/guestagent/datastore/couchbase/manager.py, service.py at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { noAttribute } from "../../../../python/index.js";
import { ofTrove } from "../../context.js";
import type { AgentParts } from "../agent-parts.js";
import { executeBackup, executeRestore } from "../backup-agent.js";
import type { GuestArgs } from "../base-manager.js";
import type { GuestUser, RestoreInfo } from "../rpcapi.js";
import type { ServiceFacts } from "./service-app.js";
import { ServiceManager } from "./service-manager.js";

const PASSWORD_FILE = "/etc/couchbase/secret_key";

const COUCHBASE: ServiceFacts = {
  words: {
    preparing: "Preparing Guest as Couchbase Server.",
    starting: "Starting Couchbase Server.",
    restarting: "Restarting Couchbase Server.",
    startFailed: "Start up of Couchbase Server failed.",
    stopFailed: "Could not stop Couchbase Server.",
    couldNotStart: "Could not start Couchbase Server",
    couldNotStop: "Could not stop Couchbase Server.",
    notStopped: "Couchbase is not stopped.",
  },
  startsWhenInstalled: false,
};

export class CouchbaseManager extends ServiceManager {
  constructor(parts: AgentParts) {
    super(parts, COUCHBASE);
  }

  protected override get unsupported(): readonly string[] {
    const done = ["enable_root", "is_root_enabled", "create_backup"];
    return super.unsupported.filter((name) => !done.includes(name));
  }

  override *prepare(ctxt: RequestContext, args: GuestArgs<"prepare">): Op<void> {
    const { env } = this.parts;
    yield* this.status.beginInstall();
    if (yield* this.app.installIfNeeded(args.packages)) yield* this.app.start();
    yield* this.mountNew(args.device_path);
    yield* this.app.startWithConfig(args.config_contents);
    const password = args.root_password ?? "";
    if (password !== "") this.#writePassword(password);
    env.log("info", "Couchbase Server change data dir path.");
    env.log("info", "Couchbase Server initial setup finished.");
    if (args.backup_info !== null) yield* this.#restore(ctxt, args.backup_info);
    yield* this.status.endInstallOrRestart();
    env.log("info", "Completed setup of Couchbase database instance.");
  }

  /** What is to say that it failed asks for a status that this manager calls by another name. */
  *#restore(ctxt: RequestContext, backup: RestoreInfo): Op<void> {
    const { env } = this.parts;
    env.log("info", `Restoring database from backup ${backup.id}`);
    try {
      yield* executeRestore(this.parts, ofTrove(ctxt), backup);
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Error performing restore from backup ${backup.id}`);
      env.log("error", error.message);
      throw noAttribute({ objname: "Manager" }, "status");
    }
    env.log("info", "Restored database successfully");
  }

  override *enable_root(): Op<GuestUser> {
    const password = this.parts.randomPassword();
    this.#writePassword(password);
    return { _name: "root", _host: "%", _password: password, _databases: [] };
  }

  override *is_root_enabled(): Op<boolean> {
    return this.parts.disk.files.has(PASSWORD_FILE);
  }

  override *create_backup(
    ctxt: RequestContext,
    { backup_info }: GuestArgs<"create_backup">,
  ): Op<void> {
    yield* executeBackup(this.parts, ofTrove(ctxt), backup_info);
  }

  #writePassword(password: string): void {
    this.parts.disk.files.set(PASSWORD_FILE, password);
  }
}

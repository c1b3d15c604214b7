/** Serves topic `guestagent` for an instance of MySQL or Percona. Upstream: trove/guestagent/datastore/mysql/manager.py at 2014.2. */
import type { ArgsIn } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { ofTrove } from "../context.js";
import { FAILED } from "../instance/service-status.js";
import type { AgentParts } from "./agent-parts.js";
import { AppManager } from "./app-manager.js";
import { AppStatus } from "./app-status.js";
import { executeBackup, executeRestore } from "./backup-agent.js";
import { MysqlAdmin } from "./mysql-admin.js";
import { MysqlApp } from "./mysql-app.js";
import { attachReplica, cleanUpSource, detachReplica, replicationSnapshot } from "./replication.js";
import type {
  GuestDatabase,
  GuestUser,
  guestApi,
  ReplicationSnapshot,
  RestoreInfo,
} from "./rpcapi.js";
import { formatVolume } from "./volume-device.js";

type Args<M extends keyof (typeof guestApi)["methods"]> = ArgsIn<typeof guestApi, M>;

export class MysqlManager extends AppManager {
  override readonly status: AppStatus;
  override readonly app: MysqlApp;
  readonly admin: MysqlAdmin;

  constructor(parts: AgentParts) {
    super(parts);
    this.status = new AppStatus(parts);
    this.app = new MysqlApp(parts, this.status);
    this.admin = new MysqlAdmin(parts);
  }

  /** @throws what went wrong: after it, nobody hears of this guest but by its silence */
  override *prepare(ctxt: RequestContext, args: Args<"prepare">): Op<void> {
    const { admin, app, status } = this;
    const { disk, env } = this.parts;
    yield* status.beginInstall();
    yield* app.installIfNeeded(args.packages);
    if (args.device_path !== null && args.device_path !== "") {
      yield* app.stop();
      yield* formatVolume(this.parts, args.device_path);
      disk.mount({ fstab: true });
      yield* app.start();
    }
    const backup = args.backup_info;
    if (backup !== null) yield* this.#restore(ctxt, backup);
    yield* app.secure(args.config_contents, args.overrides);
    const password = args.root_password ?? "";
    if (password !== "" && backup === null) {
      app.secureRoot({ remote: true });
      admin.enableRoot(password);
    } else if (backup !== null && admin.isRootEnabled()) {
      app.secureRoot({ remote: false });
      yield* this.parts.reportRoot("root");
    } else app.secureRoot({ remote: true });
    yield* status.endInstallOrRestart();
    admin.createDatabases(args.databases);
    admin.createUsers(args.users);
    env.log("info", "Completed setup of MySQL database instance.");
  }

  /** The server does not run meanwhile, as its files are those of the backup. */
  *#restore(ctxt: RequestContext, backup: RestoreInfo): Op<void> {
    const { env } = this.parts;
    env.log("info", `Restoring database from backup ${backup.id}.`);
    try {
      yield* this.app.stop();
      yield* executeRestore(this.parts, ofTrove(ctxt), backup);
      yield* this.app.start();
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Error performing restore from backup ${backup.id}. ${error.message}`);
      yield* this.status.set(FAILED);
      throw error;
    }
    env.log("info", "Restored database successfully.");
  }

  override *list_databases(
    _ctxt: RequestContext,
    page: Args<"list_databases">,
  ): Op<readonly [readonly GuestDatabase[], string | null]> {
    return this.admin.listDatabases(page);
  }

  override *create_database(
    _ctxt: RequestContext,
    { databases }: Args<"create_database">,
  ): Op<void> {
    this.admin.createDatabases(databases);
  }

  override *delete_database(
    _ctxt: RequestContext,
    { database }: Args<"delete_database">,
  ): Op<void> {
    this.admin.deleteDatabase(database);
  }

  override *list_users(
    _ctxt: RequestContext,
    page: Args<"list_users">,
  ): Op<readonly [readonly GuestUser[], string | null]> {
    return this.admin.listUsers(page);
  }

  override *get_user(
    _ctxt: RequestContext,
    { username, hostname }: Args<"get_user">,
  ): Op<GuestUser | null> {
    return this.admin.getUser(username, hostname);
  }

  override *create_user(_ctxt: RequestContext, { users }: Args<"create_user">): Op<void> {
    this.admin.createUsers(users);
  }

  override *delete_user(_ctxt: RequestContext, { user }: Args<"delete_user">): Op<void> {
    this.admin.deleteUser(user);
  }

  override *change_passwords(_ctxt: RequestContext, { users }: Args<"change_passwords">): Op<void> {
    this.admin.changePasswords(users);
  }

  override *update_attributes(_ctxt: RequestContext, args: Args<"update_attributes">): Op<void> {
    this.admin.updateAttributes(args.username, args.hostname, args.user_attrs);
  }

  override *list_access(
    _ctxt: RequestContext,
    { username, hostname }: Args<"list_access">,
  ): Op<readonly GuestDatabase[]> {
    return this.admin.listAccess(username, hostname);
  }

  override *grant_access(_ctxt: RequestContext, args: Args<"grant_access">): Op<void> {
    this.admin.grantAccess(args.username, args.hostname, args.databases);
  }

  override *revoke_access(_ctxt: RequestContext, args: Args<"revoke_access">): Op<void> {
    this.admin.revokeAccess(args.username, args.hostname, args.database);
  }

  override *enable_root(): Op<GuestUser> {
    return this.admin.enableRoot();
  }

  override *is_root_enabled(): Op<boolean> {
    return this.admin.isRootEnabled();
  }

  override *reset_configuration(ctxt: RequestContext, args: Args<"reset_configuration">): Op<void> {
    this.parts.env.log("info", "Resetting configuration.");
    yield* super.reset_configuration(ctxt, args);
  }

  override *create_backup(ctxt: RequestContext, { backup_info }: Args<"create_backup">): Op<void> {
    yield* executeBackup(this.parts, ofTrove(ctxt), backup_info);
  }

  override *update_overrides(
    _ctxt: RequestContext,
    { overrides, remove }: Args<"update_overrides">,
  ): Op<void> {
    if (overrides !== "") this.app.writeOverrides(overrides);
    if (remove) this.app.removeOverrides();
  }

  /** Variables of the server that runs; nothing in it depends on them here. */
  override *apply_overrides(
    _ctxt: RequestContext,
    { overrides }: Args<"apply_overrides">,
  ): Op<void> {
    for (const key of Object.keys(overrides)) {
      if (this.parts.disk.server.running) continue;
      this.parts.env.log("error", `Unable to set ${key}.`);
    }
  }

  override *get_replication_snapshot(
    ctxt: RequestContext,
    { snapshot_info, replica_source_config }: Args<"get_replication_snapshot">,
  ): Op<ReplicationSnapshot> {
    return yield* replicationSnapshot(this, ofTrove(ctxt), snapshot_info, replica_source_config);
  }

  override *attach_replication_slave(
    _ctxt: RequestContext,
    { snapshot, slave_config }: Args<"attach_replication_slave">,
  ): Op<void> {
    try {
      yield* attachReplica(this, snapshot, slave_config);
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.parts.env.log("error", `Error enabling replication. ${error.name}: ${error.message}`);
      yield* this.status.set(FAILED);
      throw error;
    }
  }

  override *detach_replica(): Op<JsonObject> {
    return yield* detachReplica(this);
  }

  override *cleanup_source_on_replica_detach(
    _ctxt: RequestContext,
    { replica_info }: Args<"cleanup_source_on_replica_detach">,
  ): Op<void> {
    cleanUpSource(this, replica_info);
  }
}

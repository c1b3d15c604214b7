/**
 * A guest of PostgreSQL. Of what the task manager asks of every guest it has less than the others: it cannot be
 * stopped, since it does not know that it might be asked not to start again; it has no volumes to unmount and no
 * file system to resize. Upstream: trove/guestagent/datastore/postgresql/manager.py, service at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { PythonTypeError } from "../../../../python/index.js";
import { ofTrove } from "../../context.js";
import { RUNNING, SHUTDOWN } from "../../instance/service-status.js";
import type { AgentParts } from "../agent-parts.js";
import { AppStatus } from "../app-status.js";
import { executeBackup, executeRestore } from "../backup-agent.js";
import { BaseManager, type GuestArgs } from "../base-manager.js";
import type { FilesystemStats, GuestDatabase, GuestUser } from "../rpcapi.js";
import { filesystemStats, formatVolume } from "../volume-device.js";
import { PostgresqlAdmin } from "./postgresql-admin.js";

const CONFIG_FILE = "/etc/postgresql/main/postgresql.conf";

export class PostgresqlManager extends BaseManager {
  override readonly status: AppStatus;
  readonly #admin: PostgresqlAdmin;

  constructor(parts: AgentParts) {
    super(parts);
    this.status = new AppStatus(parts, () => (parts.disk.server.running ? RUNNING : SHUTDOWN));
    this.#admin = new PostgresqlAdmin(parts);
  }

  override *prepare(ctxt: RequestContext, args: GuestArgs<"prepare">): Op<void> {
    const { disk } = this.parts;
    yield* this.#install(args.packages);
    this.status.beginRestart();
    yield* this.#stop();
    const { device_path: device, backup_info: backup } = args;
    if (device !== null && device !== "") {
      yield* formatVolume(this.parts, device);
      disk.mount({ fstab: true });
    }
    disk.files.set(CONFIG_FILE, args.config_contents);
    yield* this.#start();
    if (backup !== null) yield* executeRestore(this.parts, ofTrove(ctxt), backup);
    const password = args.root_password ?? "";
    if (password !== "" && backup === null) this.#admin.enableRoot(password);
    yield* this.status.endInstallOrRestart();
    this.#admin.createDatabases(args.databases);
    this.#admin.createUsers(args.users);
  }

  *#install(packages: readonly string[]): Op<void> {
    const { disk, latency } = this.parts;
    yield* this.status.beginInstall();
    const missing = packages.filter((name) => !disk.packages.has(name));
    if (missing.length === 0) return;
    this.#say(`Installing (${packages.join(", ")}).`);
    yield* this.parts.take(latency.install_packages);
    for (const name of missing) disk.packages.add(name);
    yield* this.#start();
    yield* this.status.endInstallOrRestart();
  }

  /** Nobody waits until it answers. */
  *#start(): Op<void> {
    const { disk, latency } = this.parts;
    this.#say("Starting database engine with command (sudo service postgresql start).");
    yield* this.parts.take(latency.start_mysql);
    disk.serverOnBoot = true;
    disk.server.start(disk.data);
  }

  *#stop(): Op<void> {
    const { disk, latency } = this.parts;
    this.#say("Stopping database engine with command (sudo service postgresql stop).");
    yield* this.parts.take(latency.stop_mysql);
    disk.server.stop();
  }

  #say(words: string): void {
    this.parts.env.log("info", `${this.parts.guestId}: ${words}`);
  }

  /** @throws TypeError: upstream's method has no such argument */
  override *stop_db(): Op<void> {
    throw new PythonTypeError(
      "stop_db() got an unexpected keyword argument 'do_not_start_on_reboot'",
    );
  }

  override *restart(): Op<void> {
    this.#say("Restarting database engine.");
    try {
      this.status.beginRestart();
      yield* this.#stop();
      yield* this.#start();
    } finally {
      yield* this.status.endInstallOrRestart();
    }
  }

  override *start_db_with_conf_changes(
    _ctxt: RequestContext,
    { config_contents }: GuestArgs<"start_db_with_conf_changes">,
  ): Op<void> {
    this.#say("Going into restart mode for config file changes.");
    this.status.beginRestart();
    yield* this.#stop();
    this.parts.disk.files.set(CONFIG_FILE, config_contents);
    yield* this.#start();
    this.#say("Ending restart mode for config file changes.");
    yield* this.status.endInstallOrRestart();
  }

  /** @throws TypeError: what comes is a dictionary, and what is written to a file is not */
  override *reset_configuration(): Op<void> {
    throw new PythonTypeError("expected a character buffer object");
  }

  override *get_filesystem_stats(): Op<FilesystemStats> {
    return filesystemStats(this.parts);
  }

  override *create_backup(
    ctxt: RequestContext,
    { backup_info }: GuestArgs<"create_backup">,
  ): Op<void> {
    yield* executeBackup(this.parts, ofTrove(ctxt), backup_info);
  }

  override *list_databases(
    _ctxt: RequestContext,
    page: GuestArgs<"list_databases">,
  ): Op<readonly [readonly GuestDatabase[], string | null]> {
    return this.#admin.listDatabases(page);
  }

  override *create_database(
    _ctxt: RequestContext,
    { databases }: GuestArgs<"create_database">,
  ): Op<void> {
    this.#admin.createDatabases(databases);
  }

  override *delete_database(
    _ctxt: RequestContext,
    { database }: GuestArgs<"delete_database">,
  ): Op<void> {
    this.#admin.deleteDatabase(database);
  }

  override *list_users(
    _ctxt: RequestContext,
    page: GuestArgs<"list_users">,
  ): Op<readonly [readonly GuestUser[], string | null]> {
    return this.#admin.listUsers(page);
  }

  override *get_user(
    _ctxt: RequestContext,
    { username }: GuestArgs<"get_user">,
  ): Op<GuestUser | null> {
    return this.#admin.getUser(username);
  }

  override *create_user(_ctxt: RequestContext, { users }: GuestArgs<"create_user">): Op<void> {
    this.#admin.createUsers(users);
  }

  override *delete_user(_ctxt: RequestContext, { user }: GuestArgs<"delete_user">): Op<void> {
    this.#admin.deleteUser(user);
  }

  /** @throws TypeError: the query calls its argument by another name */
  override *change_passwords(): Op<void> {
    throw new PythonTypeError("update_password() got an unexpected keyword argument 'user'");
  }

  override *update_attributes(
    _ctxt: RequestContext,
    args: GuestArgs<"update_attributes">,
  ): Op<void> {
    this.#admin.updateAttributes(args.user_attrs);
  }

  override *list_access(
    _ctxt: RequestContext,
    { username }: GuestArgs<"list_access">,
  ): Op<readonly GuestDatabase[]> {
    return this.#admin.listAccess(username);
  }

  override *grant_access(_ctxt: RequestContext, args: GuestArgs<"grant_access">): Op<void> {
    this.#admin.grantAccess(args.username, args.databases);
  }

  override *revoke_access(_ctxt: RequestContext, args: GuestArgs<"revoke_access">): Op<void> {
    this.#admin.revokeAccess(args.username, args.database);
  }

  override *enable_root(): Op<GuestUser> {
    return this.#admin.enableRoot(this.parts.env.stream("password").uuid());
  }

  override *is_root_enabled(): Op<boolean> {
    return false;
  }
}

/**
 * A guest, as API and task manager speak to it. Upstream: trove/guestagent/api.py (API) at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import {
  GUEST_TOPIC,
  guestApi,
  type BackupInfo,
  type GuestDatabase,
  type GuestUser,
  type PrepareArgs,
  type ReplicationSnapshot,
} from "../guestagent/rpcapi.js";
import { GuestLine, GuestLines } from "./guest-line.js";

type Args<M extends keyof (typeof guestApi)["methods"]> = ArgsIn<typeof guestApi, M>;

/** All guests of an application: one of them is reached by its instance. */
export class Guests extends GuestLines {
  of(ctxt: TroveContext, id: string): Guest {
    return new Guest(this, ctxt, id);
  }
}

/** Each method throws GuestError. */
export class Guest extends GuestLine {
  /** The queue is made first, so that the message waits there until there is a guest. */
  *prepare(args: Omit<PrepareArgs, "packages"> & { readonly packages: string }): Op<void> {
    const { bus } = this.guests.env;
    bus.declare(this.queue, bus.exchange, this.queue, { durable: bus.durableQueues });
    const packages = args.packages.split(/\s+/u).filter((name) => name !== "");
    const target = { topic: GUEST_TOPIC, server: this.id };
    const message = { ...args, packages } satisfies PrepareArgs;
    const { sender } = this.guests;
    yield* this.cast("prepare", () =>
      sender.cast(target, this.ctxt, "prepare", message, guestApi.version),
    );
  }

  listDatabases(
    page: Args<"list_databases">,
  ): Op<readonly [readonly GuestDatabase[], string | null]> {
    return this.low("list_databases", (rpc) => rpc.list_databases(this.ctxt, page));
  }

  createDatabase(databases: readonly GuestDatabase[]): Op<void> {
    return this.cast("create_database", (rpc) => rpc.create_database(this.ctxt, { databases }));
  }

  deleteDatabase(database: GuestDatabase): Op<void> {
    return this.cast("delete_database", (rpc) => rpc.delete_database(this.ctxt, { database }));
  }

  listUsers(page: Args<"list_users">): Op<readonly [readonly GuestUser[], string | null]> {
    return this.high("list_users", (rpc) => rpc.list_users(this.ctxt, page));
  }

  getUser(username: string, hostname: string | null): Op<GuestUser | null> {
    return this.low("get_user", (rpc) => rpc.get_user(this.ctxt, { username, hostname }));
  }

  createUser(users: readonly GuestUser[]): Op<void> {
    return this.cast("create_user", (rpc) => rpc.create_user(this.ctxt, { users }));
  }

  deleteUser(user: GuestUser): Op<void> {
    return this.cast("delete_user", (rpc) => rpc.delete_user(this.ctxt, { user }));
  }

  changePasswords(users: Args<"change_passwords">["users"]): Op<void> {
    return this.cast("change_passwords", (rpc) => rpc.change_passwords(this.ctxt, { users }));
  }

  updateAttributes(args: Args<"update_attributes">): Op<void> {
    return this.cast("update_attributes", (rpc) => rpc.update_attributes(this.ctxt, args));
  }

  listAccess(username: string, hostname: string | null): Op<readonly GuestDatabase[]> {
    return this.low("list_access", (rpc) => rpc.list_access(this.ctxt, { username, hostname }));
  }

  grantAccess(args: Args<"grant_access">): Op<void> {
    return this.low("grant_access", (rpc) => rpc.grant_access(this.ctxt, args));
  }

  revokeAccess(args: Args<"revoke_access">): Op<void> {
    return this.low("revoke_access", (rpc) => rpc.revoke_access(this.ctxt, args));
  }

  enableRoot(): Op<GuestUser> {
    return this.high("enable_root", (rpc) => rpc.enable_root(this.ctxt, {}));
  }

  restart(): Op<void> {
    return this.high("restart", (rpc) => rpc.restart(this.ctxt, {}));
  }

  startDbWithConfChanges(config_contents: string): Op<void> {
    return this.high("start_db_with_conf_changes", (rpc) =>
      rpc.start_db_with_conf_changes(this.ctxt, { config_contents }),
    );
  }

  resetConfiguration(config_contents: string): Op<void> {
    const configuration = { config_contents };
    return this.high("reset_configuration", (rpc) =>
      rpc.reset_configuration(this.ctxt, { configuration }),
    );
  }

  stopDb(do_not_start_on_reboot = false): Op<void> {
    return this.high("stop_db", (rpc) => rpc.stop_db(this.ctxt, { do_not_start_on_reboot }));
  }

  volumeInfo() {
    return this.low("get_filesystem_stats", (rpc) =>
      rpc.get_filesystem_stats(this.ctxt, { fs_path: null }),
    );
  }

  mountVolume(args: Args<"mount_volume">): Op<void> {
    return this.low("mount_volume", (rpc) => rpc.mount_volume(this.ctxt, args));
  }

  unmountVolume(args: Args<"unmount_volume">): Op<void> {
    return this.low("unmount_volume", (rpc) => rpc.unmount_volume(this.ctxt, args));
  }

  resizeFs(args: Args<"resize_fs">): Op<void> {
    return this.high("resize_fs", (rpc) => rpc.resize_fs(this.ctxt, args));
  }

  hwInfo(): Op<JsonObject> {
    return this.low("get_hwinfo", (rpc) => rpc.get_hwinfo(this.ctxt, {}));
  }

  diagnostics(): Op<JsonObject> {
    return this.low("get_diagnostics", (rpc) => rpc.get_diagnostics(this.ctxt, {}));
  }

  upgrade(args: Args<"upgrade">): Op<void> {
    return this.cast("upgrade", (rpc) => rpc.upgrade(this.ctxt, args));
  }

  createBackup(backup_info: BackupInfo): Op<void> {
    return this.cast("create_backup", (rpc) => rpc.create_backup(this.ctxt, { backup_info }));
  }

  updateOverrides(args: Args<"update_overrides">): Op<void> {
    return this.cast("update_overrides", (rpc) => rpc.update_overrides(this.ctxt, args));
  }

  applyOverrides(args: Args<"apply_overrides">): Op<void> {
    return this.cast("apply_overrides", (rpc) => rpc.apply_overrides(this.ctxt, args));
  }

  replicationSnapshot(args: Args<"get_replication_snapshot">): Op<ReplicationSnapshot> {
    const { agent_replication_snapshot_timeout: timeout } = this.guests.flags;
    return this.call("get_replication_snapshot", timeout, (rpc) =>
      rpc.get_replication_snapshot(this.ctxt, args),
    );
  }

  attachReplicationSlave(args: Args<"attach_replication_slave">): Op<void> {
    return this.cast("attach_replication_slave", (rpc) =>
      rpc.attach_replication_slave(this.ctxt, args),
    );
  }

  detachReplica() {
    return this.high("detach_replica", (rpc) => rpc.detach_replica(this.ctxt, {}));
  }

  cleanupSourceOnReplicaDetach(args: Args<"cleanup_source_on_replica_detach">): Op<void> {
    return this.high("cleanup_source_on_replica_detach", (rpc) =>
      rpc.cleanup_source_on_replica_detach(this.ctxt, args),
    );
  }

  /** What waits in its queue goes with the queue. */
  deleteQueue(): void {
    this.guests.env.bus.deleteQueue(this.queue);
  }
}

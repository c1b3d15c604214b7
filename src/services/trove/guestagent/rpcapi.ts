/**
 * The contract of a guest: topic `guestagent`, with the instance's id for a host. Updates of the agent and
 * demotion of a source are asked for by nobody. Upstream: trove/guestagent/api.py (1.0),
 * trove/common/strategies/mongodb/guestagent.py, trove/guestagent/datastore/mysql/manager.py at 2014.2.
 */
import { call, cast, defineRpcApi, otherwise, required } from "../../../bus/index.js";
import { anything, dictLike, listLike, type Json, type JsonObject } from "../../../python/index.js";

export const GUEST_TOPIC = "guestagent";

/** `MySQLDatabase.serialize()`. */
export interface GuestDatabase {
  readonly _name: string;
  readonly _character_set: string | null;
  readonly _collate: string | null;
}

/** `MySQLUser.serialize()`. */
export interface GuestUser {
  readonly _name: string;
  readonly _host: string | null;
  readonly _password: string | null;
  readonly _databases: readonly GuestDatabase[];
}

/** What a guest is to store a backup under. */
export interface BackupInfo extends JsonObject {
  readonly id: string;
}

/** Where a backup is that a guest begins with. */
export interface RestoreInfo {
  readonly id: string;
  readonly location: string | null;
  readonly type: string | null;
  readonly checksum: string | null;
}

export interface FilesystemStats {
  readonly block_size: number;
  readonly total_blocks: number;
  readonly free_blocks: number;
  /** GB. */
  readonly total: number;
  /** Bytes. */
  readonly free: number;
  /** GB. */
  readonly used: number;
}

/** What a replica needs of its source. */
export interface ReplicationSnapshot {
  readonly dataset: {
    readonly datastore_manager: string;
    readonly dataset_size: number;
    readonly volume_size: number;
    readonly snapshot_id: string;
  };
  readonly replication_strategy: string;
  readonly master: { readonly host: string; readonly port: number };
  readonly log_position: {
    readonly replication_user: { readonly name: string; readonly password: string };
    readonly log_file: string;
    readonly log_position: number;
  };
}

export interface PrepareArgs {
  readonly packages: readonly string[];
  readonly databases: readonly GuestDatabase[];
  readonly memory_mb: number;
  readonly users: readonly GuestUser[];
  readonly device_path: string | null;
  readonly mount_point: string;
  readonly backup_info: RestoreInfo | null;
  readonly config_contents: string;
  readonly root_password: string | null;
  readonly overrides: string;
  readonly cluster_config: Json;
}

interface Page {
  readonly limit: number | null;
  readonly marker: string | null;
  readonly include_marker: boolean;
}

const must = required();
const none = otherwise(null);
const page = { limit: none, marker: none, include_marker: otherwise(false) };
const list = required(listLike(anything));
const device = { device_path: none, mount_point: none };

export const guestApi = defineRpcApi({
  topic: GUEST_TOPIC,
  version: "1.0",
  methods: {
    prepare: cast<PrepareArgs>(undefined, {
      packages: must,
      databases: must,
      memory_mb: must,
      users: must,
      device_path: none,
      mount_point: none,
      backup_info: none,
      config_contents: none,
      root_password: none,
      overrides: none,
      cluster_config: none,
    }),
    list_databases: call<Page, readonly [readonly GuestDatabase[], string | null]>(undefined, page),
    create_database: cast<{ databases: readonly GuestDatabase[] }>(undefined, { databases: list }),
    delete_database: cast<{ database: GuestDatabase }>(undefined, {
      database: required(dictLike({ _name: anything })),
    }),
    list_users: call<Page, readonly [readonly GuestUser[], string | null]>(undefined, page),
    get_user: call<{ username: string; hostname: string | null }, GuestUser | null>(undefined, {
      username: must,
      hostname: must,
    }),
    create_user: cast<{ users: readonly GuestUser[] }>(undefined, { users: list }),
    delete_user: cast<{ user: GuestUser }>(undefined, {
      user: required(dictLike({ _name: anything })),
    }),
    change_passwords: cast<{ users: readonly JsonObject[] }>(undefined, { users: list }),
    update_attributes: cast<{
      username: string;
      hostname: string | null;
      user_attrs: JsonObject;
    }>(undefined, { username: must, hostname: must, user_attrs: required(dictLike()) }),
    list_access: call<{ username: string; hostname: string | null }, readonly GuestDatabase[]>(
      undefined,
      { username: must, hostname: must },
    ),
    grant_access: call<
      { username: string; hostname: string | null; databases: readonly string[] },
      void
    >(undefined, { username: must, hostname: must, databases: list }),
    revoke_access: call<{ username: string; hostname: string | null; database: string }, void>(
      undefined,
      { username: must, hostname: must, database: must },
    ),
    enable_root: call<Record<string, never>, GuestUser>(undefined, {}),
    is_root_enabled: call<Record<string, never>, boolean>(undefined, {}),
    restart: call<Record<string, never>, void>(undefined, {}),
    start_db_with_conf_changes: call<{ config_contents: string }, void>(undefined, {
      config_contents: must,
    }),
    reset_configuration: call<{ configuration: JsonObject }, void>(undefined, {
      configuration: required(dictLike({ config_contents: anything })),
    }),
    stop_db: call<{ do_not_start_on_reboot: boolean }, void>(undefined, {
      do_not_start_on_reboot: otherwise(false),
    }),
    get_filesystem_stats: call<{ fs_path: string | null }, FilesystemStats>(undefined, {
      fs_path: must,
    }),
    mount_volume: call<{ device_path: string; mount_point: string }, void>(undefined, device),
    unmount_volume: call<{ device_path: string; mount_point: string }, void>(undefined, device),
    resize_fs: call<{ device_path: string; mount_point: string }, void>(undefined, device),
    create_backup: cast<{ backup_info: BackupInfo }>(undefined, {
      backup_info: required(dictLike({ id: anything })),
    }),
    update_overrides: cast<{ overrides: string; remove: boolean }>(undefined, {
      overrides: must,
      remove: otherwise(false),
    }),
    apply_overrides: cast<{ overrides: JsonObject }>(undefined, {
      overrides: required(dictLike()),
    }),
    get_replication_snapshot: call<
      { snapshot_info: BackupInfo; replica_source_config: string },
      ReplicationSnapshot
    >(undefined, {
      snapshot_info: required(dictLike({ id: anything })),
      replica_source_config: none,
    }),
    attach_replication_slave: cast<{ snapshot: ReplicationSnapshot; slave_config: string }>(
      undefined,
      { snapshot: must, slave_config: must },
    ),
    detach_replica: call<Record<string, never>, JsonObject>(undefined, {}),
    add_members: call<{ members: readonly string[] }, void>(undefined, { members: list }),
    add_config_servers: call<{ config_servers: readonly string[] }, void>(undefined, {
      config_servers: list,
    }),
    add_shard: call<{ replica_set_name: string; replica_set_member: string }, void>(undefined, {
      replica_set_name: must,
      replica_set_member: must,
    }),
    cluster_complete: call<Record<string, never>, void>(undefined, {}),
    get_hwinfo: call<Record<string, never>, JsonObject>(undefined, {}),
    get_diagnostics: call<Record<string, never>, JsonObject>(undefined, {}),
    upgrade: cast<{ instance_version: string | null; location: string | null; metadata: Json }>(
      undefined,
      { instance_version: must, location: must, metadata: none },
    ),
    cleanup_source_on_replica_detach: call<{ replica_info: JsonObject }, void>(undefined, {
      replica_info: required(dictLike({ replication_user: anything })),
    }),
  },
});

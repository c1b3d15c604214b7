/**
 * Serves topic `guestagent` as a manager that has none of its methods: each manager says which it has, and which
 * it refuses to do for its datastore. Upstream: trove/openstack/common/rpc/dispatcher.py, and what the managers of
 * trove/guestagent/datastore have in common, at 2014.2.
 */
import type { ArgsIn, Serves } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { AttributeError, type Exception, type JsonObject } from "../../../python/index.js";
import { DatastoreOperationNotSupported } from "../exception.js";
import type { AgentParts } from "./agent-parts.js";
import type { AppStatus } from "./app-status.js";
import type {
  FilesystemStats,
  GuestDatabase,
  GuestUser,
  guestApi,
  ReplicationSnapshot,
} from "./rpcapi.js";

export type GuestArgs<M extends keyof (typeof guestApi)["methods"]> = ArgsIn<typeof guestApi, M>;

type C = RequestContext;

export abstract class BaseManager implements Serves<typeof guestApi, RequestContext> {
  readonly parts: AgentParts;
  abstract readonly status: AppStatus;

  constructor(parts: AgentParts) {
    this.parts = parts;
  }

  /** Those that it has and will not do. */
  protected get unsupported(): readonly string[] {
    return [];
  }

  *prepare(_ctxt: C, _args: GuestArgs<"prepare">): Op<void> {
    throw this.#lacking("prepare");
  }

  *list_databases(
    _ctxt: C,
    _args: GuestArgs<"list_databases">,
  ): Op<readonly [readonly GuestDatabase[], string | null]> {
    throw this.#lacking("list_databases");
  }

  *create_database(_ctxt: C, _args: GuestArgs<"create_database">): Op<void> {
    throw this.#lacking("create_database");
  }

  *delete_database(_ctxt: C, _args: GuestArgs<"delete_database">): Op<void> {
    throw this.#lacking("delete_database");
  }

  *list_users(
    _ctxt: C,
    _args: GuestArgs<"list_users">,
  ): Op<readonly [readonly GuestUser[], string | null]> {
    throw this.#lacking("list_users");
  }

  *get_user(_ctxt: C, _args: GuestArgs<"get_user">): Op<GuestUser | null> {
    throw this.#lacking("get_user");
  }

  *create_user(_ctxt: C, _args: GuestArgs<"create_user">): Op<void> {
    throw this.#lacking("create_user");
  }

  *delete_user(_ctxt: C, _args: GuestArgs<"delete_user">): Op<void> {
    throw this.#lacking("delete_user");
  }

  *change_passwords(_ctxt: C, _args: GuestArgs<"change_passwords">): Op<void> {
    throw this.#lacking("change_passwords");
  }

  *update_attributes(_ctxt: C, _args: GuestArgs<"update_attributes">): Op<void> {
    throw this.#lacking("update_attributes");
  }

  *list_access(_ctxt: C, _args: GuestArgs<"list_access">): Op<readonly GuestDatabase[]> {
    throw this.#lacking("list_access");
  }

  *grant_access(_ctxt: C, _args: GuestArgs<"grant_access">): Op<void> {
    throw this.#lacking("grant_access");
  }

  *revoke_access(_ctxt: C, _args: GuestArgs<"revoke_access">): Op<void> {
    throw this.#lacking("revoke_access");
  }

  *enable_root(_ctxt: C, _args: GuestArgs<"enable_root">): Op<GuestUser> {
    throw this.#lacking("enable_root");
  }

  *is_root_enabled(_ctxt: C, _args: GuestArgs<"is_root_enabled">): Op<boolean> {
    throw this.#lacking("is_root_enabled");
  }

  *restart(_ctxt: C, _args: GuestArgs<"restart">): Op<void> {
    throw this.#lacking("restart");
  }

  *start_db_with_conf_changes(_ctxt: C, _args: GuestArgs<"start_db_with_conf_changes">): Op<void> {
    throw this.#lacking("start_db_with_conf_changes");
  }

  *reset_configuration(_ctxt: C, _args: GuestArgs<"reset_configuration">): Op<void> {
    throw this.#lacking("reset_configuration");
  }

  *stop_db(_ctxt: C, _args: GuestArgs<"stop_db">): Op<void> {
    throw this.#lacking("stop_db");
  }

  *get_filesystem_stats(_ctxt: C, _args: GuestArgs<"get_filesystem_stats">): Op<FilesystemStats> {
    throw this.#lacking("get_filesystem_stats");
  }

  *mount_volume(_ctxt: C, _args: GuestArgs<"mount_volume">): Op<void> {
    throw this.#lacking("mount_volume");
  }

  *unmount_volume(_ctxt: C, _args: GuestArgs<"unmount_volume">): Op<void> {
    throw this.#lacking("unmount_volume");
  }

  *resize_fs(_ctxt: C, _args: GuestArgs<"resize_fs">): Op<void> {
    throw this.#lacking("resize_fs");
  }

  *create_backup(_ctxt: C, _args: GuestArgs<"create_backup">): Op<void> {
    throw this.#lacking("create_backup");
  }

  *update_overrides(_ctxt: C, _args: GuestArgs<"update_overrides">): Op<void> {
    throw this.#lacking("update_overrides");
  }

  *apply_overrides(_ctxt: C, _args: GuestArgs<"apply_overrides">): Op<void> {
    throw this.#lacking("apply_overrides");
  }

  *get_replication_snapshot(
    _ctxt: C,
    _args: GuestArgs<"get_replication_snapshot">,
  ): Op<ReplicationSnapshot> {
    throw this.#lacking("get_replication_snapshot");
  }

  *attach_replication_slave(_ctxt: C, _args: GuestArgs<"attach_replication_slave">): Op<void> {
    throw this.#lacking("attach_replication_slave");
  }

  *detach_replica(_ctxt: C, _args: GuestArgs<"detach_replica">): Op<JsonObject> {
    throw this.#lacking("detach_replica");
  }

  *get_hwinfo(_ctxt: C, _args: GuestArgs<"get_hwinfo">): Op<JsonObject> {
    throw this.#lacking("get_hwinfo");
  }

  *get_diagnostics(_ctxt: C, _args: GuestArgs<"get_diagnostics">): Op<JsonObject> {
    throw this.#lacking("get_diagnostics");
  }

  *upgrade(_ctxt: C, _args: GuestArgs<"upgrade">): Op<void> {
    throw this.#lacking("upgrade");
  }

  *cleanup_source_on_replica_detach(
    _ctxt: C,
    _args: GuestArgs<"cleanup_source_on_replica_detach">,
  ): Op<void> {
    throw this.#lacking("cleanup_source_on_replica_detach");
  }

  *add_members(_ctxt: C, _args: GuestArgs<"add_members">): Op<void> {
    throw this.#lacking("add_members");
  }

  *add_shard(_ctxt: C, _args: GuestArgs<"add_shard">): Op<void> {
    throw this.#lacking("add_shard");
  }

  *add_config_servers(_ctxt: C, _args: GuestArgs<"add_config_servers">): Op<void> {
    throw this.#lacking("add_config_servers");
  }

  *cluster_complete(_ctxt: C, _args: GuestArgs<"cluster_complete">): Op<void> {
    throw this.#lacking("cluster_complete");
  }

  #lacking(operation: string): Exception {
    if (!this.unsupported.includes(operation)) {
      return new AttributeError(`No such RPC function '${operation}'`);
    }
    return new DatastoreOperationNotSupported({ operation, datastore: this.parts.manager });
  }
}

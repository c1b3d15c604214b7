/**
 * What the managers of redis, cassandra, couchbase and mongodb do alike, and what all of them refuse: there are
 * no users, databases or replicas in their datastores for Trove. Upstream: the managers of
 * trove/guestagent/datastore at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { AgentParts } from "../agent-parts.js";
import type { AppStatus } from "../app-status.js";
import { BaseManager, type GuestArgs } from "../base-manager.js";
import type { FilesystemStats } from "../rpcapi.js";
import { filesystemStats, formatVolume, resizeFilesystem } from "../volume-device.js";
import { ServiceApp, type ServiceFacts } from "./service-app.js";

const UNSUPPORTED: readonly string[] = [
  ...["change_passwords", "update_attributes", "create_database", "create_user"],
  ...["delete_database", "delete_user", "get_user", "grant_access", "revoke_access"],
  ...["list_access", "list_databases", "list_users", "enable_root", "is_root_enabled"],
  ...["create_backup", "update_overrides", "apply_overrides", "get_replication_snapshot"],
  ...["attach_replication_slave", "detach_replica"],
];

export abstract class ServiceManager extends BaseManager {
  protected readonly app: ServiceApp;
  override readonly status: AppStatus;

  constructor(parts: AgentParts, facts: ServiceFacts) {
    super(parts);
    this.app = new ServiceApp(parts, facts);
    this.status = this.app.status;
  }

  protected override get unsupported(): readonly string[] {
    return UNSUPPORTED;
  }

  /** @throws GuestError if there is no such device */
  protected *mountNew(device: string | null): Op<boolean> {
    if (device === null || device === "") return false;
    yield* formatVolume(this.parts, device);
    this.parts.disk.mount({ fstab: true });
    return true;
  }

  override *restart(): Op<void> {
    yield* this.app.restart();
  }

  override *start_db_with_conf_changes(
    _ctxt: RequestContext,
    { config_contents }: GuestArgs<"start_db_with_conf_changes">,
  ): Op<void> {
    yield* this.app.startWithConfig(config_contents);
  }

  override *reset_configuration(
    _ctxt: RequestContext,
    { configuration }: GuestArgs<"reset_configuration">,
  ): Op<void> {
    const contents = configuration["config_contents"];
    this.app.writeConfig(typeof contents === "string" ? contents : "");
  }

  override *stop_db(
    _ctxt: RequestContext,
    { do_not_start_on_reboot: doNotStartOnReboot }: GuestArgs<"stop_db">,
  ): Op<void> {
    yield* this.app.stop({ doNotStartOnReboot });
  }

  override *get_filesystem_stats(): Op<FilesystemStats> {
    return filesystemStats(this.parts);
  }

  override *mount_volume(): Op<void> {
    this.parts.disk.mount({ fstab: false });
  }

  override *unmount_volume(): Op<void> {
    this.parts.disk.unmount();
  }

  override *resize_fs(_ctxt: RequestContext, { device_path }: GuestArgs<"resize_fs">): Op<void> {
    yield* resizeFilesystem(this.parts, device_path);
  }
}

/**
 * What managers do alike that have one service in the guest, with a file of settings and a volume: MySQL's, and
 * those of redis, cassandra, couchbase and mongodb. Upstream: the managers of trove/guestagent/datastore at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { BaseManager, type GuestArgs } from "./base-manager.js";
import type { FilesystemStats } from "./rpcapi.js";
import { filesystemStats, resizeFilesystem } from "./volume-device.js";

/** The service, as its manager has it. */
export interface GuestApp {
  restart(): Op<void>;
  stop(how?: { readonly doNotStartOnReboot?: boolean }): Op<void>;
  startWithConfig(config: string): Op<void>;
  writeConfig(config: string): void;
}

export abstract class AppManager extends BaseManager {
  abstract readonly app: GuestApp;

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

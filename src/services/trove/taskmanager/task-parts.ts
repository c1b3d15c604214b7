/**
 * What every flow of the task manager works with: what it has in common with the API, its own options, how it
 * tells of an instance. Upstream: what trove/taskmanager/models.py reads of CONF, NotifyMixin, at 2014.2.
 */
import type { Notifier } from "../../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import type { TroveDatabase } from "../db/database.js";
import { taskManagerFlags } from "../flags.js";
import { guestConfig } from "../configuration/guest-files.js";
import { troveNotifier } from "../notifications.js";
import { TroveParts } from "../parts.js";
import { versionById, type DatastoreVersion } from "../datastores.js";
import type { DatastoreOptions } from "../datastore/flags.js";
import type { InstanceRecord } from "../instance/instances.js";

export class TaskParts extends TroveParts {
  readonly flags: FlagsOf<typeof taskManagerFlags>;
  readonly notifier: Notifier<RequestContext>;

  constructor(env: Env, db: TroveDatabase) {
    super(env, db);
    this.flags = env.flags.read(taskManagerFlags);
    this.notifier = troveNotifier(env);
  }

  /** What every guest is told of the cloud around it. */
  get guestConfig(): string {
    return guestConfig(this.env.bus.bus.broker.hostname);
  }

  versionOf({ datastore_version_id }: InstanceRecord): DatastoreVersion {
    return versionById(this.db, datastore_version_id);
  }

  optionsOf(row: InstanceRecord): DatastoreOptions {
    return this.datastore(this.versionOf(row).manager);
  }

  /** An error with what led to it, as `LOG.exception` writes it. */
  exception(message: string, error: { readonly name: string; readonly message: string }): void {
    this.env.log("error", `${message} ${error.name}: ${error.message}`);
  }
}

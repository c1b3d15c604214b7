/**
 * What the managers of redis, cassandra, couchbase and mongodb do alike, and what all of them refuse: there are
 * no users, databases or replicas in their datastores for Trove. Upstream: the managers of
 * trove/guestagent/datastore at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { AgentParts } from "../agent-parts.js";
import { AppManager } from "../app-manager.js";
import type { AppStatus } from "../app-status.js";
import { formatVolume } from "../volume-device.js";
import { ServiceApp, type ServiceFacts } from "./service-app.js";

const UNSUPPORTED: readonly string[] = [
  ...["change_passwords", "update_attributes", "create_database", "create_user"],
  ...["delete_database", "delete_user", "get_user", "grant_access", "revoke_access"],
  ...["list_access", "list_databases", "list_users", "enable_root", "is_root_enabled"],
  ...["create_backup", "update_overrides", "apply_overrides", "get_replication_snapshot"],
  ...["attach_replication_slave", "detach_replica"],
];

export abstract class ServiceManager extends AppManager {
  override readonly app: ServiceApp;
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
}

/**
 * Inserts a new instance with all that hangs on it, in the order of upstream. Upstream:
 * nova/objects/instance.py (create), nova/db/sqlalchemy/api.py (instance_create); nova §1.3.
 */
import type { JsonObject } from "../../../python/index.js";
import type { ObjectStore } from "../objects/base.js";
import type { Instance } from "../objects/instance.js";
import type { NovaDatabase } from "./database.js";
import { instanceFromRow } from "./instances.js";
import type { InstanceRow } from "./schema.js";

export interface NewInstance {
  readonly row: InstanceRow;
  readonly metadata: Readonly<Record<string, string>>;
  readonly system_metadata: Readonly<Record<string, string>>;
  readonly pci_requests: readonly JsonObject[];
}

export function createInstance(
  db: NovaDatabase,
  store: ObjectStore,
  { row, metadata, system_metadata, pci_requests }: NewInstance,
): Instance {
  const { uuid } = row;
  const inserted = db.instances.insert(row);
  db.instance_metadata.insert({ instance_uuid: uuid, metadata });
  db.instance_system_metadata.insert({ instance_uuid: uuid, metadata: system_metadata });
  db.instance_info_caches.insert({ instance_uuid: uuid, network_info: [] });
  db.instance_extra.insert({ instance_uuid: uuid, pci_requests, numa_topology: null });
  db.instance_id_mappings.insert({ uuid });
  return instanceFromRow(db, store, inserted);
}

/** Nova's own group `default`, made when a project first needs it, even where Neutron has others. */
export function ensureDefaultSecurityGroup(
  db: NovaDatabase,
  project_id: string,
  user_id: string,
): void {
  const name = "default";
  if (db.security_groups.first({ project_id, name }) !== undefined) return;
  db.security_groups.insert({ name, description: name, user_id, project_id });
}

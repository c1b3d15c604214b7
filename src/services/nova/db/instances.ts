/**
 * Instances in the database: making them, reading them as objects, guarded writes, soft deletion.
 * Upstream: nova/db/sqlalchemy/api.py (instance_*), nova/objects/instance.py; nova §0.2.
 */
import type { Row } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import {
  InstanceNotFound,
  ObjectActionError,
  UnexpectedDeletingTaskStateError,
  UnexpectedTaskStateError,
  UnexpectedVMStateError,
} from "../exception.js";
import type { ObjectStore } from "../objects/base.js";
import { InstanceInfoCache } from "../objects/instance-info-cache.js";
import {
  Instance,
  type Expectations,
  type InstanceFields,
  type InstanceFilters,
} from "../objects/instance.js";
import { DELETING, type TaskState } from "../task-states.js";
import type { NovaDatabase } from "./database.js";
import { latestFault } from "./instance-actions.js";
import type { InstanceRow } from "./schema.js";

/** Fields of an instance that are kept in tables of their own. */
const ELSEWHERE = ["metadata", "system_metadata", "info_cache", "fault"] as const;

/** @throws InstanceNotFound */
export function instanceByUuid(db: NovaDatabase, store: ObjectStore, uuid: string): Instance {
  return new Instance(store, instanceFields(db, store, liveRow(db, uuid)));
}

export function instancesByHost(db: NovaDatabase, store: ObjectStore, host: string): Instance[] {
  return db.instances
    .find({ host })
    .map((row) => new Instance(store, instanceFields(db, store, row)));
}

/** Instances out of `uuids`, live or deleted as asked, in that order. */
export function instancesByFilters(
  db: NovaDatabase,
  store: ObjectStore,
  { uuid, deleted }: InstanceFilters,
): Instance[] {
  return uuid
    .map((id) => db.instances.getAny(id))
    .filter((row) => row !== undefined && (row.deleted !== 0) === deleted)
    .map((row) => new Instance(store, instanceFields(db, store, row as Row<InstanceRow>)));
}

/** An instance as an object, whatever became of its row. */
export function instanceFromRow(
  db: NovaDatabase,
  store: ObjectStore,
  row: Row<InstanceRow>,
): Instance {
  return new Instance(store, instanceFields(db, store, row));
}

/** `Instance.save`: write what changed, if the stored states are as expected; then read it all. */
export function saveInstance(
  db: NovaDatabase,
  store: ObjectStore,
  instance: Instance,
  expected: Expectations,
): void {
  const { info_cache, ...changes } = instance.changes();
  // Objects within are saved with it, and first, whatever becomes of the rest.
  const cache = info_cache ?? instance.info_cache;
  const cached = info_cache !== undefined || Object.keys(cache.changes()).length > 0;
  if (cached) saveInfoCache(db, cache);
  // Nothing to write, nothing to compare: upstream returns before it looks at expectations.
  const columns = Object.keys(changes).length > 0;
  if (columns) updateInstance(db, instance.uuid, changes, expected);
  if (!columns && !cached) return;
  instance.refreshWith(instanceFields(db, store, liveRow(db, instance.uuid)));
}

/**
 * Compare and set: the columns are written only if task and vm state are as expected.
 * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError,
 * UnexpectedVMStateError
 */
export function updateInstance(
  db: NovaDatabase,
  uuid: string,
  changes: Partial<InstanceFields>,
  expected: Expectations = {},
): void {
  check(liveRow(db, uuid), expected);
  const columns: Record<string, unknown> = { ...changes };
  for (const field of ELSEWHERE) Reflect.deleteProperty(columns, field);
  db.instances.update(uuid, columns);
  if (changes.metadata !== undefined) {
    db.instance_metadata.update(uuid, { metadata: changes.metadata });
  }
  if (changes.system_metadata !== undefined) {
    db.instance_system_metadata.update(uuid, { metadata: changes.system_metadata });
  }
}

/**
 * `Instance.destroy`: a soft delete, with what hangs on the row. An instance without a host may
 * have got one meanwhile, and then is not destroyed.
 * @throws InstanceNotFound; ObjectActionError if the host changed
 */
export function destroyInstance(db: NovaDatabase, instance: Instance): void {
  const row = liveRow(db, instance.uuid);
  if (instance.host === null && row.host !== null) {
    throw new ObjectActionError({ action: "destroy", reason: "host changed" });
  }
  const { uuid } = instance;
  db.instances.softDelete(uuid);
  db.instance_info_caches.softDelete(uuid);
  db.instance_metadata.softDelete(uuid);
  db.instance_extra.softDelete(uuid);
  for (const fault of db.instance_faults.find({ instance_uuid: uuid })) {
    db.instance_faults.softDelete(fault.id);
  }
  const after = db.instances.getAny(uuid);
  if (after !== undefined) {
    const { deleted, deleted_at } = after;
    instance.refreshWith({ deleted, deleted_at });
  }
}

/** All fields of an instance, from its row and the tables beside it. */
function instanceFields(
  db: NovaDatabase,
  store: ObjectStore,
  row: Row<InstanceRow>,
): InstanceFields {
  const { uuid } = row;
  const network_info = db.instance_info_caches.getAny(uuid)?.network_info ?? [];
  return {
    ...row,
    metadata: db.instance_metadata.getAny(uuid)?.metadata ?? {},
    system_metadata: db.instance_system_metadata.getAny(uuid)?.metadata ?? {},
    info_cache: new InstanceInfoCache(store, { instance_uuid: uuid, network_info }),
    fault: latestFault(db, store, uuid),
  };
}

function saveInfoCache(db: NovaDatabase, cache: InstanceInfoCache): void {
  db.instance_info_caches.update(cache.instance_uuid, { network_info: cache.network_info });
}

function liveRow(db: NovaDatabase, uuid: string): Row<InstanceRow> {
  const row = db.instances.get(uuid);
  if (row === undefined) throw new InstanceNotFound({ instance_id: uuid });
  return row;
}

function check(row: InstanceRow, { expected_task_state, expected_vm_state }: Expectations): void {
  if (expected_task_state !== undefined && !expected_task_state.includes(row.task_state)) {
    const kwargs = { actual: shown(row.task_state), expected: shownAll(expected_task_state) };
    if (row.task_state === DELETING) throw new UnexpectedDeletingTaskStateError(kwargs);
    throw new UnexpectedTaskStateError(kwargs);
  }
  if (expected_vm_state !== undefined && !expected_vm_state.includes(row.vm_state)) {
    throw new UnexpectedVMStateError({
      actual: shown(row.vm_state),
      expected: shownAll(expected_vm_state),
    });
  }
}

/** As Python writes it. */
const shown = (state: TaskState): string => state ?? "None";
const shownAll = (states: readonly TaskState[]): string => `(${states.map(shown).join(", ")})`;

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

/**
 * Nova's own group `default`, made when a project first needs it, even where Neutron has others. It
 * counts as used by whoever came first, which nothing was reserved for: _security_group_ensure_default.
 */
export function ensureDefaultSecurityGroup(
  db: NovaDatabase,
  project_id: string,
  user_id: string,
): void {
  const name = "default";
  if (db.security_groups.first({ project_id, name }) !== undefined) return;
  db.security_groups.insert({ name, description: name, user_id, project_id });
  const whose = { project_id, user_id, resource: "security_groups" };
  const usage = db.quota_usages.first(whose);
  if (usage === undefined) {
    db.quota_usages.insert({ ...whose, in_use: 1, reserved: 0, until_refresh: null });
  } else {
    db.quota_usages.update(usage.id, { in_use: usage.in_use + 1 });
  }
}

/**
 * Instances in the database: making them, reading them as objects, guarded writes, soft deletion.
 * Upstream: nova/db/sqlalchemy/api.py (instance_*), nova/objects/instance.py; nova §0.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { repr, type JsonObject } from "../../../../python/index.js";
import {
  InstanceNotFound,
  ObjectActionError,
  UnexpectedDeletingTaskStateError,
  UnexpectedTaskStateError,
  UnexpectedVMStateError,
} from "../../exception.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { InstanceInfoCache } from "../../objects/instance-info-cache.js";
import {
  Instance,
  type Expectations,
  type InstanceFields,
  type ActiveWindow,
  type InstanceFilters,
  type SystemMetadata,
} from "../../objects/instance.js";
import type { InstanceValues, Notified } from "../../notifications.js";
import { stored } from "../../objects/base/declare.js";
import { storedDate } from "../../../../framework/index.js";
import {
  numaTopology,
  type InstanceNUMATopology,
  type NumaCell,
} from "../../objects/instance-numa-topology.js";
import { noSecurityGroups } from "../../objects/security-group.js";
import { DELETING } from "../../states/task-states.js";
import type { NovaDatabase } from "../database.js";
import type { RowStore, TextType } from "../store/row-store.js";
import type { InfoCacheRow, InstanceRow } from "../schema.js";

/** Fields of an instance that are kept in tables of their own. */
const ELSEWHERE = [
  "metadata",
  "system_metadata",
  "info_cache",
  "security_groups",
  "numa_topology",
  "fault",
] as const;

/** The rows to which all `filters` apply, newest first; no UUIDs, no rows. */
export function rowsByFilters(
  db: NovaDatabase,
  { read_deleted }: RequestContext,
  { uuid, deleted, host, vm_state, task_state, cleaned }: InstanceFilters,
): Row<InstanceRow>[] {
  const hosts = typeof host === "string" ? [host] : host;
  const wanted = deleted ?? (read_deleted === "yes" ? undefined : read_deleted === "only");
  const rows =
    uuid?.map((id) => db.instances.getAny(id)).filter((row) => row !== undefined) ??
    hosts?.flatMap((on) => db.instances.findAny({ host: on })) ??
    db.instances.findAny({});
  return rows
    .filter(
      (row) =>
        (wanted === undefined || (row.deleted !== 0) === wanted) &&
        (hosts === undefined || (row.host !== null && hosts.includes(row.host))) &&
        (cleaned === undefined || (row.cleaned !== 0) === cleaned) &&
        (vm_state === undefined || row.vm_state === vm_state) &&
        (task_state === undefined || row.task_state === task_state),
    )
    .sort((a, b) => newestFirst(a, b));
}

/** `instance_get_active_by_window_joined`: launched before its end, and not gone before it began. */
export function rowsActiveInWindow(
  db: NovaDatabase,
  { begin, end, host }: ActiveWindow,
): Row<InstanceRow>[] {
  const { calendar } = db.kernel;
  const [from, to] = [calendar.parse(begin), calendar.parse(end)];
  return db.instances.findAny({ host }).filter(({ launched_at, terminated_at }) => {
    if (launched_at === null || !(calendar.parse(launched_at) < to)) return false;
    return terminated_at === null || calendar.parse(terminated_at) > from;
  });
}

const newestFirst = (a: Row<InstanceRow>, b: Row<InstanceRow>): number =>
  a.created_at === b.created_at ? b.id - a.id : a.created_at < b.created_at ? 1 : -1;

/**
 * An instance as an object, from its row and the tables beside it, whatever became of them.
 * @param cacheOf how what it knows of its network is made of that row
 */
export function instanceFromRow(
  db: NovaDatabase,
  store: ObjectStore,
  row: Row<InstanceRow>,
  cacheOf = (cache: Row<InfoCacheRow>): InstanceInfoCache => infoCacheFromRow(store, cache),
): Instance {
  const { uuid } = row;
  const cache = db.instance_info_caches.getAny(uuid);
  const fields: InstanceFields = Object.assign(instanceValues(db, row), {
    info_cache: cache === undefined ? noInfoCache(store, uuid) : cacheOf(cache),
    security_groups: noSecurityGroups(store),
    numa_topology: numaOf(db, store, uuid),
  });
  return new Instance(store, fields);
}

/** A write to an instance's columns: its row before, and after as notifications tell of it. */
export class InstanceUpdate {
  readonly before: Row<InstanceRow>;
  readonly #db: NovaDatabase;
  readonly #after: Row<InstanceRow>;

  constructor(db: NovaDatabase, before: Row<InstanceRow>, after: Row<InstanceRow>) {
    this.#db = db;
    this.before = before;
    this.#after = after;
  }

  /** Hardly ever asked for: nobody is told of writes unless a flag says so. */
  get after(): Notified {
    return { kind: "row", values: instanceValues(this.#db, this.#after) };
  }
}

/**
 * `Instance.save`: write what changed, if the stored states are as expected; then read it all.
 * @returns undefined if no column was written
 */
export function saveInstance(
  store: RowStore,
  instance: Instance,
  expected: Expectations,
  reading: ReadDeleted = "no",
): InstanceUpdate | undefined {
  const { db, text } = store;
  const { info_cache, security_groups: _, numa_topology: __, ...changes } = instance.changes();
  // Objects within are saved with it, and first, whatever becomes of the rest.
  const cache = instance.lacks("info_cache") ? undefined : instance.info_cache;
  const changed = cache !== undefined && Object.keys(cache.changes()).length > 0;
  const cached = info_cache !== undefined || changed;
  if (cache !== undefined && cached) saveInfoCache(db, cache);
  // Nothing to write, nothing to compare: upstream returns before it looks at expectations.
  const columns = Object.keys(changes).length > 0;
  const { uuid } = instance;
  const update = columns ? updateInstance(db, uuid, changes, expected, text, reading) : undefined;
  if (columns || cached) {
    instance.refreshWith(store.instance(rowByUuid(db, uuid, reading)).fields());
  }
  return update;
}

/**
 * `instance_update_and_get_original`, compare and set: the columns are written only if task and vm
 * state are as expected.
 * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError,
 * UnexpectedVMStateError
 */
export function updateInstance(
  db: NovaDatabase,
  uuid: string,
  changes: Partial<InstanceFields>,
  expected: Expectations = {},
  text: TextType = "bytes",
  reading: ReadDeleted = "no",
): InstanceUpdate {
  const before = rowByUuid(db, uuid, reading);
  check(before, expected, text);
  const columns: Record<string, unknown> = { ...changes };
  for (const field of ELSEWHERE) Reflect.deleteProperty(columns, field);
  if (changes.cleaned !== undefined) columns["cleaned"] = changes.cleaned ? 1 : 0;
  // A row of which no column changes is not written, and keeps the date of its last change.
  if (Object.keys(columns).length > 0) {
    if (before.deleted === 0) db.instances.update(uuid, columns);
    else db.instances.updateAny(uuid, columns);
  }
  if (changes.metadata !== undefined) {
    db.instance_metadata.update(uuid, { metadata: changes.metadata });
  }
  if (changes.system_metadata !== undefined) {
    db.instance_system_metadata.update(uuid, { metadata: changes.system_metadata });
  }
  return new InstanceUpdate(db, before, rowByUuid(db, uuid, reading));
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
    const { deleted, deleted_at } = stored(after);
    instance.refreshWith({ deleted, deleted_at });
  }
}

function numaOf(db: NovaDatabase, store: ObjectStore, uuid: string): InstanceNUMATopology | null {
  const row = db.instance_extra.getAny(uuid);
  return row?.numa_topology ? numaTopology(store, row, row.numa_topology) : null;
}

/** The fields that are no objects. */
function instanceValues(db: NovaDatabase, row: Row<InstanceRow>): InstanceValues {
  const { uuid } = row;
  return {
    ...row,
    ...stored(row),
    scheduled_at: storedDate(row.scheduled_at),
    launched_at: storedDate(row.launched_at),
    terminated_at: storedDate(row.terminated_at),
    cleaned: row.cleaned === 1,
    auto_disk_config: row.auto_disk_config ?? false,
    metadata: db.instance_metadata.getAny(uuid)?.metadata ?? {},
    system_metadata: db.instance_system_metadata.getAny(uuid)?.metadata ?? {},
  };
}

function noInfoCache(store: ObjectStore, instance_uuid: string): InstanceInfoCache {
  const dates = { created_at: null, updated_at: null, deleted_at: null, deleted: false };
  return new InstanceInfoCache(store, { instance_uuid, network_info: [], ...dates });
}

export function infoCacheFromRow(store: ObjectStore, row: Row<InfoCacheRow>): InstanceInfoCache {
  const { instance_uuid, network_info } = row;
  return new InstanceInfoCache(store, { instance_uuid, network_info, ...stored(row) });
}

function saveInfoCache(db: NovaDatabase, cache: InstanceInfoCache): void {
  db.instance_info_caches.update(cache.instance_uuid, { network_info: cache.network_info });
}

/** `read_deleted`: which rows a context may see. */
type ReadDeleted = RequestContext["read_deleted"];

const liveRow = (db: NovaDatabase, uuid: string): Row<InstanceRow> => rowByUuid(db, uuid, "no");

/** @throws InstanceNotFound */
export function rowByUuid(
  db: NovaDatabase,
  uuid: string,
  reading: ReadDeleted = "no",
): Row<InstanceRow> {
  const row = reading === "no" ? db.instances.get(uuid) : db.instances.getAny(uuid);
  if (row === undefined || (reading === "only" && row.deleted === 0)) {
    throw new InstanceNotFound({ instance_id: uuid });
  }
  return row;
}

function check(
  row: InstanceRow,
  { expected_task_state, expected_vm_state }: Expectations,
  text: TextType,
): void {
  if (expected_task_state !== undefined && !meets(row.task_state, expected_task_state)) {
    const kwargs = { actual: row.task_state, expected: shown(expected_task_state, text) };
    if (row.task_state === DELETING) throw new UnexpectedDeletingTaskStateError(kwargs);
    throw new UnexpectedTaskStateError(kwargs);
  }
  if (expected_vm_state !== undefined && !meets(row.vm_state, expected_vm_state)) {
    const kwargs = { actual: row.vm_state, expected: shown(expected_vm_state, text) };
    throw new UnexpectedVMStateError(kwargs);
  }
}

type State = string | null;

const several = (expected: State | readonly State[]): expected is readonly State[] =>
  Array.isArray(expected);

const meets = (actual: State, expected: State | readonly State[]): boolean =>
  several(expected) ? expected.includes(actual) : expected === actual;

/** A list as Python writes it; one state was made a tuple of one (`_instance_update`). */
function shown(expected: State | readonly State[], text: TextType): string {
  const prefix = text === "unicode" ? "u" : "";
  return several(expected) ? repr(expected, prefix) : `(${repr(expected, prefix)},)`;
}

export interface NewInstance {
  readonly row: InstanceRow;
  readonly metadata: Readonly<Record<string, string>>;
  readonly system_metadata: SystemMetadata;
  readonly pci_requests: readonly JsonObject[];
  readonly numaCells?: readonly NumaCell[] | null;
}

export function createInstance(
  db: NovaDatabase,
  store: ObjectStore,
  { row, metadata, system_metadata, pci_requests, numaCells = null }: NewInstance,
): Instance {
  const { uuid } = row;
  const inserted = db.instances.insert(row);
  db.instance_metadata.insert({ instance_uuid: uuid, metadata });
  db.instance_system_metadata.insert({ instance_uuid: uuid, metadata: system_metadata });
  db.instance_info_caches.insert({ instance_uuid: uuid, network_info: [] });
  db.instance_extra.insert({ instance_uuid: uuid, pci_requests, numa_topology: numaCells });
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

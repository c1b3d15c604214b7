/**
 * What a user of a project uses of each resource, before something more is reserved: counted when it is
 * first asked for, when it has fallen below 0, and as often as flags say; otherwise as it was added up.
 * Upstream: nova/db/sqlalchemy/api.py (quota_reserve, QUOTA_SYNC_FUNCTIONS) at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import type { NovaDatabase } from "../database.js";
import { isPerUser } from "./quotas.js";
import type { InstanceRow, QuotaUsageRow } from "../schema.js";
import { SOFT_DELETED } from "../../states/vm-states.js";

/** A resource that is counted and reserved. */
export type ReservableResource =
  "instances" | "cores" | "ram" | "floating_ips" | "fixed_ips" | "server_groups";

/** When usages are counted anew; 0 is never. */
export interface RefreshOptions {
  /** After how many reservations. */
  readonly until_refresh: number;
  /** Seconds after which a usage is too old. */
  readonly max_age: number;
}

interface Owner {
  readonly project_id: string;
  readonly user_id: string;
}

type UsageRow = Row<QuotaUsageRow>;

const DAY = 86_400;

/** The rows of `resources` and of whatever else the owner has one of. */
export function freshUsages(
  db: NovaDatabase,
  owner: Owner,
  resources: readonly ReservableResource[],
  options: RefreshOptions,
): ReadonlyMap<string, UsageRow> {
  const { project_id, user_id } = owner;
  const rows = new Map<string, UsageRow>();
  for (const row of db.quota_usages.find({ project_id })) {
    if (row.user_id === null || row.user_id === user_id) rows.set(row.resource, row);
  }
  const until_refresh = options.until_refresh === 0 ? null : options.until_refresh;
  const work = new Set(resources);
  for (const resource of work) {
    const row = rows.get(resource);
    if (row !== undefined && !isStale(db, row, rows, options)) continue;
    for (const counted of ALIKE[resource]) {
      const in_use = COUNT[counted](db, owner);
      const usage = put(db, owner, counted, rows.get(counted), { in_use, until_refresh });
      rows.set(counted, usage);
      db.recountedSoft.set(usage.id, softlyDeleted(db, usage));
      // What was counted on the way is not looked at again.
      work.delete(counted);
    }
  }
  return rows;
}

function put(
  db: NovaDatabase,
  { project_id, user_id }: Owner,
  resource: string,
  row: UsageRow | undefined,
  values: Pick<QuotaUsageRow, "in_use" | "until_refresh">,
): UsageRow {
  if (row !== undefined) return db.quota_usages.update(row.id, values) ?? row;
  return db.quota_usages.insert({
    project_id,
    user_id: isPerUser(resource) ? user_id : null,
    resource,
    in_use: values.in_use,
    reserved: 0,
    until_refresh: values.until_refresh,
  });
}

/** Each look at a row that counts down is one step of it. */
function isStale(
  db: NovaDatabase,
  row: UsageRow,
  rows: Map<string, UsageRow>,
  { max_age }: RefreshOptions,
): boolean {
  if (row.in_use < 0) return true;
  if (row.until_refresh !== null) {
    const until_refresh = row.until_refresh - 1;
    rows.set(row.resource, db.quota_usages.update(row.id, { until_refresh }) ?? row);
    return until_refresh <= 0;
  }
  if (max_age === 0) return false;
  const written = db.kernel.calendar.parse(row.updated_at ?? row.created_at);
  // `timedelta.seconds` starts from 0 again each day.
  return Math.floor((db.kernel.now - written) / 1_000_000) % DAY >= max_age;
}

const OF_INSTANCES = ["instances", "cores", "ram"] as const;

/** What is counted together. */
const ALIKE: Readonly<Record<ReservableResource, readonly ReservableResource[]>> = {
  instances: OF_INSTANCES,
  cores: OF_INSTANCES,
  ram: OF_INSTANCES,
  floating_ips: ["floating_ips"],
  fixed_ips: ["fixed_ips"],
  server_groups: ["server_groups"],
};

const COUNT: Readonly<Record<ReservableResource, (db: NovaDatabase, owner: Owner) => number>> = {
  instances: ({ instances }, owner) => instances.find({ ...owner }).length,
  cores: ({ instances }, owner) => total(instances.find({ ...owner }).map(({ vcpus }) => vcpus)),
  ram: ({ instances }, owner) =>
    total(instances.find({ ...owner }).map(({ memory_mb }) => memory_mb)),
  floating_ips: ({ floating_ips }, { project_id }) =>
    floating_ips.find({ project_id, auto_assigned: false }).length,
  fixed_ips: ({ fixed_ips, instances }, { project_id }) =>
    fixed_ips.find().filter(({ instance_uuid }) => {
      if (instance_uuid === null) return false;
      return instances.getAny(instance_uuid)?.project_id === project_id;
    }).length,
  server_groups: ({ instance_groups }, owner) => instance_groups.find({ ...owner }).length,
};

export const isReservable = (resource: string): resource is ReservableResource =>
  Object.hasOwn(COUNT, resource);

/** How much of a resource is there, whatever was added up. @param user_id null: of a whole project */
export const countInUse = (
  db: NovaDatabase,
  resource: ReservableResource,
  { project_id, user_id }: Pick<QuotaUsageRow, "project_id" | "user_id">,
): number => COUNT[resource](db, { project_id, user_id: user_id ?? "" });

/** How much of it servers use that are deleted softly: they have given it back, and a count takes them for there. */
export const softlyDeleted = (
  db: NovaDatabase,
  { project_id, user_id, resource }: QuotaUsageRow,
): number =>
  total(
    db.instances
      .find({ project_id, vm_state: SOFT_DELETED })
      .filter((row) => user_id === null || row.user_id === user_id)
      .map((row) => amountOf(row, resource)),
  );

/** How much of a resource a server uses. */
export function amountOf(
  { vcpus, memory_mb }: Pick<InstanceRow, "vcpus" | "memory_mb">,
  resource: string,
): number {
  if (resource === "cores") return vcpus;
  if (resource === "ram") return memory_mb;
  return resource === "instances" ? 1 : 0;
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);

/**
 * Quota arithmetic: reserve, commit, roll back. Positive deltas count as used from the moment they
 * are reserved; negative ones only once they are committed. Usage is per project and user.
 * Upstream: nova/db/sqlalchemy/api.py (quota_reserve, reservation_commit); nova §1.3, §8.5.
 */
import type { Row } from "../../../framework/index.js";
import { seconds, type Stream } from "../../../kernel/index.js";
import { OverQuota } from "../exception.js";
import type { NovaDatabase } from "./database.js";
import type { QuotaUsageRow } from "./schema.js";

/** A resource that is counted and reserved. */
export type ReservableResource = "instances" | "cores" | "ram" | "floating_ips" | "fixed_ips";

export type Deltas = Readonly<Partial<Record<ReservableResource, number>>>;

export interface ReserveOptions {
  readonly project_id: string;
  readonly user_id: string;
  readonly deltas: Deltas;
  /** Hard limit by resource; -1 is unlimited. */
  readonly quotas: Readonly<Record<string, number>>;
  /** Seconds until an unused reservation is rolled back. */
  readonly expire: number;
  /** Where reservation ids come from. */
  readonly ids: Stream;
}

/** What a refused reservation says, so that the API can say it to the user. */
export interface OverQuotaDetails {
  readonly overs: readonly string[];
  readonly quotas: Readonly<Record<string, number>>;
  readonly usages: Readonly<Record<string, { readonly in_use: number; readonly reserved: number }>>;
}

/**
 * Reserve all of `deltas` or nothing. @returns the reservations' ids
 * @throws OverQuota, whose kwargs are OverQuotaDetails
 */
export function reserve(db: NovaDatabase, options: ReserveOptions): string[] {
  const { project_id, user_id, deltas, quotas } = options;
  const usages = Object.entries(deltas).map(
    ([resource, delta]) => [usage(db, project_id, user_id, resource), delta] as const,
  );
  const totals = new Map(
    usages.map(([{ resource }]) => [resource, total(db, project_id, resource)]),
  );
  const overs = usages
    .filter(([{ resource }, delta]) => {
      const limit = quotas[resource] ?? -1;
      const { in_use = 0, reserved = 0 } = totals.get(resource) ?? {};
      return delta >= 0 && limit >= 0 && in_use + reserved + delta > limit;
    })
    .map(([{ resource }]) => resource)
    .sort();
  if (overs.length > 0) {
    throw new OverQuota({ overs, quotas, usages: Object.fromEntries(totals) });
  }
  return usages.map(([row, delta]) => {
    const uuid = options.ids.uuid();
    db.reservations.insert({
      uuid,
      usage_id: row.id,
      project_id,
      user_id,
      resource: row.resource,
      delta,
      expire: db.kernel.now + seconds(options.expire),
    });
    if (delta > 0) db.quota_usages.update(row.id, { reserved: row.reserved + delta });
    return uuid;
  });
}

/** The change has happened: what was reserved is in use. */
export function commitReservations(db: NovaDatabase, uuids: readonly string[]): void {
  end(db, uuids, (row, delta) => ({
    in_use: row.in_use + delta,
    reserved: row.reserved - Math.max(0, delta),
  }));
}

/** The change will not happen: what was reserved is free again. */
export function rollbackReservations(db: NovaDatabase, uuids: readonly string[]): void {
  end(db, uuids, (row, delta) => ({ reserved: row.reserved - Math.max(0, delta) }));
}

/** `_expire_reservations`: forgotten reservations are rolled back. @returns how many */
export function expireReservations(db: NovaDatabase): number {
  const stale = db.reservations.find().filter(({ expire }) => expire < db.kernel.now);
  rollbackReservations(
    db,
    stale.map(({ uuid }) => uuid),
  );
  return stale.length;
}

function end(
  db: NovaDatabase,
  uuids: readonly string[],
  change: (usage: Row<QuotaUsageRow>, delta: number) => Partial<QuotaUsageRow>,
): void {
  for (const uuid of uuids) {
    const reservation = db.reservations.get(uuid);
    if (reservation === undefined) continue;
    const row = db.quota_usages.get(reservation.usage_id);
    if (row !== undefined) db.quota_usages.update(row.id, change(row, reservation.delta));
    db.reservations.softDelete(uuid);
  }
}

/** What all users of a project have together: the limit is the project's. */
function total(
  db: NovaDatabase,
  project_id: string,
  resource: string,
): { in_use: number; reserved: number } {
  const rows = db.quota_usages.find({ project_id, resource });
  return {
    in_use: rows.reduce((sum, row) => sum + row.in_use, 0),
    reserved: rows.reduce((sum, row) => sum + row.reserved, 0),
  };
}

/** The usage row of a resource, made when first asked for. */
function usage(
  db: NovaDatabase,
  project_id: string,
  user_id: string,
  resource: string,
): Row<QuotaUsageRow> {
  return (
    db.quota_usages.first({ project_id, user_id, resource }) ??
    db.quota_usages.insert({
      project_id,
      user_id,
      resource,
      in_use: 0,
      reserved: 0,
      until_refresh: null,
    })
  );
}

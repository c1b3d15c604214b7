/**
 * Quota arithmetic: reserve, commit, roll back. Positive deltas count as used from the moment they
 * are reserved; negative ones only once they are committed. A project and its user have a limit each.
 * Upstream: nova/db/sqlalchemy/api.py (quota_reserve, reservation_commit); nova §1.3, §8.5.
 */
import type { Row } from "../../../../framework/index.js";
import { seconds, type Stream } from "../../../../kernel/index.js";
import { OverQuota } from "../../exception.js";
import type { NovaDatabase } from "../database.js";
import { sumsOf, type Usage } from "./quotas.js";
import type { QuotaUsageRow } from "../schema.js";
import { freshUsages, type RefreshOptions, type ReservableResource } from "./usages.js";

export type Deltas = Readonly<Partial<Record<ReservableResource, number>>>;

type Limits = Readonly<Record<string, number>>;

export interface ReserveOptions {
  readonly project_id: string;
  readonly user_id: string;
  readonly deltas: Deltas;
  /** Hard limits of the project by resource; -1 is unlimited. */
  readonly quotas: Limits;
  /** Those of the user; the project's where the user has none. */
  readonly userQuotas: Limits;
  /** Seconds until an unused reservation is rolled back. */
  readonly expire: number;
  readonly refresh: RefreshOptions;
  /** Where reservation ids come from. */
  readonly ids: Stream;
}

/** What a refused reservation says, so that the API can say it to the user. */
export interface OverQuotaDetails {
  readonly overs: readonly string[];
  /** The user's. */
  readonly quotas: Limits;
  readonly usages: Readonly<Record<string, Usage>>;
}

/**
 * Reserve all of `deltas` or nothing. @returns the reservations' ids
 * @throws OverQuota, whose kwargs are OverQuotaDetails
 */
export function reserve(db: NovaDatabase, options: ReserveOptions): string[] {
  const { project_id, user_id, deltas, quotas, userQuotas, refresh } = options;
  // Of the project they were read before anything is counted anew, and stay so.
  const totals: Record<string, Usage> = { ...sumsOf(db.quota_usages.find({ project_id })) };
  const resources = Object.keys(deltas) as ReservableResource[];
  const own = freshUsages(db, { project_id, user_id }, resources, refresh);
  for (const [resource, usage] of own) totals[resource] ??= usage;
  const overs = resources
    .filter((resource) => {
      const delta = deltas[resource] ?? 0;
      const [limit = -1, userLimit = -1] = [quotas[resource], userQuotas[resource]];
      if (userLimit < 0 || delta < 0) return false;
      // An unlimited project is passed by whoever has a limit of their own.
      return limit < delta + sum(totals[resource]) || userLimit < delta + sum(own.get(resource));
    })
    .sort();
  if (overs.length > 0) {
    const alike = resources.every((resource) => quotas[resource] === userQuotas[resource]);
    const usages = Object.entries(alike ? totals : Object.fromEntries(own));
    throw new OverQuota({
      overs,
      quotas: userQuotas,
      usages: Object.fromEntries(
        usages.map(([resource, { in_use, reserved }]) => [resource, { in_use, reserved }]),
      ),
    });
  }
  return resources.map((resource) => {
    const [delta, row] = [deltas[resource] ?? 0, own.get(resource)];
    const uuid = options.ids.uuid();
    db.reservations.insert({
      uuid,
      usage_id: row?.id ?? 0,
      project_id,
      user_id,
      resource,
      delta,
      expire: db.kernel.now + seconds(options.expire),
    });
    if (row !== undefined && delta > 0) {
      db.quota_usages.update(row.id, { reserved: row.reserved + delta });
    }
    return uuid;
  });
}

const sum = ({ in_use, reserved }: Usage = { in_use: 0, reserved: 0 }): number => in_use + reserved;

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

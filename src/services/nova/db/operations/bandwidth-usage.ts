/**
 * What the cards of guests have carried, by period: as hosts tell it, if their hypervisors count it. Upstream:
 * nova/db/sqlalchemy/api.py (bw_usage_*), models.py (BandwidthUsage) at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import type { NovaDatabase } from "../database.js";
import type { BandwidthUsageRow } from "./rows.js";

/** Which card, and when. */
type Period = Pick<BandwidthUsageRow, "uuid" | "mac" | "start_period">;

/** A date as columns of the kind have it, out of one that travels. */
const columnDate = (date: string): string => date.slice(0, 19).replace("T", " ");

export const bandwidthUsage = (
  db: NovaDatabase,
  { uuid, mac, start_period }: Period,
): Row<BandwidthUsageRow> | undefined =>
  db.bw_usage_cache.first({ uuid, mac, start_period: columnDate(start_period) });

/** Those of all cards of a server. */
export const bandwidthUsages = (
  db: NovaDatabase,
  uuid: string,
  start_period: string,
): Row<BandwidthUsageRow>[] => db.bw_usage_cache.find({ uuid, start_period });

/** The counts of a period are written over, or there are none yet. */
export function updateBandwidthUsage(
  db: NovaDatabase,
  values: Omit<BandwidthUsageRow, "last_refreshed"> & { readonly last_refreshed: string | null },
): void {
  const row = {
    ...values,
    start_period: columnDate(values.start_period),
    last_refreshed: values.last_refreshed ?? db.utcnow(),
  };
  const known = bandwidthUsage(db, row);
  if (known === undefined) db.bw_usage_cache.insert(row);
  else db.bw_usage_cache.update(known.id, row);
}

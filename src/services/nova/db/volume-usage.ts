/**
 * How much servers have read and written of volumes: what their guests have since they were started
 * (`curr_`), and what earlier guests had (`tot_`). Upstream: nova/db/sqlalchemy/api.py (vol_usage_update) at
 * 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "./database.js";
import type { VolumeUsageRow } from "./schema.js";

/** What is counted of a disk. */
export interface VolumeCounts {
  readonly reads: number;
  readonly read_bytes: number;
  readonly writes: number;
  readonly write_bytes: number;
}

const COUNTS = ["reads", "read_bytes", "writes", "write_bytes"] as const;

type Counter = (typeof COUNTS)[number];

/** Whose server has it, and where. */
export type VolumeUser = Pick<
  VolumeUsageRow,
  "instance_uuid" | "project_id" | "user_id" | "availability_zone"
>;

/** The usage as it is now, and whether the guest has counted less than it had before. */
export interface UsageUpdate {
  readonly row: Row<VolumeUsageRow>;
  readonly restarted: boolean;
}

/** @param totals the guest is about to lose the volume: what it has counted goes into the sum */
export function updateVolumeUsage(
  db: NovaDatabase,
  volume_id: string,
  counts: VolumeCounts,
  user: VolumeUser,
  totals: boolean,
): UsageUpdate {
  const refreshed = db.utcnow();
  const known = db.volume_usage_cache.first({ volume_id });
  if (known === undefined) {
    const sums = totals ? counts : NONE;
    const guests = totals ? NONE : counts;
    const row = db.volume_usage_cache.insert({
      volume_id,
      ...user,
      tot_last_refreshed: totals ? refreshed : null,
      curr_last_refreshed: totals ? null : refreshed,
      ...under("tot", (counter) => sums[counter]),
      ...under("curr", (counter) => guests[counter]),
    });
    return { row, restarted: false };
  }
  const restarted = COUNTS.some((counter) => counts[counter] < known[`curr_${counter}`]);
  const lost = (counter: Counter): number => (restarted ? known[`curr_${counter}`] : 0);
  db.volume_usage_cache.update(known.id, {
    ...user,
    ...(totals ? { tot_last_refreshed: refreshed } : { curr_last_refreshed: refreshed }),
    ...under(
      "tot",
      (counter) => known[`tot_${counter}`] + lost(counter) + (totals ? counts[counter] : 0),
    ),
    ...under("curr", (counter) => (totals ? 0 : counts[counter])),
  });
  return { row: db.volume_usage_cache.get(known.id) ?? known, restarted };
}

/** `vol_get_usage_by_time`: a sum of which there is no date is new to whoever asks. */
export const volumeUsageSince = (db: NovaDatabase, begin: string): Row<VolumeUsageRow>[] =>
  db.volume_usage_cache
    .findAny()
    .filter(({ tot_last_refreshed: total, curr_last_refreshed: current }) =>
      [total, current].some((date) => date === null || date > begin),
    );

const NONE: VolumeCounts = { reads: 0, read_bytes: 0, writes: 0, write_bytes: 0 };

/** A column for each of what is counted. */
function under<const P extends "tot" | "curr">(
  prefix: P,
  value: (counter: Counter) => number,
): Record<`${P}_${Counter}`, number> {
  const entries = COUNTS.map((counter) => [`${prefix}_${counter}`, value(counter)] as const);
  return Object.fromEntries(entries) as Record<`${P}_${Counter}`, number>;
}

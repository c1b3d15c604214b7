/**
 * What a guest has counted of a volume, taken down as a host tells it, and what is said of it to whoever
 * bills. Upstream: nova/conductor/manager.py (vol_usage_update), nova/compute/utils.py (usage_volume_info) at 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import type { Row } from "../../../framework/index.js";
import { str, subscript, truth, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { VolumeUsageRow } from "../db/schema.js";
import { updateVolumeUsage, type UsageUpdate } from "../db/volume-usage.js";
import { pythonDate } from "../notifications.js";
import type { conductorApi } from "./rpcapi.js";

/** @throws KeyError for a server that lacks what is written; DBError */
export function recordVolumeUsage(
  db: NovaDatabase,
  args: ArgsIn<typeof conductorApi, "vol_usage_update">,
): UsageUpdate {
  const { vol_id, rd_req, rd_bytes, wr_req, wr_bytes, instance, update_totals } = args;
  const user = {
    instance_uuid: subscript(instance, "uuid") as string | null,
    project_id: subscript(instance, "project_id") as string | null,
    user_id: subscript(instance, "user_id") as string | null,
    availability_zone: subscript(instance, "availability_zone") as string | null,
  };
  const counts = { reads: rd_req, read_bytes: rd_bytes, writes: wr_req, write_bytes: wr_bytes };
  return updateVolumeUsage(db, vol_id, counts, user, truth(update_totals));
}

export const lowerStats = (volumeId: Json): string =>
  `Volume(${str(volumeId)}) has lower stats then what is in the database. ` +
  "Instance must have been rebooted or crashed. Updating totals.";

/** A row that was there was read again, without the fractions of seconds that MySQL does not keep. */
export function usageVolumeInfo(usage: Row<VolumeUsageRow>): JsonObject {
  const { tot_last_refreshed: total, curr_last_refreshed: current } = usage;
  const last = [total ?? "", current ?? ""].sort().at(-1) ?? "";
  const read = usage.updated_at === null ? last : last.replace(/\.\d+$/u, "");
  return {
    volume_id: usage.volume_id,
    tenant_id: usage.project_id,
    user_id: usage.user_id,
    availability_zone: usage.availability_zone,
    instance_id: usage.instance_uuid,
    last_refreshed: pythonDate(read),
    reads: usage.tot_reads + usage.curr_reads,
    read_bytes: usage.tot_read_bytes + usage.curr_read_bytes,
    writes: usage.tot_writes + usage.curr_writes,
    write_bytes: usage.tot_write_bytes + usage.curr_write_bytes,
  };
}

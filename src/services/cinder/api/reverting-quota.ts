/**
 * What was reserved is free again if what it is for cannot be written. Upstream: QuotaReserveTask.revert of
 * cinder/volume/flows/api/create_volume.py, and create_snapshot_in_db of cinder/volume/api.py at 2014.2.
 */
import { Exception } from "../../../python/index.js";
import type { Asking } from "./route.js";

export function revertingQuota<T>(
  { app, ctxt }: Pick<Asking, "app" | "ctxt">,
  reservations: readonly string[],
  write: () => T,
): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof Exception) app.quotas.rollback(ctxt, reservations);
    throw error;
  }
}

/**
 * When a service was last heard of, and after how long it counts as down, for every project that keeps
 * records of its services in its database. Upstream: nova/servicegroup/drivers/db.py,
 * nova/service.py (basic_config_check), and the same files of cinder, at 2014.2; messaging §B3, §B6.
 */
import type { Kernel } from "../../kernel/index.js";
import type { BaseColumns } from "../database/row.js";
import type { Flags } from "../flags/index.js";
import { serviceFlags } from "./service-flags.js";

/**
 * Seconds without a report after which a service is down. One that is no longer than the interval
 * between reports would have every service flap, so it is stretched (SVC-33).
 */
export function serviceDownTime(flags: Flags): number {
  const { service_down_time, report_interval } = flags.read(serviceFlags);
  if (report_interval === 0 || service_down_time > report_interval) return service_down_time;
  return Math.floor(report_interval * 2.5);
}

/** Seconds since a service was last heard of; created_at counts until its first report. */
export function heartbeatAge(
  { calendar, now }: Pick<Kernel, "calendar" | "now">,
  service: Pick<BaseColumns, "created_at" | "updated_at">,
): number {
  return Math.abs(now - calendar.parse(service.updated_at ?? service.created_at)) / 1_000_000;
}

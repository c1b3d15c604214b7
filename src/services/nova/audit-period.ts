/**
 * The period that a server's use is counted in, as notifications of it say. Upstream:
 * nova/notifications.py (audit_period_bounds), nova/utils.py (last_completed_audit_period) at 2014.2.
 */
import type { Calendar, Micros } from "../../kernel/index.js";
import { pythonDate } from "./notifications.js";

export interface AuditPeriod {
  readonly audit_period_beginning: string;
  readonly audit_period_ending: string;
}

/** The last complete period, or the one that runs, up to now. Dates as Python's `str` writes them. */
export function auditPeriod(
  calendar: Calendar,
  now: Micros,
  unit: string,
  current: boolean,
): AuditPeriod {
  const stamp = calendar.stamp(now);
  const end = beginning(stamp, unit);
  if (current) return { audit_period_beginning: end, audit_period_ending: pythonDate(stamp) };
  const justBefore = calendar.stamp(calendar.parse(end) - 1);
  return { audit_period_beginning: beginning(justBefore, unit), audit_period_ending: end };
}

/** When the period that `stamp` is in began. */
function beginning(stamp: string, unit: string): string {
  const [year, month, day, hour] = [
    stamp.slice(0, 4),
    stamp.slice(5, 7),
    stamp.slice(8, 10),
    stamp.slice(11, 13),
  ];
  switch (unit) {
    case "hour":
      return `${year}-${month}-${day} ${hour}:00:00`;
    case "day":
      return `${year}-${month}-${day} 00:00:00`;
    case "year":
      return `${year}-01-01 00:00:00`;
    default:
      return `${year}-${month}-01 00:00:00`;
  }
}

/**
 * Whether it is a time at which an alarm is looked at: within so many seconds of a start by one of its cron
 * expressions. Upstream: ceilometer/alarm/evaluator/__init__.py (within_time_constraint) at 2014.2.
 */
import type { Kernel } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { Cron } from "../cron.js";
import { offsetOf } from "../time-zones.js";

const MINUTE = 60_000_000;

export function withinTimeConstraint(
  { calendar, now }: Kernel,
  constraints: readonly JsonObject[],
): boolean {
  if (constraints.length === 0) return true;
  return constraints.some((constraint) => {
    const zone = textOf(constraint, "timezone");
    const local = now + (zone === "" ? 0 : (offsetOf(zone) ?? 0));
    const cron = new Cron(textOf(constraint, "start"));
    const start = cron.previous(calendar, local);
    // The minute that begins now counts, and so does the last one.
    const next = cron.previous(calendar, local + 1);
    if (next !== undefined && local - next < MINUTE) return true;
    const length = Number(constraint["duration"] ?? 0) * 1_000_000;
    return start !== undefined && local <= start + length;
  });
}

/**
 * Whether it is a time at which an alarm is looked at: within so many seconds of a start by one of its cron
 * expressions, which are of a zone's clocks. Upstream: ceilometer/alarm/evaluator/__init__.py
 * (within_time_constraint) at 2014.2.
 */
import { unixMicros, type Kernel } from "../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../python/index.js";
import { Cron } from "../cron.js";
import { offsetAt } from "../time-zones.js";

const MINUTE = 60_000_000;

export function withinTimeConstraint(
  { calendar, now }: Kernel,
  constraints: readonly JsonObject[],
): boolean {
  if (constraints.length === 0) return true;
  const unix = unixMicros(calendar.stamp(now));
  return constraints.some((constraint) => {
    const zone = textOf(constraint, "timezone");
    const offset = offsetAt(zone, unix);
    const local = now + offset;
    const cron = new Cron(textOf(constraint, "start"));
    const start = cron.previous(calendar, local);
    // The minute that begins now counts, and so does the last one.
    const next = cron.previous(calendar, local + 1);
    if (next !== undefined && local - next < MINUTE) return true;
    if (start === undefined) return false;
    // Clocks may have been changed since: how long ago it was is not what they say.
    const ago = now - start + offsetAt(zone, unix + (start - local));
    return ago <= Number(constraint["duration"] ?? 0) * 1_000_000;
  });
}

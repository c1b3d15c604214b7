/**
 * When an alarm is looked at, by the clocks of a zone. Upstream: ceilometer/tests/alarm/evaluator/test_base.py
 * (test_base_time_constraints_timezone and its like), over pytz, at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Kernel } from "../../../../src/kernel/index.js";
import { withinTimeConstraint } from "../../../../src/services/ceilometer/evaluator/time-constraints.js";

/** Whether it is looked at, at a moment of UTC. */
const within = (at: string, constraint: { start: string; duration: number; timezone: string }) =>
  withinTimeConstraint(new Kernel({ epoch: `${at}Z` }), [{ name: "c", ...constraint }]);

describe("a time constraint", () => {
  const morning = { start: "0 11 * * *", duration: 10_800 };

  it.each([
    ["2014-01-01T12:00:00", "Europe/Ljubljana", true],
    ["2014-01-01T10:00:00", "Europe/Ljubljana", true],
    ["2014-01-01T09:59:59", "Europe/Ljubljana", false],
    ["2014-01-01T14:00:00", "Europe/Ljubljana", false],
    // An hour earlier while it is summer there, in June and not in December.
    ["2014-06-01T09:00:00", "Europe/Ljubljana", true],
    ["2014-06-01T12:30:00", "Europe/Ljubljana", false],
    ["2014-06-01T12:30:00", "UTC", true],
    ["2014-06-01T12:30:00", "", true],
    ["2014-06-01T02:30:00", "Asia/Tokyo", true],
    ["2014-06-01T05:30:00", "Asia/Kolkata", true],
    ["2014-06-01T05:29:59", "Asia/Kolkata", false],
    ["2014-06-01T18:00:00", "US/Pacific", true],
    ["2014-06-01T16:00:00", "Etc/GMT+5", true],
    // Moscow was four hours ahead until October 2014, and three since.
    ["2014-10-01T07:00:00", "Europe/Moscow", true],
    ["2014-11-01T07:00:00", "Europe/Moscow", false],
  ])("of three hours from eleven on holds at %s in %s: %s", (at, timezone, expected) => {
    expect(within(at, { ...morning, timezone })).toBe(expected);
  });

  it("lasts as long as it says where clocks are changed meanwhile", () => {
    // From one o'clock on, on the night in which two o'clock becomes three.
    const night = { start: "0 1 * * *", duration: 7200, timezone: "Europe/Ljubljana" };
    expect(within("2014-03-30T00:00:00", night)).toBe(true);
    expect(within("2014-03-30T02:00:00", night)).toBe(true);
    expect(within("2014-03-30T02:00:01", night)).toBe(false);
    const autumn = { ...night, duration: 10_800 };
    expect(within("2014-10-26T02:00:00", autumn)).toBe(true);
    expect(within("2014-10-26T02:00:01", autumn)).toBe(false);
  });
});

/** Virtual time as dates, in the spellings that services store and print. */
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  Calendar,
  DEFAULT_EPOCH,
  hours,
  microseconds,
  milliseconds,
  minutes,
  seconds,
} from "../../src/kernel/index.js";

describe("Calendar", () => {
  it("writes a moment for REST, for the database and for HTTP headers", () => {
    const calendar = new Calendar();
    const at = seconds(61) + 42;
    expect([calendar.iso(at), calendar.stamp(at), calendar.http(at)]).toEqual([
      "2014-09-18T04:04:10Z",
      "2014-09-18T04:04:10.000042",
      "Thu, 18 Sep 2014 04:04:10 GMT",
    ]);
    expect(calendar.epoch).toBe(DEFAULT_EPOCH);
  });

  it("reads back to the microsecond what it stamped, before the epoch too, from any epoch", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e15, max: 1e15 }),
        fc.constantFrom(DEFAULT_EPOCH, "2014-10-16T00:00:00.750Z", "2014-10-16"),
        (at, epoch) => {
          const calendar = new Calendar(epoch);
          expect(calendar.parse(calendar.stamp(at))).toBe(at);
          expect(calendar.parse(calendar.iso(at))).toBeLessThanOrEqual(at);
          expect(at - calendar.parse(calendar.iso(at))).toBeLessThan(1e6);
        },
      ),
    );
  });

  it("takes no date that the host would have to interpret", () => {
    const calendar = new Calendar();
    for (const text of ["", "yesterday", "18 Sep 2014", "2014-13-01", "2014-09-18T04:03", "1Z"]) {
      expect(calendar.parse(text)).toBeNaN();
    }
    expect(() => new Calendar("18 Sep 2014")).toThrow(
      `epoch "18 Sep 2014" is not a date such as ${DEFAULT_EPOCH}`,
    );
  });

  it("counts in whole microseconds", () => {
    expect([hours(1), minutes(1), seconds(1.5), milliseconds(0.25), microseconds(0.6)]).toEqual([
      3_600_000_000, 60_000_000, 1_500_000, 250, 1,
    ]);
  });
});

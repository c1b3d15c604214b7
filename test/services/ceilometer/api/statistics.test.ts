/** Statistics of a meter. Upstream: ceilometer/tests/api/v2/test_statistics_scenarios.py, ceilometer/storage/impl_sqlalchemy.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { TelemetryBed } from "../telemetry-bed.js";

const bed = new TelemetryBed();
const at = (time: string) => `2012-09-25T${time}:00`;
bed.post("volume.size", [
  { volume: 5, timestamp: at("10:30"), user_id: "u1" },
  { volume: 6, timestamp: at("11:31"), user_id: "u2" },
  { volume: 7, timestamp: at("12:32"), user_id: "u1", resource_id: "r2" },
]);

const rows = (query = "") => bed.list(`/v2/meters/volume.size/statistics${query}`);

describe("statistics", () => {
  it("are one row over all samples where no period is asked for", () => {
    expect(rows()).toEqual([
      {
        groupby: null,
        unit: "GB",
        ...{ avg: 6, sum: 18, min: 5, max: 7, count: 3 },
        duration: 7320,
        duration_start: "2012-09-25T10:30:00",
        duration_end: "2012-09-25T12:32:00",
        period: 0,
        period_start: "2012-09-25T10:30:00",
        period_end: "2012-09-25T12:32:00",
      },
    ]);
    expect(bed.list("/v2/meters/nothing/statistics")).toEqual([]);
  });

  it("begin at the oldest sample, and leave out periods that are empty (test_no_time_bounds_with_period)", () => {
    expect(rows("?period=1800").map(({ period_start }) => period_start)).toEqual([
      at("10:30"),
      at("11:30"),
      at("12:30"),
    ]);
  });

  it("begin at the start that is asked for (test_start_timestamp_with_period, test_start_timestamp_after)", () => {
    const query = `?q.field=timestamp&q.op=ge&q.value=${at("10:15")}&period=7200`;
    expect(rows(query).map(({ period_start, count }) => [period_start, count])).toEqual([
      [at("10:15"), 2],
      [at("12:15"), 1],
    ]);
    expect(rows(`?q.field=timestamp&q.op=ge&q.value=2013-01-01T00:00:00&period=60`)).toEqual([]);
  });

  it("lose the newest sample where it lies on the border of a period and no end is asked for", () => {
    bed.post("pair", [
      { volume: 1, timestamp: at("10:00") },
      { volume: 2, timestamp: at("10:01") },
    ]);
    const pair = bed.list("/v2/meters/pair/statistics?period=60");
    expect(pair.map(({ count }) => count)).toEqual([1]);
    bed.post("single", [{ volume: 1, timestamp: at("10:00") }]);
    expect(bed.list("/v2/meters/single/statistics?period=60")).toEqual([]);
  });

  it("are apart by unit, whatever is asked for", () => {
    bed.post("units", [
      { volume: 1, counter_unit: "MB" },
      { volume: 2, counter_unit: "KB" },
    ]);
    const units = bed.list("/v2/meters/units/statistics");
    expect(units.map(({ unit, sum }) => [unit, sum])).toEqual([
      ["KB", 2],
      ["MB", 1],
    ]);
  });

  it("are grouped by whose a sample is, and by nothing else (test_group_by_unknown_field)", () => {
    expect(rows("?groupby=user_id").map(({ groupby, sum }) => [groupby, sum])).toEqual([
      [{ user_id: "u1" }, 12],
      [{ user_id: "u2" }, 6],
    ]);
    const path = "/v2/meters/volume.size/statistics";
    expect(bed.fault("GET", `${path}?groupby=wtf`)).toEqual([
      400,
      `Unknown argument: "set([u'wtf'])": Invalid groupby fields`,
    ]);
    expect(bed.fault("GET", `${path}?groupby=source`)).toEqual([
      501,
      "Unable to group by these fields",
    ]);
  });

  it("are of the functions that are chosen (test_bad_selectable_parameterized_aggregate)", () => {
    const query = "?aggregate.func=cardinality&aggregate.param=resource_id&aggregate.func=avg";
    const [row] = rows(query);
    expect(row).toMatchObject({ avg: 6, aggregate: { "cardinality/resource_id": 2, avg: 6 } });
    expect(row).not.toHaveProperty("sum");
    const path = "/v2/meters/volume.size/statistics?aggregate.func=";
    expect(bed.fault("GET", `${path}cardinality&aggregate.param=injection_attack`)).toEqual([
      400,
      "Bad aggregate: cardinality.injection_attack",
    ]);
    expect(bed.fault("GET", `${path}quartile`)).toEqual([
      501,
      "Selectable aggregate function quartile is not supported",
    ]);
  });

  it("have a positive period", () => {
    expect(bed.fault("GET", "/v2/meters/volume.size/statistics?period=-1")).toEqual([
      400,
      "Period must be positive.",
    ]);
  });
});

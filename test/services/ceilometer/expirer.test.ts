/** What is too old goes, when the expirer is run. Upstream: ceilometer/cmd/storage.py, ceilometer/tests/storage/test_storage_scenarios.py (ExpirationTest) at 2014.2. */
import { describe, expect, it } from "vitest";
import { TelemetryBed } from "./telemetry-bed.js";

const expirer = "ceilometer-expirer@controller";

function bedWith(time_to_live: number): TelemetryBed {
  const bed = new TelemetryBed({
    services: ["ceilometer", "ceilometer-expirer"],
    flags: { "database.time_to_live": time_to_live },
  });
  bed.post("old", [{ volume: 1, timestamp: "2014-01-01T00:00:00" }]);
  bed.post("new", [{ volume: 1, resource_id: "r2" }]);
  bed.cloud.start(expirer);
  bed.cloud.settle();
  return bed;
}

describe("the expirer", () => {
  it("removes samples that are older than they may be, with meters and resources of theirs", () => {
    const bed = bedWith(3600);
    expect(bed.list("/v2/meters/old")).toEqual([]);
    const names = bed.list("/v2/meters?q.field=source&q.value=").map(({ name }) => name);
    expect(names).toContain("new");
    expect(names).not.toContain("old");
    expect(bed.ask("GET", "/v2/resources/r1").status).toBe(404);
  });

  it("removes nothing where no time is set", () => {
    expect(bedWith(-1).list("/v2/meters/old")).toHaveLength(1);
  });
});

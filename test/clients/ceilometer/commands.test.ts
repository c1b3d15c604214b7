/** What `ceilometer` asks and prints. Upstream: python-ceilometerclient 1.0.12, v2/shell.py, v2/options.py, v2/alarms.py. */
import { describe, expect, it } from "vitest";
import { CinderBed } from "../cinder/bed.js";

const bed = new CinderBed({ services: ["ceilometer"] });

bed.done(
  "ceilometer sample-create -r r1 -m load --meter-type gauge --meter-unit l --sample-volume 2",
);

const asked = () => bed.requests.at(-1);

describe("ceilometer and samples", () => {
  it("lists the samples of a meter, a float with its point", () => {
    expect(bed.cells("ceilometer sample-list -m load -l 1")).toEqual([
      ["Resource ID", "Name", "Type", "Volume", "Unit", "Timestamp"],
      ["r1", "load", "gauge", "2.0", "l", expect.any(String)],
    ]);
    expect(asked()).toContain("GET /v2/meters/load?limit=1");
  });

  it("writes a query as four parameters in the order of their names", () => {
    bed.done("ceilometer sample-list -m load -q 'user_id=x;timestamp>=string::2014-01-01'");
    expect(asked()).toContain(
      "/v2/meters/load?q.field=user_id&q.field=timestamp&q.op=eq&q.op=ge" +
        "&q.type=&q.type=string&q.value=x&q.value=2014-01-01",
    );
    expect(bed.failure("ceilometer meter-list -q user_id")).toMatchObject({
      stderr: "invalid query user_id: missing operator\n",
    });
  });

  it("shows statistics by what is chosen", () => {
    const command = "ceilometer statistics -m load -a avg -a 'cardinality<-resource_id' -g user_id";
    const [head = [], row = []] = bed.cells(command);
    expect(head.slice(3, 6)).toEqual(["Group By", "Avg", "cardinality/resource_id"]);
    expect(row.slice(4, 6)).toEqual(["2.0", "1.0"]);
  });

  it("says no more of an error than its status", () => {
    expect(bed.failure("ceilometer resource-show none").stderr).toBe("Not Found (HTTP 404)\n");
    expect(bed.failure("ceilometer statistics -m load -p -5").stderr).toBe(
      "Bad Request (HTTP 400)\n",
    );
    expect(bed.failure("ceilometer sample-list -m ''").stderr).toBe("meter should not be empty\n");
  });
});

describe("ceilometer and alarms", () => {
  it("makes one, lists it, and puts the whole of it to change a part", () => {
    const made = bed.properties(
      "ceilometer alarm-threshold-create --name hot -m load --threshold 3 --period 120 " +
        "--time-constraint 'name=night;start=0 23 * * *;duration=300'",
    );
    expect(made).toMatchObject({ threshold: "3.0", period: "120", repeat_actions: "False" });
    const id = made["alarm_id"] ?? "";
    const [, row = []] = bed.cells("ceilometer alarm-list");
    expect(row.slice(1)).toEqual([
      ...["hot", "insufficient data", "True", "False"],
      "load == 3.0 during 1 x 120s",
      "night at 0 23 * * *  for 300s",
    ]);
    bed.done(`ceilometer alarm-threshold-update ${id} --threshold 5 --enabled False`);
    expect(bed.bodies.at(-1)).toMatchObject({
      enabled: false,
      name: "hot",
      threshold_rule: { threshold: 5, period: 120, meter_name: "load" },
      time_constraints: [{ name: "night" }],
    });
    expect(bed.cells(`ceilometer alarm-state-set ${id} --state ok`)[1]).toEqual(["state", "ok"]);
    const history = bed
      .cells(`ceilometer alarm-history ${id}`)
      .map(([type, , text]) => [type, text]);
    expect(history.slice(0, 4)).toEqual([
      ["Type", "Detail"],
      ["state transition", "state: ok"],
      ["rule change", "enabled: False"],
      ["", "rule: load == 5.0 during 1 x 120s"],
    ]);
    bed.silent(`ceilometer alarm-delete ${id}`);
    expect(bed.failure(`ceilometer alarm-show ${id}`).stderr).toBe("Not Found (HTTP 404)\n");
  });

  it("wants an id, also where it is given as of old", () => {
    expect(bed.failure("ceilometer alarm-show").stderr).toBe("alarm_id should not be empty\n");
  });

  it("takes what was said before there were rules", () => {
    const made = bed.properties(
      "ceilometer alarm-create --name old -m load --threshold 1 --matching-metadata metadata.size=5",
    );
    expect(made["query"]).toBe("metadata.size == 5");
  });
});

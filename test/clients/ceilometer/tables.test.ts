/** Tables and texts of errors of every command of `ceilometer`. Upstream: python-ceilometerclient 1.0.12, v2/shell.py, common/utils.py, exc.py. */
import { describe, expect, it } from "vitest";
import { CinderBed } from "../cinder/bed.js";

const bed = new CinderBed({ services: ["ceilometer"] });
const admin = bed.cloud.id("user", "admin") ?? "";
const project = bed.cloud.id("project", "admin") ?? "";

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f-]{27}$/) as string;
const TIME = expect.stringMatching(/^2014-09-18T\d\d:\d\d:\d\d/) as string;

const made = bed.properties(
  `ceilometer sample-create -r r1 -m load --meter-type gauge --meter-unit l --sample-volume 2 --resource-metadata '{"a": "b"}'`,
);
const threshold = bed.properties(
  "ceilometer alarm-threshold-create --name hot -m load --threshold 3 --comparison-operator ge -q resource_id=r1 --alarm-action log://",
);
const other = bed.properties("ceilometer alarm-threshold-create --name cold -m load --threshold 1");
const [hot, cold] = [threshold["alarm_id"] ?? "", other["alarm_id"] ?? ""];

describe("samples", () => {
  it("sample-create shows what was posted, without counter_", () => {
    expect(made).toEqual({
      message_id: UUID,
      name: "load",
      project_id: project,
      resource_id: "r1",
      resource_metadata: "{u'a': u'b'}",
      source: `${project}:openstack`,
      timestamp: TIME,
      type: "gauge",
      unit: "l",
      user_id: admin,
      volume: "2.0",
    });
  });

  it("meter-list is in the order of names", () => {
    const [head, ...rows] = bed.cells("ceilometer meter-list -q resource_id=r1");
    expect(head).toEqual(["Name", "Type", "Unit", "Resource ID", "User ID", "Project ID"]);
    expect(rows).toEqual([["load", "gauge", "l", "r1", admin, project]]);
    const names = bed
      .cells("ceilometer meter-list")
      .slice(1)
      .map(([name]) => name);
    expect(names).toEqual(names.toSorted());
  });

  it("resource-list and resource-show", () => {
    expect(bed.cells("ceilometer resource-list -q resource_id=r1")).toEqual([
      ["Resource ID", "Source", "User ID", "Project ID"],
      ["r1", `${project}:openstack`, admin, project],
    ]);
    expect(bed.properties("ceilometer resource-show r1")).toEqual({
      metadata: "{u'a': u'b'}",
      project_id: project,
      resource_id: "r1",
      source: `${project}:openstack`,
      user_id: admin,
    });
  });

  it("statistics has five figures unless others are chosen", () => {
    const [head, row] = bed.cells("ceilometer statistics -m load");
    expect(head).toEqual([
      ...["Period", "Period Start", "Period End", "Max", "Min", "Avg", "Sum", "Count"],
      ...["Duration", "Duration Start", "Duration End"],
    ]);
    expect(row).toEqual(["0", TIME, TIME, "2.0", "2.0", "2.0", "2.0", "1", "0.0", TIME, TIME]);
    const [chosen] = bed.cells("ceilometer statistics -m load -a stddev -a count -p 60");
    expect(chosen?.slice(3, 5)).toEqual(["Standard deviation", "Count"]);
  });

  it("query-samples is in no order of its own", () => {
    expect(bed.cells(`ceilometer query-samples -f '{"=": {"resource": "r1"}}' -l 5`)).toEqual([
      ["Resource ID", "Meter", "Type", "Volume", "Unit", "Timestamp"],
      ["r1", "load", "gauge", "2.0", "l", TIME],
    ]);
  });
});

describe("alarms", () => {
  it("alarm-threshold-create shows the alarm with its rule", () => {
    expect(threshold).toEqual({
      alarm_actions: "[u'log://']",
      alarm_id: UUID,
      comparison_operator: "ge",
      description: "Alarm when load is ge a avg of 3.0 over 60 seconds",
      enabled: "True",
      evaluation_periods: "1",
      exclude_outliers: "False",
      insufficient_data_actions: "[]",
      meter_name: "load",
      name: "hot",
      ok_actions: "[]",
      period: "60",
      project_id: project,
      query: "resource_id == r1",
      repeat_actions: "False",
      state: "insufficient data",
      statistic: "avg",
      threshold: "3.0",
      type: "threshold",
      user_id: admin,
    });
    expect(bed.properties(`ceilometer alarm-show ${hot}`)).toEqual(threshold);
  });

  it("alarm-combination-create and alarm-combination-update show alarms and operator", () => {
    const combined = bed.properties(
      `ceilometer alarm-combination-create --name both --alarm_ids ${hot} --alarm_ids ${cold}`,
    );
    expect(combined).toMatchObject({
      alarm_ids: expect.stringContaining(`[u'${hot}', u'`) as string,
      description: expect.stringMatching(/^Combined state of alarms /) as string,
      operator: "and",
      type: "combination",
    });
    const id = combined["alarm_id"] ?? "";
    const updated = bed.properties(`ceilometer alarm-combination-update ${id} --operator or`);
    expect(updated["operator"]).toBe("or");
    const rows = bed.cells("ceilometer alarm-list -q name=both");
    expect(rows[0]).toEqual([
      ...["Alarm ID", "Name", "State", "Enabled", "Continuous", "Alarm condition"],
      "Time constraints",
    ]);
    expect(rows[1]).toEqual([
      ...[id, "both", "insufficient data", "True", "False"],
      `combinated states (OR) of ${hot}, ${cold}`,
      "None",
    ]);
  });

  it("alarm-list is in the order of ids, and says each condition in a line", () => {
    const [, ...rows] = bed.cells("ceilometer alarm-list");
    const ids = rows.map(([id]) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(rows.find(([id]) => id === hot)?.[5]).toBe("load >= 3.0 during 1 x 60s");
  });

  it("alarm-history shows the whole of an alarm that was made, line by line", () => {
    expect(bed.cells(`ceilometer alarm-history ${cold}`)).toEqual([
      ["Type", "Timestamp", "Detail"],
      ["creation", TIME, "name: cold"],
      ["", "", "description: Alarm when load is eq a avg of 1.0 over 60 seconds"],
      ["", "", "type: threshold"],
      ["", "", "rule: load == 1.0 during 1 x 60s"],
      ["", "", "time_constraints: None"],
    ]);
  });

  it("query-alarms and query-alarm-history", () => {
    const [, row] = bed.cells(`ceilometer query-alarms -f '{"=": {"name": "hot"}}'`);
    expect(row?.slice(0, 2)).toEqual([hot, "hot"]);
    const [head, change] = bed.cells(
      `ceilometer query-alarm-history -f '{"=": {"alarm_id": "${cold}"}}'`,
    );
    expect(head).toEqual(["Alarm ID", "Event ID", "Type", "Detail", "Timestamp"]);
    // The formatter is for a column that is not shown: the detail is JSON.
    expect([change?.[0], change?.[2], change?.[3]?.startsWith("{")]).toEqual([
      cold,
      "creation",
      true,
    ]);
  });

  it("alarm-state-get has one row", () => {
    expect(bed.cells(`ceilometer alarm-state-get ${hot}`)).toEqual([
      ["Property", "Value"],
      ["state", "insufficient data"],
    ]);
  });
});

describe("what goes wrong", () => {
  it.each([
    ["alarm-show none", "Not Found (HTTP 404)"],
    ["alarm-delete none", "Not Found (HTTP 404)"],
    ["alarm-state-get none", "Not Found (HTTP 404)"],
    ["alarm-threshold-update none --threshold 1", "Not Found (HTTP 404)"],
    ["alarm-threshold-create --name hot -m load --threshold 3", "Conflict (HTTP 409)"],
    [
      "alarm-threshold-create --name x -m load --threshold 3 --alarm-action spam://x",
      "Bad Request (HTTP 400)",
    ],
    ["alarm-combination-create --name x --alarm_ids none --alarm_ids nor", "Not Found (HTTP 404)"],
    ["meter-list -q color=red", "Bad Request (HTTP 400)"],
    ["meter-list -q =red", "invalid query =red: missing field"],
    ["meter-list -q color=", "invalid query color=: missing value"],
    ["query-alarms -f '{\"spam\": 1}'", "Bad Request (HTTP 400)"],
    ["resource-show ''", "resource_id should not be empty"],
    ["event-show ''", "message_id should not be empty"],
  ])("ceilometer %s: %s", (command, text) => {
    expect(bed.failure(`ceilometer ${command}`)).toMatchObject({ stderr: `${text}\n` });
  });

  it("says that an option is obsolete, and goes on", () => {
    const stdout = bed.lines(`ceilometer alarm-show -a ${hot}`);
    expect(stdout[0]).toBe("-a is obsolete! See help for more details.");
  });
});

/**
 * OS::Ceilometer::CombinationAlarm over a whole cloud: what is sent to Ceilometer. Upstream:
 * heat/engine/resources/ceilometer/alarm.py, heat/tests/test_ceilometer_alarm.py (CombinationAlarmTest) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { isObject, type Json, type JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const threshold = (threshold: number): JsonObject => ({
  type: "OS::Ceilometer::Alarm",
  properties: { meter_name: "cpu_util", statistic: "avg", threshold, comparison_operator: "gt" },
});

const combined = (properties: JsonObject = {}): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: {
    one: threshold(50),
    two: threshold(70),
    both: {
      type: "OS::Ceilometer::CombinationAlarm",
      properties: {
        description: "Do stuff in combination",
        alarm_ids: [{ get_resource: "one" }, { get_resource: "two" }],
        operator: "and",
        alarm_actions: [],
        ...properties,
      },
    },
  },
});

const ruleOf = (sent: Json): Json => (isObject(sent) ? (sent["combination_rule"] ?? null) : null);

describe("a combination of alarms", () => {
  it("is an alarm with a rule of its own, changed and disabled with its stack, and goes with it (test_create, test_update)", () => {
    const bed = new StackBed({ services: ["heat", "ceilometer"] });
    const stack = bed.build("combined", combined());
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const sent = bed.bodies("POST", /\/v2\/alarms$/u).map(({ body }) => body);
    const rule = ruleOf(sent.at(-1) ?? null);
    const { alarm_ids } = isObject(rule) ? rule : {};
    expect(sent.at(-1)).toMatchObject({
      type: "combination",
      description: "Do stuff in combination",
      alarm_actions: [],
      combination_rule: { operator: "and" },
    });
    expect(alarm_ids).toHaveLength(2);
    bed.change(stack, combined({ operator: "or" }));
    expect(bed.state(stack)).toBe("UPDATE_COMPLETE: Stack successfully updated");
    expect(ruleOf(bed.bodies("PUT", /\/v2\/alarms\//u).at(-1)?.body ?? null)).toEqual({
      alarm_ids,
      operator: "or",
    });
    bed.ask("POST", `${stack}/actions`, { suspend: null });
    bed.cloud.settle();
    expect(bed.bodies("PUT", /\/v2\/alarms\//u).map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ type: "combination", enabled: false }),
    );
    bed.ask("DELETE", stack);
    bed.cloud.settle();
    expect(bed.state(stack)).toBe("DELETE_COMPLETE: Stack DELETE completed successfully");
  });

  it("needs an alarm, and says within its rule, where nobody looks, that it repeats its actions (test_invalid_alarm_list)", () => {
    const bed = new StackBed({ services: ["heat", "ceilometer"] });
    expect(bed.build("none", combined({ alarm_ids: [] }))).toBe(
      "Property error : both: alarm_ids length (0) is out of range (min: 1, max: None)",
    );
    const stack = bed.build("repeats", combined({ repeat_actions: true }));
    expect(ruleOf(bed.bodies("POST", /\/v2\/alarms$/u).at(-1)?.body ?? null)).toMatchObject({
      repeat_actions: true,
    });
    expect(bed.state(stack)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    expect(bed.bodies("POST", /\/v2\/alarms$/u).at(-1)?.body).not.toHaveProperty("repeat_actions");
  });
});

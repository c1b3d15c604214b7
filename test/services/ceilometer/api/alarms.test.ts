/** Alarms over REST. Upstream: ceilometer/tests/api/v2/test_alarm_scenarios.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { isObject, loads } from "../../../../src/python/index.js";
import { TelemetryBed } from "../telemetry-bed.js";

const bed = new TelemetryBed({ flags: { user_alarm_quota: 40 } });
const own = bed.cloud.id("project", "demo") ?? "";

describe("an alarm", () => {
  it("has defaults, and a member's looks at the member's project alone (test_post_alarm_defaults)", () => {
    const { status, body } = bed.alarm({ name: "defaults" }, {}, "demo");
    expect(status).toBe(201);
    expect(body).toMatchObject({
      description: "Alarm when load is gt a avg of 3.0 over 60 seconds",
      enabled: true,
      ok_actions: [],
      repeat_actions: false,
      state: "insufficient data",
      time_constraints: [],
      project_id: own,
      threshold_rule: {
        period: 60,
        evaluation_periods: 1,
        statistic: "avg",
        exclude_outliers: false,
        query: [{ field: "project_id", op: "eq", value: own }],
      },
    });
    expect(isObject(body) && "combination_rule" in body).toBe(false);
  });

  it("must have one rule, and that of its type (test_post_invalid_alarm_have_multiple_rules, test_post_null_threshold_rule; test_post_alarm_combination_rule_with_two_same_alarms)", () => {
    const rule = { meter_name: "load", threshold: 3 };
    const refused = (alarm: Parameters<typeof bed.fault>[2]) =>
      bed.fault("POST", "/v2/alarms", alarm);
    expect(refused({ name: "x", type: "threshold", threshold_rule: null })).toEqual([
      400,
      "threshold_rule must be set for threshold type alarm",
    ]);
    expect(
      refused({
        name: "x",
        type: "threshold",
        threshold_rule: rule,
        combination_rule: { alarm_ids: ["a", "b"] },
      }),
    ).toEqual([400, "threshold_rule and combination_rule cannot be set at the same time"]);
    expect(
      refused({ name: "x", type: "combination", combination_rule: { alarm_ids: ["a", "a"] } }),
    ).toEqual([400, "Alarm combination rule should contain at least two different alarm ids."]);
  });

  it.each([
    ["type", { name: "missing", threshold_rule: { meter_name: "ameter", threshold: 2 } }],
    ["name", { type: "threshold", threshold_rule: { meter_name: "ameter", threshold: 2 } }],
    ["meter_name", { name: "missing", type: "threshold", threshold_rule: { threshold: 2 } }],
    ["threshold", { name: "missing", type: "threshold", threshold_rule: { meter_name: "a" } }],
    ["alarm_ids", { name: "missing", type: "combination", combination_rule: {} }],
  ])("must have what is mandatory: %s (test_post_alarm_wsme_workaround)", (field, body) => {
    expect(bed.fault("POST", "/v2/alarms", body)).toEqual([
      400,
      `Invalid input for field/attribute ${field}. Value: 'None'. Mandatory field missing.`,
    ]);
    expect(bed.list("/v2/alarms?q.field=name&q.value=missing")).toEqual([]);
  });

  it("is the server's error where a word is not among those that may be", () => {
    const [status, words] = bed.fault("POST", "/v2/alarms", {
      name: "x",
      type: "threshold",
      threshold_rule: { meter_name: "m", threshold: 1, statistic: "magic" },
    });
    expect(status).toBe(500);
    expect(words).toMatch(/^Value should be one of: /);
  });

  it("takes numbers as text, and no period below one", () => {
    expect(bed.alarm({ name: "text" }, { period: "180" }).status).toBe(201);
    expect(bed.alarm({ name: "few" }, { period: -1 }).body).toMatchObject({
      error_message: {
        faultcode: "Client",
        debuginfo: null,
        faultstring:
          "Invalid input for field/attribute period. Value: '-1'. Value should be greater or equal to 1",
      },
    });
  });

  it("has actions of known schemes, and constraints with names and zones of their own (test_post_invalid_alarm_ok_actions)", () => {
    const text = (values: Parameters<typeof bed.alarm>[0]) => {
      const { body } = bed.alarm({ name: "x", ...values });
      return isObject(body) && isObject(body["error_message"])
        ? body["error_message"]["faultstring"]
        : body;
    };
    expect(text({ ok_actions: ["spam://something/ok"] })).toBe(
      "Unsupported action spam://something/ok",
    );
    expect(text({ alarm_actions: ["http://[::1"] })).toBe("Unable to parse action http://[::1");
    const constraint = { name: "c", start: "0 11 * * *", duration: 300 };
    expect(text({ time_constraints: [constraint, constraint] })).toBe(
      "Time constraint names must be unique for a given alarm.",
    );
    for (const timezone of ["aaaa", "europe/ljubljana", "+01:00", "__proto__", "é", "CEST"]) {
      expect(text({ time_constraints: [{ ...constraint, timezone }] })).toBe(
        `Timezone ${timezone} is not valid`,
      );
    }
    for (const [at, timezone] of [
      "Europe/Ljubljana",
      "utc",
      "US/Pacific",
      "Etc/GMT_plus_5",
    ].entries()) {
      const made = bed.alarm({
        name: `zone ${String(at)}`,
        time_constraints: [{ ...constraint, timezone }],
      });
      expect(made).toMatchObject({ status: 201, body: { time_constraints: [{ timezone }] } });
    }
  });

  it("has a name that no other of its project has (test_post_conflict)", () => {
    expect(bed.alarm({ name: "twice" }).status).toBe(201);
    expect(bed.alarm({ name: "twice" }).status).toBe(409);
    expect(bed.alarm({ name: "twice" }, {}, "demo").status).toBe(201);
  });

  it("is of nobody but its maker, unless an administrator says so", () => {
    expect(bed.fault("POST", "/v2/alarms", alarmFor({ user_id: "other" }), "demo")).toEqual([
      401,
      "Not Authorized to access user other",
    ]);
    const made = bed.ask("POST", "/v2/alarms", alarmFor({ project_id: own, name: "given" }));
    expect(made.body).toMatchObject({
      project_id: own,
      threshold_rule: { query: [{ field: "project_id", value: own }] },
    });
    const id = bed.idOf(bed.alarm({ name: "hidden" }));
    expect(bed.fault("GET", `/v2/alarms/${id}`, undefined, "demo")).toEqual([
      404,
      `Alarm ${id} not found in project ${own}`,
    ]);
    expect(bed.fault("GET", "/v2/alarms/none")).toEqual([404, "Alarm none not found"]);
  });

  it("may not be more than the quota lets (test_alarms_quotas)", () => {
    const few = new TelemetryBed({ flags: { "alarm.project_alarm_quota": 1 } });
    expect(few.alarm({ name: "one" }, {}, "demo").status).toBe(201);
    expect(few.alarm({ name: "two" }, {}, "demo")).toMatchObject({
      status: 403,
      body: {
        error_message: {
          faultstring: `Alarm quota exceeded for user ${few.cloud.id("user", "demo") ?? ""} on project ${few.cloud.id("project", "demo") ?? ""}`,
        },
      },
    });
  });
});

const alarmFor = (values: object) => ({
  name: "owned",
  type: "threshold",
  threshold_rule: { meter_name: "load", threshold: 3 },
  ...values,
});

describe("a change of an alarm", () => {
  it("is recorded by what it changed, newest first, and outlives the alarm (test_get_recorded_alarm_history_rule_change)", () => {
    const made = bed.alarm({ name: "before" });
    const id = bed.idOf(made);
    const change = { ...(made.body as object), name: "renamed" };
    expect(bed.ask("PUT", `/v2/alarms/${id}`, change).status).toBe(200);
    expect(bed.ask("PUT", `/v2/alarms/${id}/state`, "alarm").body).toBe("alarm");
    expect(bed.get(`/v2/alarms/${id}/state`)).toBe("alarm");
    expect(bed.ask("DELETE", `/v2/alarms/${id}`).status).toBe(204);
    const history = bed.list(`/v2/alarms/${id}/history`);
    expect(history.map(({ type }) => type)).toEqual([
      ...["deletion", "state transition", "rule change", "creation"],
    ]);
    expect(loads(history[2]?.["detail"])).toEqual({ name: "renamed" });
    expect(history[1]?.["detail"]).toBe('{"state": "alarm"}');
    expect(history[3]?.["detail"]).toContain('"threshold": 3.0');
  });

  it("gives it no name that another has (test_put_alarm_with_existing_name)", () => {
    expect(bed.alarm({ name: "taken" }).status).toBe(201);
    const made = bed.alarm({ name: "free" });
    const path = `/v2/alarms/${bed.idOf(made)}`;
    expect(bed.fault("PUT", path, { ...(made.body as object), name: "taken" })).toEqual([
      409,
      "Alarm with name=taken exists",
    ]);
    expect(bed.ask("PUT", path, made.body).status).toBe(200);
  });

  it("cannot be looked for by what history has not (test_get_alarm_history_constrained_by_not_supported_rule)", () => {
    const path = `/v2/alarms/${bed.idOf(bed.alarm({ name: "told" }))}/history`;
    expect(bed.fault("GET", `${path}?q.field=abcd&q.op=eq&q.value=abcd`)).toEqual([
      400,
      "Unknown argument: \"abcd\": unrecognized field in query: [<Query u'abcd' eq u'abcd' Unset>], " +
        "valid keys: ['end_timestamp', 'end_timestamp_op', 'project', 'start_timestamp', " +
        "'start_timestamp_op', 'type', 'user']",
    ]);
  });

  it("without a state makes it unknown again", () => {
    const made = bed.alarm({ name: "stateless" });
    const id = bed.idOf(made);
    bed.ask("PUT", `/v2/alarms/${id}/state`, "alarm");
    const { state: _, ...rest } = made.body as { readonly state: string };
    expect(bed.ask("PUT", `/v2/alarms/${id}`, { ...rest }).body).toMatchObject({
      state: "insufficient data",
    });
  });

  it("is refused for a state that is none, before the alarm is looked for (test_set_invalid_state_alarm)", () => {
    expect(bed.fault("PUT", "/v2/alarms/none/state", "not valid")).toEqual([400, "state invalid"]);
    expect(bed.fault("PUT", "/v2/alarms/none/state")).toEqual([400, 'Missing argument: "state"']);
  });

  it("makes no alarm depend on itself, nor on one that is not there (test_put_alarm_combination_cannot_specify_itself)", () => {
    const [a, b] = ["left", "right"].map((name) => bed.idOf(bed.alarm({ name })));
    const rule = { alarm_ids: [a ?? "", b ?? ""], operator: "or" };
    const both = { name: "both", type: "combination", combination_rule: rule };
    const made = bed.ask("POST", "/v2/alarms", both);
    const id = bed.idOf(made);
    expect(made.body).toMatchObject({
      description: `Combined state of alarms ${a ?? ""} or ${b ?? ""}`,
    });
    expect(
      bed.fault("PUT", `/v2/alarms/${id}`, {
        ...both,
        combination_rule: { alarm_ids: [id, a ?? ""] },
      }),
    ).toEqual([400, `Cannot specify alarm ${id} itself in combination rule`]);
    expect(
      bed.fault("POST", "/v2/alarms", { ...both, combination_rule: { alarm_ids: ["x", "y"] } }),
    ).toEqual([404, "Alarm x not found"]);
  });
});

describe("complex queries", () => {
  const query = (of: string, body: Parameters<typeof bed.ask>[2], user?: string) =>
    bed.ask("POST", `/v2/query/${of}`, body, user);

  it("find alarms by a tree of conditions, in an order, up to a limit", () => {
    const filter = JSON.stringify({ or: [{ "=": { name: "left" } }, { "=": { name: "right" } }] });
    const orderby = JSON.stringify([{ name: "DESC" }]);
    const named = (limit?: number) =>
      (
        query("alarms", { filter, orderby, ...(limit && { limit }) }).body as { name: string }[]
      ).map(({ name }) => name);
    expect(named()).toEqual(["right", "left"]);
    expect(named(1)).toEqual(["right"]);
  });

  it("are limited to the own project, and may name no other", () => {
    const { body } = query("alarms", {}, "demo");
    const projects = (body as { project_id: string }[]).map(({ project_id }) => project_id);
    expect(new Set(projects)).toEqual(new Set([own]));
    const filter = JSON.stringify({ "=": { project_id: "other" } });
    expect(bed.fault("POST", "/v2/query/alarms", { filter }, "demo")).toEqual([
      401,
      "Not Authorized to access project other",
    ]);
  });

  it("look into metadata of samples", () => {
    bed.post("tree", [{ volume: 1, resource_metadata: { colour: "red" } }]);
    const filter = JSON.stringify({
      and: [{ "=": { meter: "tree" } }, { not: { "=": { "metadata.colour": "blue" } } }],
    });
    expect(query("samples", { filter }).body).toMatchObject([{ meter: "tree", volume: 1 }]);
    const missing = JSON.stringify({ not: { "=": { "metadata.size": "blue" } } });
    // What is not there is neither equal nor not.
    expect(query("samples", { filter: missing }).body).toEqual([]);
  });

  it("are refused where they are no such tree", () => {
    expect(bed.fault("POST", "/v2/query/alarms", { filter: "{" })).toEqual([
      400,
      "Filter expression not valid: No JSON object could be decoded",
    ]);
    expect(bed.fault("POST", "/v2/query/alarms", { filter: '{"=": {"colour": 1}}' })).toEqual([
      400,
      "Filter expression not valid: {u'=': {u'colour': 1}} is not valid under any of the given schemas",
    ]);
    expect(bed.fault("POST", "/v2/query/alarms", { limit: 0 })).toEqual([
      400,
      "Limit should be positive",
    ]);
    expect(bed.fault("POST", "/v2/query/alarms", { orderby: '[{"name": "up"}]' })).toEqual([
      400,
      "Order-by expression not valid: u'up' does not match '(?i)^asc$|^desc$'",
    ]);
    const filter = '{"=": {"timestamp": "soon"}}';
    expect(bed.fault("POST", "/v2/query/samples", { filter })).toEqual([
      400,
      "Failed to parse the timestamp value soon",
    ]);
  });
});

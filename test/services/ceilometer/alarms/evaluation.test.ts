/** How alarms are judged, and what comes of it. Upstream: ceilometer/tests/alarm/evaluator/*.py, test_notifier.py, alarm/service.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { HttpServer, respond } from "../../../../src/http/index.js";
import { minutes, seconds } from "../../../../src/kernel/index.js";
import { str, toJson, type Json, type JsonObject } from "../../../../src/python/index.js";
import type { CloudSetup } from "../../../../src/cloud/cloud.js";
import { TelemetryBed } from "../telemetry-bed.js";

class AlarmBed extends TelemetryBed {
  /** What came to http://controller:9999. */
  readonly received: Json[] = [];

  constructor(options: CloudSetup = {}) {
    super(options);
    const server = new HttpServer(this.cloud.network, {
      actor: "webhook@controller",
      address: "controller:9999",
      application: (request) => {
        this.received.push(toJson(request.body));
        return (function* () {
          return respond(200);
        })();
      },
    });
    server.start();
  }

  wait(duration = minutes(1)): void {
    const { kernel } = this.cloud;
    kernel.run(kernel.now + duration);
  }

  states(): Record<string, Json> {
    return Object.fromEntries(
      this.list("/v2/alarms").map(({ name = "", state = null }) => [str(name), state]),
    );
  }

  /** How each alarm changed, oldest first. */
  changes(id: string): Json[] {
    return this.list(`/v2/alarms/${id}/history?q.field=type&q.value=state transition`)
      .toReversed()
      .map(({ detail = null }) => detail);
  }
}

const HOOK = "http://controller:9999/hook";
const hooks: JsonObject = { alarm_actions: [HOOK], ok_actions: [HOOK] };

describe("a threshold alarm", () => {
  it("is raised by a sample above, goes back by one below, and is unknown without any", () => {
    const bed = new AlarmBed();
    const id = bed.idOf(bed.alarm({ ...hooks, insufficient_data_actions: [HOOK] }));
    bed.wait();
    // It has been unknown all the time, so that nothing is done about it.
    expect(bed.received).toEqual([]);
    bed.post("load", [{ volume: 4 }]);
    bed.wait();
    expect(bed.received).toEqual([
      {
        alarm_id: id,
        previous: "insufficient data",
        current: "alarm",
        reason: "Transition to alarm due to 1 samples outside threshold, most recent: 4.0",
        reason_data: { type: "threshold", disposition: "outside", count: 1, most_recent: 4 },
      },
    ]);
    bed.post("load", [{ volume: 1 }]);
    bed.wait();
    bed.wait(minutes(4));
    expect(bed.received.slice(1)).toMatchObject([
      { current: "ok", reason: expect.stringContaining("inside threshold") as string },
      {
        current: "insufficient data",
        reason: "1 datapoints are unknown",
        reason_data: { disposition: "unknown", count: 1, most_recent: null },
      },
    ]);
  });

  it("stays as it is where some are above and some below, and follows the newest from the unknown", () => {
    const bed = new AlarmBed();
    const rule = { period: 60, evaluation_periods: 3 };
    bed.alarm({ name: "new" }, rule);
    const known = bed.idOf(bed.alarm({ name: "known", ...hooks }, rule));
    bed.ask("PUT", `/v2/alarms/${known}/state`, "ok");
    const { kernel } = bed.cloud;
    const ago = (time: number) => kernel.calendar.iso(kernel.now - seconds(time)).replace("Z", "");
    bed.post("load", [
      { volume: 1, timestamp: ago(70) },
      { volume: 9, timestamp: ago(5) },
    ]);
    bed.wait();
    expect(bed.states()).toEqual({ new: "alarm", known: "ok" });
    expect(bed.received).toEqual([]);
  });

  it("repeats its actions in each cycle if it is to, without changing its state again", () => {
    const bed = new AlarmBed();
    const id = bed.idOf(bed.alarm({ ...hooks, repeat_actions: true }, { period: 600 }));
    bed.post("load", [{ volume: 4 }]);
    bed.wait(minutes(3));
    expect(bed.received).toHaveLength(3);
    expect(bed.received.at(-1)).toMatchObject({
      previous: "alarm",
      reason: "Remaining as alarm due to 1 samples outside threshold, most recent: 4.0",
    });
    expect(bed.changes(id)).toEqual(['{"state": "alarm"}']);
  });

  it("is left alone outside its time constraints, and while it is not enabled (test_no_state_change_outside_time_constraint)", () => {
    const bed = new AlarmBed();
    const constraint = { name: "night", start: "0 23 * * *", duration: 60 };
    bed.alarm({ name: "night", time_constraints: [constraint] });
    bed.alarm({ name: "off", enabled: false });
    const all = { name: "all", start: "* * * * *", duration: 60 };
    bed.alarm({ name: "always", time_constraints: [all] });
    bed.post("load", [{ volume: 4 }]);
    bed.wait();
    expect(bed.states()).toEqual({
      night: "insufficient data",
      off: "insufficient data",
      always: "alarm",
    });
  });

  it("looks past periods with too few samples if these are to be left out (test_simple_alarm_trip_with_outlier_exclusion)", () => {
    const bed = new AlarmBed();
    const { kernel } = bed.cloud;
    const rule = { period: 60, evaluation_periods: 5 };
    bed.alarm({ name: "strict" }, rule);
    const loose = bed.idOf(bed.alarm({ name: "loose" }, { ...rule, exclude_outliers: true }));
    for (const { alarm_id = "" } of bed.list("/v2/alarms")) {
      bed.ask("PUT", `/v2/alarms/${str(alarm_id)}/state`, "ok");
    }
    const ago = (time: number) => kernel.calendar.iso(kernel.now - seconds(time)).replace("Z", "");
    const many = [500, 440, 380, 320, 260, 200, 140, 80].flatMap((time) =>
      Array.from({ length: 6 }, (_, at) => ({ volume: 4, timestamp: ago(time + at) })),
    );
    bed.post("load", [...many, { volume: 1, timestamp: ago(1) }]);
    bed.wait(seconds(61));
    expect(bed.states()).toEqual({ strict: "ok", loose: "alarm" });
    expect(bed.changes(loose)).toEqual(['{"state": "ok"}', '{"state": "alarm"}']);
  });
});

describe("a combination", () => {
  it("is unknown while one of its alarms is, and then all or any of them (test_to_unknown, test_to_alarm_with_one_ok, test_to_ok_with_one_alarm)", () => {
    const bed = new AlarmBed();
    const ids = ["a", "b"].map((name) => bed.idOf(bed.alarm({ name, enabled: false })));
    const combine = (operator: string) =>
      bed.ask("POST", "/v2/alarms", {
        name: operator,
        type: "combination",
        state: "ok",
        combination_rule: { alarm_ids: ids, operator },
      });
    combine("and");
    combine("or");
    const set = (at: number, state: string) =>
      bed.ask("PUT", `/v2/alarms/${ids[at] ?? ""}/state`, state);
    set(0, "alarm");
    bed.wait();
    expect(bed.states()).toMatchObject({ and: "insufficient data", or: "insufficient data" });
    set(1, "ok");
    bed.wait();
    expect(bed.states()).toMatchObject({ and: "ok", or: "alarm" });
    set(1, "alarm");
    bed.wait();
    expect(bed.states()).toMatchObject({ and: "alarm", or: "alarm" });
  });
});

describe("what fails on the way to an action", () => {
  it("freezes states while the API is away (api down)", () => {
    const bed = new AlarmBed();
    bed.alarm(hooks);
    bed.post("load", [{ volume: 4 }]);
    bed.cloud.crash("ceilometer-api@controller");
    bed.wait(minutes(2));
    bed.cloud.start("ceilometer-api@controller");
    expect(bed.states()).toEqual({ a1: "insufficient data" });
  });

  it("waits at the broker while the notifier is away (notifier down)", () => {
    const bed = new AlarmBed();
    bed.alarm(hooks, { period: 600 });
    bed.post("load", [{ volume: 4 }]);
    bed.cloud.stop("ceilometer-alarm-notifier@controller");
    bed.wait();
    expect(bed.received).toEqual([]);
    bed.cloud.start("ceilometer-alarm-notifier@controller");
    bed.wait(seconds(1));
    expect(bed.received).toMatchObject([{ current: "alarm" }]);
  });

  it("is lost where nobody listens, and the further actions run (webhook fails)", () => {
    const bed = new AlarmBed();
    bed.alarm({ alarm_actions: ["http://controller:9998/x", HOOK] }, { period: 600 });
    bed.post("load", [{ volume: 4 }]);
    bed.wait(minutes(3));
    expect(bed.received).toHaveLength(1);
  });
});

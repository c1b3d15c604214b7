/**
 * What upstream's own tests ask of evaluators and notifiers, by their names: ceilometer/tests/alarm/evaluator/
 * test_threshold.py, test_base.py, ceilometer/tests/alarm/test_notifier.py, ceilometer/tests/api/v2/test_alarm_scenarios.py
 * at 2014.2. One cloud, in which each alarm has a meter of its own.
 */
import { describe, expect, it } from "vitest";
import { clientOf, RpcClient } from "../../../../src/bus/index.js";
import { HttpServer, respond } from "../../../../src/http/index.js";
import { minutes, seconds, type LogLine, type Op } from "../../../../src/kernel/index.js";
import {
  isObject,
  textOf,
  toJson,
  type Json,
  type JsonObject,
} from "../../../../src/python/index.js";
import { ceilometerSerializer } from "../../../../src/services/ceilometer/context.js";
import { alarmNotifierApi } from "../../../../src/services/ceilometer/notifier/rpcapi.js";
import { TelemetryBed } from "../telemetry-bed.js";

const HOOK = "http://controller:9999/hook";
const ACTIONS = { alarm_actions: [HOOK], ok_actions: [HOOK], insufficient_data_actions: [HOOK] };

interface Hooked {
  readonly body: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
}

class AcceptanceBed extends TelemetryBed {
  readonly hooked: Hooked[] = [];
  readonly lines: LogLine[] = [];
  readonly notified: JsonObject[] = [];

  constructor() {
    const lines: LogLine[] = [];
    const notified: JsonObject[] = [];
    super({
      flags: { "ceilometer-api": { notification_driver: ["messaging"] } },
      observer: {
        observe(_at, what) {
          if (what.kind === "log") lines.push(what as LogLine);
          if (what.kind === "notification") notified.push(toJson(what) as JsonObject);
          return 0;
        },
      },
    });
    this.lines = lines;
    this.notified = notified;
    const server = new HttpServer(this.cloud.network, {
      actor: "webhook@controller",
      address: "controller:9999",
      application: ({ body, headers }) => {
        const json = toJson(body);
        this.hooked.push({ body: isObject(json) ? json : {}, headers: { ...headers } });
        return (function* () {
          return respond(200);
        })();
      },
    });
    server.start();
  }

  /** An alarm over five minutes of the meter of its name, and what was measured in each, before the next cycle. */
  judged(name: string, volumes: readonly number[], more: JsonObject): string {
    const { kernel } = this.cloud;
    const rule = { meter_name: name, threshold: 80, period: 60, evaluation_periods: 5 };
    const id = this.idOf(this.alarm({ name, ...ACTIONS, ...more }, rule));
    const at = (ago: number): string =>
      kernel.calendar.iso(kernel.now + seconds(30 - 60 * ago)).replace("Z", "");
    const samples = volumes.map((volume, n) => ({ volume, timestamp: at(volumes.length - 1 - n) }));
    if (samples.length > 0) this.post(name, samples);
    return id;
  }

  cycle(): void {
    const { kernel } = this.cloud;
    kernel.run(kernel.now + minutes(1));
  }

  /** What was posted of an alarm. */
  told(id: string): JsonObject[] {
    return this.hooked.map(({ body }) => body).filter(({ alarm_id }) => alarm_id === id);
  }

  transitions(id: string): Json[] {
    return this.list(`/v2/alarms/${id}/history?q.field=type&q.value=state transition`).map(
      ({ detail = null }) => detail,
    );
  }

  /** The notifier is told so, as an evaluator would tell it. */
  notify(data: JsonObject): string[] {
    const bus = this.cloud.bus.connect({ actor: "evaluator", exchange: "ceilometer" });
    const { kernel } = this.cloud;
    const context = { request_id: "req-1", toWire: () => ({ request_id: "req-1" }) };
    const rpc = clientOf(alarmNotifierApi, new RpcClient(bus, ceilometerSerializer));
    const before = this.lines.length;
    this.cloud.run(
      (function* (): Op<void> {
        yield* rpc.notify_alarm(context, { data });
      })(),
    );
    kernel.run(kernel.now + seconds(1));
    return this.lines
      .slice(before)
      .filter(
        ({ actor, level }) => actor?.startsWith("ceilometer-alarm-notifier") && level !== "debug",
      )
      .map(({ message }) => message);
  }
}

const bed = new AcceptanceBed();
const [ok, alarm] = [{ state: "ok" }, { state: "alarm" }];
// All are judged in one cycle.
const ids = {
  insufficient: bed.judged("insufficient", [], ok),
  trip: bed.judged("trip", [81, 82, 83, 84, 85], ok),
  clear: bed.judged("clear", [80, 79, 78, 77, 76], alarm),
  equivocal: bed.judged("equivocal", [70, 90, 70, 90, 70], ok),
  repeated: bed.judged("repeated", [70, 90, 70, 90, 75], { ...ok, repeat_actions: true }),
  again: bed.judged("again", [81, 82, 83, 84, 85], { ...alarm, repeat_actions: true }),
  trend: bed.judged("trend", [70, 90, 70, 90, 85], {}),
};
bed.cycle();
const states = Object.fromEntries(
  bed.list("/v2/alarms").map((each) => [textOf(each, "name"), each["state"] ?? null]),
);

describe("a threshold evaluator", () => {
  it("makes an alarm unknown without statistics (test_simple_insufficient)", () => {
    expect(states["insufficient"]).toBe("insufficient data");
    expect(bed.told(ids.insufficient)).toMatchObject([
      {
        previous: "ok",
        reason: "5 datapoints are unknown",
        reason_data: { count: 5, most_recent: null },
      },
    ]);
  });

  it("raises one of which all are outside (test_simple_alarm_trip)", () => {
    expect(states["trip"]).toBe("alarm");
    expect(bed.told(ids.trip)).toMatchObject([
      { reason: "Transition to alarm due to 5 samples outside threshold, most recent: 85.0" },
    ]);
  });

  it("clears one of which all are inside, and tells it once (test_simple_alarm_clear)", () => {
    expect(states["clear"]).toBe("ok");
    expect(bed.transitions(ids.clear)).toEqual(['{"state": "ok"}']);
    expect(bed.told(ids.clear)).toMatchObject([
      { reason: "Transition to ok due to 5 samples inside threshold, most recent: 76.0" },
    ]);
  });

  it("does nothing where some are outside (test_equivocal_from_known_state)", () => {
    expect([states["equivocal"], bed.transitions(ids.equivocal), bed.told(ids.equivocal)]).toEqual([
      "ok",
      [],
      [],
    ]);
  });

  it("repeats what it is to repeat there too (test_equivocal_from_known_state_and_repeat_actions)", () => {
    expect(bed.transitions(ids.repeated)).toEqual([]);
    expect(bed.told(ids.repeated)).toMatchObject([
      {
        previous: "ok",
        current: "ok",
        reason: "Remaining as ok due to 5 samples inside threshold, most recent: 75.0",
      },
    ]);
  });

  it("repeats an alarm that remains (test_unequivocal_from_known_state_and_repeat_actions)", () => {
    expect(bed.transitions(ids.again)).toEqual([]);
    expect(bed.told(ids.again)).toMatchObject([
      { reason: "Remaining as alarm due to 5 samples outside threshold, most recent: 85.0" },
    ]);
  });

  it("follows the newest from the unknown (test_equivocal_from_unknown)", () => {
    expect(states["trend"]).toBe("alarm");
    expect(bed.told(ids.trend)).toMatchObject([
      { previous: "insufficient data", current: "alarm" },
    ]);
  });

  it("asks for one period more than it wants, up to now (test_bound_duration_outlier_exclusion_defaulted)", () => {
    const debug = bed.lines.map(({ message }) => message);
    const asked = debug.find((message) => message.startsWith("query stats from")) ?? "";
    const [, from = "", to = ""] = /from (\S+) to (\S+)/.exec(asked) ?? [];
    expect(Date.parse(`${to}Z`) - Date.parse(`${from}Z`)).toBe(6 * 60_000);
  });
});

describe("a notifier", () => {
  const notice = {
    alarm_id: "a",
    previous: "ok",
    current: "alarm",
    reason: "why",
    reason_data: {},
  };

  it("says that there is nothing to do (test_notify_alarm_no_action)", () => {
    expect(bed.notify({ ...notice, actions: [] })).toEqual([
      "Unable to notify for an alarm with no action",
    ]);
  });

  it("goes on past a scheme that it does not know, and a URL that is none (test_notify_alarm_invalid_action, _invalid_url)", () => {
    expect(
      bed.notify({ ...notice, actions: ["spam://x", "http://[x", "log://", "test://"] }),
    ).toEqual([
      "Action spam for alarm a is unknown, cannot notify",
      "Unable to parse action http://[x for alarm a",
      "Notifying alarm a from ok to alarm with action SplitResult(scheme=u'log', netloc=u'', path=u'', query=u'', fragment=u'') because why",
    ]);
  });

  it("posts with a token by a trust, and fails at one that is not there (test_notify_alarm_trust_action)", () => {
    const trust = {
      trustor_user_id: bed.cloud.id("user", "admin") ?? "",
      trustee_user_id: bed.cloud.id("user", "ceilometer") ?? "",
      project_id: bed.cloud.id("project", "admin") ?? "",
      impersonation: true,
      roles: [{ name: "admin" }],
    };
    const answer = bed.cloud.kernel.finish(
      bed.cloud.user("admin").beginRequest({
        to: "http://controller:5000",
        method: "POST",
        path: "/v3/OS-TRUST/trusts",
        body: { trust },
      }),
    );
    const body = answer.kind === "response" ? toJson(answer.response.body) : {};
    const made = isObject(body) ? (body["trust"] ?? null) : null;
    const id = isObject(made) ? textOf(made, "id") : "";
    const target = "controller:9999/trusted";
    expect(bed.notify({ ...notice, actions: [`trust+http://${id}@${target}`] })[0]).toMatch(
      /^Notifying alarm a from ok to alarm .*request-id: req-/,
    );
    expect(bed.hooked.at(-1)?.headers["x-auth-token"]).toMatch(/^[0-9a-f]{32}$/);
    expect(bed.hooked.at(-1)?.headers["content-type"]).toBe("application/json");
    expect(bed.notify({ ...notice, actions: [`trust+http://none@${target}`] })[0]).toMatch(
      /^Unable to notify alarm a: .*Authorization failed: .* \(HTTP 4\d\d\)$|^Unable to notify alarm a: .* \(HTTP 401\)$/,
    );
  });
});

describe("ceilometer-api", () => {
  it("tells of an alarm that is deleted, and keeps its history (test_alarm_sends_notification, test_get_recorded_alarm_history_preserved_after_deletion)", () => {
    bed.notified.length = 0;
    expect(bed.ask("DELETE", `/v2/alarms/${ids.clear}`).status).toBe(204);
    expect(bed.notified).toMatchObject([
      {
        event_type: "alarm.deletion",
        publisher_id: "ceilometer.api",
        priority: "INFO",
        payload: { alarm_id: ids.clear, type: "deletion", detail: { name: "clear" } },
      },
    ]);
    const types = bed.list(`/v2/alarms/${ids.clear}/history`).map(({ type }) => type);
    expect(types).toEqual(["deletion", "state transition", "creation"]);
  });

  it("tells of each change by a name of its own (test_alarm_sends_notification)", () => {
    bed.notified.length = 0;
    bed.alarm({ name: "renamed" }, {});
    const [made] = bed.list("/v2/alarms?q.field=name&q.value=renamed");
    const path = `/v2/alarms/${textOf(made ?? {}, "alarm_id")}`;
    bed.ask("PUT", path, { ...made, name: "other" });
    bed.ask("PUT", `${path}/state`, "ok");
    expect(bed.notified.map(({ event_type }) => event_type)).toEqual([
      "alarm.creation",
      "alarm.rule_change",
      "alarm.state_transition",
    ]);
  });
});

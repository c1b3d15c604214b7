/**
 * What becomes of telemetry while a part of it is away, row by row of what Juno does: ceilometer/collector.py,
 * ceilometer/notification.py, ceilometer/nova_client.py, ceilometer/alarm/evaluator/threshold.py,
 * ceilometer/alarm/service.py, ceilometer/dispatcher/database.py at 2014.2. While the broker is away: pipeline/publishers.test.ts; peers that
 * never answer: silent-peers.test.ts. That a server is measured in the next cycle after Nova was away, that states freeze while
 * the API is away and that an action is lost where nobody listens, is in agents.test.ts and alarms/evaluation.test.ts.
 */
import { describe, expect, it, vi } from "vitest";
import { DBError } from "../../../src/framework/database/columns.js";
import { minutes, seconds, type LogLine } from "../../../src/kernel/index.js";
import { textOf } from "../../../src/python/index.js";
import { notificationAgent } from "../../../src/services/ceilometer/notification/agent.js";
import { EventDefinitionsFile } from "../../../src/services/ceilometer/event/converter.js";
import { STOCK_DEFINITIONS } from "../../../src/services/ceilometer/event/stock.js";
import { PipelineFile } from "../../../src/services/ceilometer/pipeline/definition.js";
import { STOCK_DEFINITION } from "../../../src/services/ceilometer/pipeline/stock.js";
import { MeteringBed } from "./bed.js";
import { TelemetryBed } from "./telemetry-bed.js";

describe("while the database is down", () => {
  it("samples are lost, one by one, and those that come later are written (database down)", () => {
    const bed = new MeteringBed();
    const down = vi.spyOn(bed.metering.samples, "insert").mockImplementation(() => {
      throw new DBError("(OperationalError) (2003, \"Can't connect to MySQL server on 'db'\")");
    });
    bed.tells("glance", "image.update", { id: "im", owner: "t", size: 1 });
    expect(bed.lines("error")).toEqual(
      new Array(3).fill(
        "Failed to record metering data: (OperationalError) (2003, \"Can't connect to MySQL server on 'db'\") (DBError)",
      ),
    );
    down.mockRestore();
    bed.kernel.run(bed.kernel.now + minutes(30));
    expect(bed.stored()).toEqual([]);
    bed.tells("glance", "image.update", { id: "im", owner: "t", size: 1 });
    expect(bed.stored()).toHaveLength(3);
  });
});

describe("while the notification agent is away", () => {
  it("notifications wait at the broker, and become samples later with their own time (agent-notification down)", () => {
    const bed = new MeteringBed();
    bed.crash(bed.agent.process, bed.agent.env);
    bed.tells("glance", "image.update", { id: "im", owner: "t", size: 1 });
    const told = bed.kernel.calendar.stamp(bed.kernel.now - 1_000_000);
    bed.kernel.run(bed.kernel.now + minutes(30));
    expect(bed.stored()).toEqual([]);
    bed.start(
      notificationAgent(bed.env("ceilometer-agent-notification"), {
        pipeline: new PipelineFile(STOCK_DEFINITION),
        events: new EventDefinitionsFile(STOCK_DEFINITIONS),
        db: bed.metering,
      }),
    );
    bed.kernel.run(bed.kernel.now + seconds(1));
    const [row] = bed.metering.samples.find();
    expect(row?.timestamp).toBe(told);
    expect(row?.recorded_at.slice(0, 16)).not.toBe(told.slice(0, 16));
    expect(bed.metering.samples.size).toBe(3);
  });
});

describe("while notifications are off", () => {
  it("nothing that services do becomes a sample, and polls go on (notification_driver is empty by default)", () => {
    const bed = new TelemetryBed();
    bed.cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
    bed.cloud.settle();
    const { kernel } = bed.cloud;
    kernel.run(kernel.now + minutes(10));
    const meters = bed.list("/v2/meters").map((meter) => textOf(meter, "name"));
    // Of a server's own notifications there would be these.
    expect(meters.filter((name) => ["memory", "vcpus", "disk.root.size"].includes(name))).toEqual(
      [],
    );
    expect(meters).toContain("cpu");
  });
});

describe("while the API fails an evaluator", () => {
  const lines: LogLine[] = [];
  const bed = new TelemetryBed({
    observer: {
      observe(_at, what) {
        if (what.kind === "log") lines.push(what as LogLine);
        return 0;
      },
    },
  });
  const { kernel } = bed.cloud;
  const state = (): string => textOf(bed.list("/v2/alarms")[0] ?? {}, "state");
  const errors = (): string[] =>
    lines
      .splice(0)
      .filter(
        ({ level, actor }) => level === "error" && actor?.startsWith("ceilometer-alarm-evaluator"),
      )
      .map(({ message }) => message);
  const cycle = (): void => {
    kernel.run(kernel.now + minutes(1));
  };
  const fails = (method: string, path: string): void => {
    bed.cloud.inject({ answer: { status: 500, host: "ceilometer-api@controller", method, path } });
  };
  bed.alarm({ alarm_actions: ["log://"] }, { period: 3600 });
  bed.post("load", [{ volume: 4 }]);

  it("a state that cannot be set is tried again in the next cycle, and no action is run before (PUT of the state fails)", () => {
    fails("PUT", "/v2/alarms/*/state");
    cycle();
    expect(state()).toBe("insufficient data");
    expect(errors()).toEqual([
      "alarm state update failed: HttpError: Internal Server Error (HTTP 500)",
    ]);
    bed.cloud.heal();
    cycle();
    expect(state()).toBe("alarm");
    expect(lines.map(({ message }) => message).join("\n")).toContain(
      "from insufficient data to alarm",
    );
  });

  it("statistics that cannot be got count as none: the alarm is unknown (GET statistics fails)", () => {
    fails("GET", "/v2/meters/load/statistics");
    cycle();
    expect(state()).toBe("insufficient data");
    expect(errors()).toEqual([
      "alarm stats retrieval failed: HttpError: Internal Server Error (HTTP 500)",
    ]);
    bed.cloud.heal();
    cycle();
    expect(state()).toBe("alarm");
  });

  it("alarms that cannot be listed are not judged, and stay as they are (GET alarms fails)", () => {
    fails("GET", "/v2/alarms");
    cycle();
    bed.cloud.heal();
    expect(state()).toBe("alarm");
    expect(errors()).toEqual([
      "alarm evaluation cycle failed: HttpError: Internal Server Error (HTTP 500)",
    ]);
  });
});

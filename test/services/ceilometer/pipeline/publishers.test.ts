/**
 * Where sinks send samples, and what becomes of these while the broker is away. Upstream: ceilometer/publisher/messaging.py at
 * 2014.2 (its tests are test_messaging_publisher.py and pipeline_base.py), over oslo.messaging 1.4, whose MessageDeliveryFailure
 * is not the RPCException that a policy of `queue` or `drop` waits for.
 */
import { describe, expect, it } from "vitest";
import type { RpcSent } from "../../../../src/bus/observations.js";
import { minutes, seconds, type LogLine } from "../../../../src/kernel/index.js";
import { str, type Json } from "../../../../src/python/index.js";
import { MeteringBed } from "../bed.js";
import { TelemetryBed } from "../telemetry-bed.js";

const sources = [{ name: "s", interval: 600, meters: ["image"], sinks: ["k"] }];

/** A cloud whose samples go to `publishers`. */
const publishing = (...publishers: string[]): MeteringBed =>
  new MeteringBed({
    pipeline: { sources, sinks: [{ name: "k", transformers: null, publishers }] },
  });

const image = { id: "im", owner: "t", size: 1 };
const updated = (bed: MeteringBed): void => {
  bed.tells("glance", "image.update", image);
};

describe("rpc://", () => {
  it.each(["rpc://", "meter://", "meter_publisher://"])(
    "casts samples to the collector, as %s does",
    (url) => {
      const bed = publishing(url);
      updated(bed);
      const sent = bed.of<RpcSent>("rpc.cast");
      expect(sent).toMatchObject([
        { topic: "metering", method: "record_metering_data", version: "1.0" },
      ]);
      expect(bed.meters()).toEqual(["image"]);
    },
  );

  it("casts a second copy to a topic of the meter's own, where nobody listens", () => {
    const bed = publishing("rpc://?per_meter_topic=1");
    updated(bed);
    expect(bed.of<RpcSent>("rpc.cast").map(({ topic }) => topic)).toEqual([
      "metering",
      "metering.image",
    ]);
    expect(bed.meters()).toEqual(["image"]);
  });

  it("asks for another method where it is told to, which the collector does not have", () => {
    const bed = publishing("rpc://?target=record");
    updated(bed);
    expect(bed.of<RpcSent>("rpc.cast")[0]?.method).toBe("record");
    expect(bed.meters()).toEqual([]);
  });
});

/** A cloud in which its image is counted each minute, and whose broker is away for five of them. */
class BrokerBed extends TelemetryBed {
  readonly errors: string[] = [];

  constructor(...publishers: string[]) {
    const errors: string[] = [];
    const counted = [{ name: "s", interval: 60, meters: ["image"], sinks: ["k"] }];
    super({
      pipeline: { sources: counted, sinks: [{ name: "k", transformers: null, publishers }] },
      observer: {
        observe(_at, what) {
          const { level, actor, message } = what as LogLine;
          const agents = what.kind === "log" && actor === "ceilometer-agent-central@controller";
          if (agents && level === "error") errors.push(message);
          return 0;
        },
      },
    });
    this.errors = errors;
    const { kernel } = this.cloud;
    kernel.run(kernel.now + seconds(20));
    this.cloud.inject({ restart_broker: { down: minutes(5) } });
    kernel.run(kernel.now + minutes(9));
  }

  /** Of each sample, the minute in which it was measured and that in which it was written, the oldest first. */
  minutes(): [number, number][] {
    const samples = this.list("/v2/meters/image").toReversed();
    const minute = (value: Json = null): number =>
      Math.floor(Date.parse(`${str(value)}Z`) / 60_000);
    const first = minute(samples[0]?.["timestamp"]);
    return samples.map(({ timestamp, recorded_at }) => [
      minute(timestamp) - first,
      minute(recorded_at) - first,
    ]);
  }
}

/** Polls at once and after each minute; two were before the broker went. */
const BEFORE = [0, 1].map((at) => [at, at]);
/** When it is back, those who tried in vain poll on; the first of them notices that its connection is a dead one. */
const AFTER = [
  [7, 8],
  [8, 8],
  [9, 9],
  [10, 10],
];

describe("while the broker is away", () => {
  it("a publisher waits for it, and the agent's only thread with it (broker away, policy default)", () => {
    const bed = new BrokerBed("notifier://");
    // That of the second minute is sent in the seventh, and none is measured in between.
    const after = [7, 8, 9, 10].map((at) => [at, at]);
    expect(bed.minutes()).toEqual([...BEFORE, [2, 7], ...after]);
  });

  it.each(["drop", "queue"])(
    "one with the policy %s tries once more, and what it had is lost",
    (policy) => {
      const bed = new BrokerBed(`notifier://?policy=${policy}`);
      expect(bed.minutes()).toEqual([...BEFORE, ...AFTER]);
      expect(bed.errors.filter((line) => line.startsWith("Could not send"))).toHaveLength(5);
    },
  );

  it.each(["drop", "queue"])(
    "and so it is by RPC with %s, since nothing that is raised is what a queue is for (test_published_with_policy_queue_and_rpc_down_up)",
    (policy) => {
      const bed = new BrokerBed(`rpc://?policy=${policy}`);
      expect(bed.minutes()).toEqual([...BEFORE, ...AFTER]);
      expect(bed.errors.filter((line) => line.startsWith("Pipeline"))).toEqual(
        new Array(5).fill(
          `Pipeline k: Continue after error from publisher rpc://?policy=${policy}: ` +
            "MessageDeliveryFailure: Unable to connect to AMQP server on controller:5672 after 1 tries: [Errno 111] ECONNREFUSED",
        ),
      );
    },
  );

  it("what one publisher fails at another still gets (test_multiple_publisher_isolation)", () => {
    const bed = new BrokerBed("rpc://?policy=drop", "notifier://");
    expect(bed.minutes().filter(([at]) => at === 2)).toHaveLength(1);
    expect(bed.minutes().filter(([at]) => at === 1)).toHaveLength(2);
  });
});

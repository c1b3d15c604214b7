/** Transformers that keep samples until they are flushed. Upstream: ceilometer/tests/pipeline_base.py, ceilometer/transformer/{accumulator,conversions,arithmetic}.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { TransformerConfig } from "../../../../src/services/ceilometer/pipeline/config.js";
import { Samples, type Measurement } from "../../../../src/services/ceilometer/sample.js";
import { transformerMaker } from "../../../../src/services/ceilometer/transformer/transformers.js";
import { MeteringBed } from "../bed.js";
import { TestBed } from "../../bed.js";

const bed = new TestBed();
const env = bed.env("ceilometer-agent-notification");
const samples = new Samples(env);

const sample = (values: Partial<Measurement> = {}) =>
  samples.make({
    name: "memory",
    type: "gauge",
    unit: "MB",
    volume: 10,
    user_id: "u",
    project_id: "p",
    resource_id: "r",
    timestamp: "2014-09-18T04:03:09",
    resource_metadata: { n: 1 },
    ...values,
  });

const made = (config: TransformerConfig) => transformerMaker(config)(env, samples);

describe("an accumulator", () => {
  it("lets samples go when there are enough, and none before", () => {
    const transformer = made({ name: "accumulator", parameters: { size: 2 } });
    expect(transformer.handle(sample())).toBeUndefined();
    expect(transformer.flush?.()).toEqual([]);
    transformer.handle(sample({ volume: 20 }));
    expect(transformer.flush?.().map(({ volume }) => volume)).toEqual([10, 20]);
    expect(transformer.flush?.()).toEqual([]);
  });

  it("of size 0 keeps nothing", () => {
    const transformer = made({ name: "accumulator", parameters: { size: 0 } });
    expect(transformer.handle(sample())?.volume).toBe(10);
  });
});

describe("an aggregator", () => {
  it("makes the average of gauges, the sum of deltas and the last of what only grows", () => {
    const transformer = made({ name: "aggregator", parameters: { size: 6 } });
    for (const type of ["gauge", "delta", "cumulative"]) {
      transformer.handle(sample({ name: type, type }));
      transformer.handle(sample({ name: type, type, volume: 30, resource_metadata: { n: 2 } }));
    }
    const flushed = transformer.flush?.() ?? [];
    expect(flushed.map(({ name, volume }) => [name, volume])).toEqual([
      ["gauge", 20],
      ["delta", 40],
      ["cumulative", 30],
    ]);
    expect(flushed[0]?.resource_metadata).toEqual({ n: 2 });
  });

  it("keeps users apart unless it is said whose counts, and waits for its size", () => {
    const apart = made({ name: "aggregator", parameters: { size: 2 } });
    apart.handle(sample());
    expect(apart.flush?.()).toEqual([]);
    apart.handle(sample({ user_id: "v" }));
    expect(apart.flush?.()).toHaveLength(2);
    const parameters = { size: 2, user_id: "last", resource_metadata: "drop" } as const;
    const together = made({ name: "aggregator", parameters });
    together.handle(sample());
    together.handle(sample({ user_id: "v" }));
    expect(together.flush?.()).toMatchObject([{ user_id: "v", resource_metadata: {} }]);
  });
});

describe("arithmetic", () => {
  const config: TransformerConfig = {
    name: "arithmetic",
    parameters: {
      target: { name: "memory_util", unit: "%", expr: "100 * $(memory.usage) / $(memory)" },
    },
  };

  it("computes a meter of a resource out of several, when all are there", () => {
    const transformer = made(config);
    transformer.handle(sample({ volume: 512 }));
    transformer.handle(sample({ name: "memory.usage", volume: 128 }));
    transformer.handle(sample({ name: "other" }));
    transformer.handle(sample({ resource_id: "lonely" }));
    const flushed = transformer.flush?.() ?? [];
    expect(flushed).toMatchObject([
      { name: "memory_util", unit: "%", volume: 25, resource_id: "r", user_id: "u" },
    ]);
    expect(transformer.flush?.()).toEqual([]);
  });

  it("gives nothing where the expression cannot be computed", () => {
    const transformer = made(config);
    transformer.handle(sample({ volume: 0 }));
    transformer.handle(sample({ name: "memory.usage", volume: 1 }));
    expect(transformer.flush?.()).toEqual([]);
  });
});

describe("a sink", () => {
  it("sends on what was kept once the samples of a notification are through", () => {
    const metering = new MeteringBed({
      pipeline: {
        sources: [{ name: "s", interval: 600, meters: ["image.size"], sinks: ["k"] }],
        sinks: [
          {
            name: "k",
            transformers: [{ name: "accumulator", parameters: { size: 2 } }],
            publishers: ["notifier://"],
          },
        ],
      },
    });
    const image = { id: "i", owner: "p", size: 5 };
    metering.tells("glance", "image.update", image);
    expect(metering.meters()).toEqual([]);
    metering.tells("glance", "image.update", image);
    expect(metering.meters()).toEqual(["image.size", "image.size"]);
  });
});

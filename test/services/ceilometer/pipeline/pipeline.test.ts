/** Sources, sinks and transformers (ceilometer/pipeline.py, ceilometer/transformer/conversions.py at 2014.2). */
import { describe, expect, it } from "vitest";
import type { LogLine } from "../../../../src/kernel/index.js";
import {
  pipelineOption,
  type PipelineConfig,
  type SinkConfig,
  type SourceConfig,
} from "../../../../src/services/ceilometer/pipeline/config.js";
import {
  PipelineDefinition,
  PipelineFile,
} from "../../../../src/services/ceilometer/pipeline/definition.js";
import { PipelineManager } from "../../../../src/services/ceilometer/pipeline/manager.js";
import { Source } from "../../../../src/services/ceilometer/pipeline/source.js";
import { STOCK_PIPELINE } from "../../../../src/services/ceilometer/pipeline/stock.js";
import { Samples, type Sample } from "../../../../src/services/ceilometer/sample.js";
import { transformerMaker } from "../../../../src/services/ceilometer/transformer/transformers.js";
import { MeteringBed } from "../bed.js";
import { TestBed } from "../../bed.js";

const source = (values: SourceConfig = {}): SourceConfig => ({
  name: "s",
  interval: 600,
  meters: ["*"],
  sinks: ["k"],
  ...values,
});
const sink = (values: SinkConfig = {}): SinkConfig => ({
  name: "k",
  transformers: null,
  publishers: ["notifier://"],
  ...values,
});
const env = () => new TestBed().env("ceilometer-agent-notification");
const made = (config: PipelineConfig) =>
  new PipelineManager(env(), new PipelineFile(new PipelineDefinition(config)));

describe("a pipeline.yaml that is wrong", () => {
  it.each([
    ["Required field name not specified", source({ name: undefined })],
    ["Required field interval not specified", source({ interval: undefined })],
    ["Invalid interval value", source({ interval: "often" })],
    ["Interval value should > 0", source({ interval: 0 })],
    ["No meter specified", source({ meters: [] })],
    ["Both included and excluded meters specified", source({ meters: ["a", "!b"] })],
    ["Included meters specified with wildcard", source({ meters: ["*", "a"] })],
    ["No sink defined in source s", source({ sinks: [] })],
    ["Dangling sink elsewhere from source s", source({ sinks: ["elsewhere"] })],
  ])("is refused at start: %s", (words, wrong) => {
    expect(() => made({ sources: [wrong], sinks: [sink()] })).toThrow(words);
  });

  it.each([
    ["Required field name not specified", sink({ name: undefined })],
    ["Required field transformers not specified", sink({ transformers: undefined })],
    ["No publisher specified", sink({ publishers: [] })],
  ])("is refused at start for its sink: %s", (words, wrong) => {
    expect(() => made({ sources: [source()], sinks: [wrong] })).toThrow(words);
  });

  it("is refused without sinks, with itself before the reason", () => {
    expect(() => made({ sources: [] })).toThrow(
      "Pipeline {'sources': []}: Both sources & sinks are required",
    );
  });

  it("is refused before anything runs where it says what is not modelled", () => {
    const told = (config: unknown) =>
      pipelineOption()
        .safeParse(config)
        .error?.issues.map(({ message }) => message);
    expect(told({ sinks: [sink({ publishers: ["udp://host:1"] })] })).toEqual([
      "udp:// and file:// are not modelled: notifier:// and rpc:// are",
    ]);
    const scale = (text: string) => ({
      sinks: [
        sink({
          transformers: [{ name: "unit_conversion", parameters: { target: { scale: text } } }],
        }),
      ],
    });
    expect(told(scale("volume *"))).toEqual(["ends too early"]);
    expect(told(scale("open('/etc/passwd')"))?.[0]).toMatch(/^cannot be read from "'/);
    expect(told(scale("volume ** 0.5"))).toEqual(["may have whole numbers up to 300 after **"]);
    expect(told(STOCK_PIPELINE)).toBeUndefined();
  });

  it("goes on without a publisher that there is not", () => {
    const bed = new TestBed();
    const file = new PipelineDefinition({
      sources: [source()],
      sinks: [sink({ publishers: ["spam://"] })],
    });
    new PipelineManager(bed.env("ceilometer-agent-notification"), new PipelineFile(file));
    expect(bed.of<LogLine>("log").filter(({ level }) => level === "error")[0]?.message).toMatch(
      /^Unable to load publisher spam:\/\/: RuntimeError/,
    );
  });
});

describe("a source", () => {
  it.each([
    [["*"], "cpu", true],
    [["cpu"], "cpu", true],
    [["cpu"], "cpu_util", false],
    [["disk.*"], "disk.read.bytes", true],
    [["!disk.*"], "disk.read.bytes", false],
    [["!disk.*"], "cpu", true],
    [["*", "!cpu"], "cpu", false],
    [["instance:*"], "instance:m1.tiny", true],
    [["instance:m1.tiny"], "instance:m1.tiny", false],
    [["cp[!a]"], "cpu", true],
    [["CPU"], "cpu", false],
  ])("with %j and meter %s says %s", (meters, name, expected) => {
    expect(new Source(source({ meters })).supports(name)).toBe(expected);
  });
});

const sample = (values: Partial<Sample> = {}): Sample => ({
  name: "cpu",
  type: "cumulative",
  unit: "ns",
  volume: 0,
  user_id: "u",
  project_id: "t",
  resource_id: "r",
  timestamp: "2014-09-18T04:00:00Z",
  resource_metadata: { cpu_number: 2 },
  source: "openstack",
  id: "1",
  ...values,
});
const [, cpuSink, diskSink] = STOCK_PIPELINE.sinks ?? [];
const transformer = (config: SinkConfig | undefined) => {
  const around = env();
  return transformerMaker(config!.transformers![0]!)(around, new Samples(around));
};
const short = (given: Sample | undefined) =>
  given && [given.name, given.type, given.unit, given.volume];

describe("rate_of_change", () => {
  it("drops what has no predecessor (test_rate_of_change_no_predecessor)", () => {
    expect(transformer(cpuSink).handle(sample())).toBeUndefined();
  });

  it("makes cpu_util of two cpu: per cent of all processors", () => {
    const cpu = transformer(cpuSink);
    cpu.handle(sample());
    const later = sample({ volume: 600e9, timestamp: "2014-09-18T04:10:00Z" });
    expect(short(cpu.handle(later))).toEqual(["cpu_util", "gauge", "%", 50]);
  });

  it("takes one processor where nothing says how many", () => {
    const cpu = transformer(cpuSink);
    cpu.handle(sample({ resource_metadata: {} }));
    const later = sample({
      volume: 60e9,
      timestamp: "2014-09-18T04:10:00Z",
      resource_metadata: {},
    });
    expect(short(cpu.handle(later))?.[3]).toBe(10);
  });

  it("takes a smaller value for a fresh start, and for a gauge as it is (test_rate_of_change_conversion_negative_cumulative_delta)", () => {
    const disk = transformer(diskSink);
    const at = (volume: number, timestamp: string, type = "cumulative") =>
      short(disk.handle(sample({ name: "disk.read.bytes", unit: "B", type, volume, timestamp })));
    at(600, "2014-09-18T04:00:00Z");
    expect(at(60, "2014-09-18T04:01:00Z")).toEqual(["disk.read.bytes.rate", "gauge", "B/s", 1]);
    expect(at(0, "2014-09-18T04:02:00Z", "gauge")).toEqual([
      "disk.read.bytes.rate",
      "gauge",
      "B/s",
      -1,
    ]);
  });

  it("is nothing within one moment (test_rate_of_change_zero_delay)", () => {
    const cpu = transformer(cpuSink);
    cpu.handle(sample());
    expect(short(cpu.handle(sample({ volume: 5 })))?.[3]).toBe(0);
  });
});

describe("unit_conversion", () => {
  const of = (scale: number | string, unit?: string) => {
    const around = env();
    return transformerMaker({
      name: "unit_conversion",
      parameters: { source: { unit }, target: { name: "x", unit: "KB", scale } },
    })(around, new Samples(around));
  };

  it("multiplies by a number, or computes an expression", () => {
    const given = sample({ unit: "B", volume: 3 });
    expect(short(of(0.5).handle(given))).toEqual(["x", "cumulative", "KB", 1.5]);
    expect(short(of("volume * 2 + 1").handle(given))?.[3]).toBe(7);
    expect(short(of("volume / 2").handle(given))?.[3]).toBe(1);
    expect(short(of("(volume - 5) / 2.0 * -(1 + 1)").handle(given))?.[3]).toBe(2);
    expect(short(of("resource_metadata.nothing.here and 1 or 2 ** 3").handle(given))?.[3]).toBe(8);
    expect(short(of("not volume").handle(given))?.[3]).toBe(0);
  });

  it("leaves another unit alone", () => {
    const given = sample({ unit: "B", volume: 3 });
    expect(of(2, "ns").handle(given)).toBe(given);
  });
});

describe("a sink", () => {
  it("goes on with other samples where a transformer fails", () => {
    const failing = sink({
      transformers: [{ name: "unit_conversion", parameters: { target: { scale: "volume / 0" } } }],
    });
    const bed = new MeteringBed({
      pipeline: {
        sources: [source({ sinks: ["k", "bad"] })],
        sinks: [sink(), { ...failing, name: "bad" }],
      },
    });
    bed.tells("glance", "image.update", { id: "im", owner: "t", size: 1 });
    expect(bed.meters()).toHaveLength(3);
    expect(bed.lines("error")[0]).toBe("ZeroDivisionError: integer division or modulo by zero");
  });

  it("sends a second copy for each meter where it is told to", () => {
    const bed = new MeteringBed({
      pipeline: {
        sources: [source()],
        sinks: [sink({ publishers: ["notifier://?per_meter_topic=1"] })],
      },
    });
    bed.tells("glance", "image.send", {
      image_id: "im",
      bytes_sent: 5,
      receiver_user_id: "ru",
      receiver_tenant_id: "rt",
      owner_id: "t",
    });
    expect(bed.meters().sort()).toEqual([
      "image.download",
      "image.download",
      "image.serve",
      "image.serve",
    ]);
  });
});

/** Traces are what OpenTelemetry's own definition of OTLP says, v1.9.0 of opentelemetry-proto. */
import path from "node:path";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { VIEWS } from "../../../src/views/index.js";
import { shipped } from "../model/shipped.js";
import { some } from "./some.js";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

const root = path.join(import.meta.dirname, "proto");
const definitions = new protobuf.Root();
definitions.resolvePath = (_, target) => path.join(root, target);
definitions.loadSync("opentelemetry/proto/collector/trace/v1/trace_service.proto");
const REQUEST = definitions.lookupType(
  "opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest",
);

const otlp = VIEWS.get("otlp")!;
const linesOf = (...args: Parameters<typeof otlp.render>): string[] =>
  otlp
    .render(...args)
    .trimEnd()
    .split("\n");
const spansOf = (lines: readonly string[]): Span[] =>
  lines.flatMap((line) => {
    const { resourceSpans } = JSON.parse(line) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
    };
    return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  });

/** In JSON of OTLP ids are hexadecimal; where protobuf's own JSON has base64, they become that. */
const withBase64 = (line: string): object =>
  JSON.parse(line, (key, value: unknown) =>
    /^(?:traceId|spanId|parentSpanId)$/u.test(key)
      ? Buffer.from(value as string, "hex").toString("base64")
      : value,
  ) as object;

describe.each(some)("the traces of %s", (_, timeline) => {
  const lines = linesOf(timeline());
  const spans = spansOf(lines);

  it("are requests of the protocol, with nothing that it does not know", () => {
    for (const line of lines) {
      const given = withBase64(line);
      const message = REQUEST.fromObject(given);
      expect(REQUEST.verify(message)).toBeNull();
      const back = REQUEST.toObject(REQUEST.decode(REQUEST.encode(message).finish()), {
        longs: String,
        bytes: String,
        arrays: true,
      });
      const empty = JSON.parse(JSON.stringify(back), (key, value: unknown) =>
        // What was never given is left out again.
        Array.isArray(value) && value.length === 0 && key !== "spans" ? undefined : value,
      ) as object;
      expect(empty).toEqual(given);
    }
  });

  it("have ids that are hexadecimal, of their length, and no span twice", () => {
    for (const { traceId, spanId, parentSpanId = "1".repeat(16) } of spans) {
      expect(traceId).toMatch(/^[0-9a-f]{32}$/u);
      expect(spanId).toMatch(/^(?!0{16})[0-9a-f]{16}$/u);
      expect(parentSpanId).toMatch(/^[0-9a-f]{16}$/u);
    }
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
  });

  it("have every parent in the same trace, begun before its child", () => {
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    for (const { parentSpanId, traceId, startTimeUnixNano } of spans) {
      if (parentSpanId === undefined) continue;
      const parent = byId.get(parentSpanId);
      expect(parent?.traceId).toBe(traceId);
      expect(BigInt(parent!.startTimeUnixNano)).toBeLessThanOrEqual(BigInt(startTimeUnixNano));
    }
  });

  it("end after they began", () => {
    for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
      expect(BigInt(endTimeUnixNano)).toBeGreaterThan(BigInt(startTimeUnixNano));
    }
  });
});

describe("traces", () => {
  const timeline = shipped("boot");
  const spans = spansOf(linesOf(timeline));

  it("have the same ids whenever the same recording is exported, others for another run", () => {
    expect(linesOf(timeline)).toEqual(linesOf(timeline));
    const other = { ...timeline, header: { ...timeline.header, seed: 8 } };
    const [first] = spansOf(linesOf(other));
    expect(spans.some(({ traceId }) => traceId === first?.traceId)).toBe(false);
  });

  it("begin their names as OSProfiler's do: wsgi, rpc, db", () => {
    const words = new Set(spans.map(({ name }) => name.split(" ")[0]));
    for (const word of ["wsgi", "rpc", "db"]) expect(words).toContain(word);
    expect(spans.map(({ name }) => name)).toContain("rpc build_and_run_instance");
  });

  it("hold a whole boot in one trace, from the command to the hypervisor", () => {
    const build = spans.find(({ name }) => name === "rpc build_and_run_instance")!;
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const names: string[] = [];
    for (let at: Span | undefined = build; at !== undefined; at = byId.get(at.parentSpanId ?? "")) {
      names.push(at.name.replace(/[0-9a-f]{8}…/gu, "{id}"));
    }
    expect(names).toEqual([
      "rpc build_and_run_instance",
      "rpc cast build_and_run_instance",
      "rpc build_instances",
      "rpc cast build_instances",
      "wsgi POST /v2/{id}/servers",
      "wsgi POST /v2/{id}/servers",
      expect.stringMatching(/^1\. nova --debug boot t3/u),
    ]);
  });

  it("tell client from server and producer from consumer", () => {
    const kinds = (name: string): number[] =>
      spans.filter((span) => span.name === name).map(({ kind }) => kind);
    expect(kinds("rpc cast build_instances")).toEqual([4]);
    expect(kinds("rpc build_instances")).toEqual([5]);
    expect(kinds("rpc call select_destinations")).toEqual([3]);
    expect(kinds("rpc select_destinations")).toEqual([2]);
  });
});

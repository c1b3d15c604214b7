/**
 * Traces hold to the rules of the Trace Event Format, as its document and Perfetto's importer have them. There is
 * no schema of it and no parser on npm, so the rules are written here.
 */
import { describe, expect, it } from "vitest";
import { VIEWS } from "../../../src/views/index.js";
import { boot } from "../../timeline/fake-run.js";
import { shipped } from "../model/shipped.js";
import { some } from "./some.js";

interface TraceEvent {
  readonly ph: string;
  readonly name: string;
  readonly cat?: string;
  readonly pid: number;
  readonly tid?: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly bp?: string;
  readonly s?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

interface Trace {
  readonly displayTimeUnit: string;
  readonly otherData: Readonly<Record<string, unknown>>;
  readonly traceEvents: readonly TraceEvent[];
}

const perfetto = VIEWS.get("perfetto")!;
const traceOf = (...args: Parameters<typeof perfetto.render>): Trace =>
  JSON.parse(perfetto.render(...args)) as Trace;
const of = ({ traceEvents }: Trace, ph: string): TraceEvent[] =>
  traceEvents.filter((event) => event.ph === ph);
const track = ({ pid, tid = 0 }: TraceEvent): string => `${String(pid)}/${String(tid)}`;
/** Nanoseconds: a fraction of a microsecond is not exact in a number. */
const nanos = (micros = 0): number => Math.round(micros * 1_000);
const end = (slice: TraceEvent): number => nanos(slice.ts) + nanos(slice.dur);

function grouped(
  events: readonly TraceEvent[],
  keyOf: (event: TraceEvent) => string,
): ReadonlyMap<string, TraceEvent[]> {
  const groups = new Map<string, TraceEvent[]>();
  for (const event of events)
    groups.set(keyOf(event), [...(groups.get(keyOf(event)) ?? []), event]);
  return groups;
}

const METADATA = ["process_name", "process_sort_index", "thread_name", "thread_sort_index"];

describe.each(some)("the trace of %s", (_, timeline) => {
  const trace = traceOf(timeline());

  it("has of every event what its phase must have", () => {
    expect(trace.displayTimeUnit).toBe("ns");
    for (const event of trace.traceEvents) {
      expect(["X", "i", "s", "f", "C", "M"]).toContain(event.ph);
      expect(event.name).not.toBe("");
      expect(event.pid).toBeGreaterThan(0);
      if (event.ph === "M") {
        expect(METADATA).toContain(event.name);
        continue;
      }
      expect(event.ts).toBeGreaterThanOrEqual(0);
      if (event.ph === "X") expect(event.dur).toBeGreaterThan(0);
      if (event.ph === "i") expect(event.s).toBe("t");
      if (event.ph === "C") expect(event.args?.["messages"]).toBeGreaterThanOrEqual(0);
      if (event.ph === "s" || event.ph === "f") expect(event.id).toBeGreaterThan(0);
      if (event.ph === "f") expect(event.bp).toBe("e");
    }
  });

  it("names every process and every track once", () => {
    const names = of(trace, "M");
    const processes = names.filter(({ name }) => name === "process_name").map(({ pid }) => pid);
    const threads = names.filter(({ name }) => name === "thread_name").map(track);
    expect(new Set(processes).size).toBe(processes.length);
    expect(new Set(threads).size).toBe(threads.length);
    for (const event of [...of(trace, "X"), ...of(trace, "i")]) {
      expect(processes).toContain(event.pid);
      expect(threads).toContain(track(event));
    }
  });

  it("has on each track slices that nest and never cross", () => {
    const tracks = grouped(of(trace, "X"), track);
    for (const slices of tracks.values()) {
      const open: TraceEvent[] = [];
      for (const slice of slices.toSorted((a, b) => nanos(a.ts) - nanos(b.ts) || end(b) - end(a))) {
        while (open.length > 0 && end(open.at(-1)!) <= nanos(slice.ts)) open.pop();
        if (open.length > 0) expect(end(slice)).toBeLessThanOrEqual(end(open.at(-1)!));
        open.push(slice);
      }
    }
  });

  it("has arrows from within a slice into another, never backwards", () => {
    const slices = grouped(of(trace, "X"), track);
    const inside = (event: TraceEvent): boolean =>
      (slices.get(track(event)) ?? []).some(
        (slice) => nanos(slice.ts) <= nanos(event.ts) && nanos(event.ts) < end(slice),
      );
    const ends = new Map(of(trace, "f").map((event) => [event.id, event]));
    const begins = of(trace, "s");
    expect(ends.size).toBe(begins.length);
    for (const begin of begins) {
      const finish = ends.get(begin.id)!;
      expect([finish.cat, finish.name]).toEqual([begin.cat, begin.name]);
      expect(nanos(finish.ts)).toBeGreaterThanOrEqual(nanos(begin.ts));
      expect(inside(begin) && inside(finish)).toBe(true);
    }
  });
});

describe("a trace", () => {
  const timeline = shipped("boot");
  const trace = traceOf(timeline);

  it("has a slice of waiting for each call, as long as it took, in the words of the call", () => {
    const calls = timeline.entries.flatMap((entry) => (entry.kind === "rpc.call" ? [entry] : []));
    expect(calls.length).toBeGreaterThan(5);
    for (const { seq, id, at, method } of calls) {
      const waits = of(trace, "X").find(
        ({ args, cat }) => args?.["seq"] === seq && cat === "asks,rpc",
      );
      const reply = timeline.entries.find((entry) => entry.kind === "rpc.reply" && entry.id === id);
      expect(waits?.name).toContain(`waits: call ${method}`);
      expect(waits?.args?.["ended"]).toBe("reply");
      expect(Math.floor(waits?.ts ?? 0)).toBe(at);
      expect(Math.floor((waits?.ts ?? 0) + (waits?.dur ?? 0))).toBe(reply?.at);
    }
  });

  it("has an arrow for each message that was taken", () => {
    const taken = timeline.entries.filter(({ kind }) => kind === "rpc.delivered").length;
    const asked = timeline.entries.filter(({ kind }) => kind === "rest.response").length;
    expect(of(trace, "s")).toHaveLength(taken + asked);
  });

  it("begins the work at a request when it was taken, where the recording says so", () => {
    const lines = boot().timeline.lines.map((line) =>
      line.includes('"status":202')
        ? line.replace('"status":202', '"status":202,"taken":11500')
        : line,
    );
    const entries = lines.slice(1).map((line) => JSON.parse(line) as never);
    const { traceEvents } = traceOf({ header: boot().timeline.header, entries });
    const works = traceEvents.filter(
      ({ ph, name, cat }) => ph === "X" && name.startsWith("POST /v2/") && cat === "works,rest",
    );
    expect(works.map(({ ts }) => ts)).toEqual([11_500]);
  });

  it("counts in each queue what is sent and not yet taken", () => {
    const { traceEvents } = traceOf(shipped("pool-full-of-builds"));
    const counts = traceEvents.filter(({ ph }) => ph === "C");
    const byQueue = grouped(counts, ({ name }) => name);
    expect(Math.max(...counts.map(({ args }) => Number(args?.["messages"])))).toBeGreaterThan(1);
    for (const [name, turns] of byQueue) {
      expect(name).toMatch(/^queue ./u);
      expect(turns.at(-1)?.args?.["messages"]).toBe(0);
    }
  });

  it("is of one chapter alone if that is wanted", () => {
    const steps = of(traceOf(timeline, { chapter: 3 }), "X").filter(({ cat }) => cat === "step");
    expect(steps.map(({ name }) => name.slice(0, 3))).toEqual(["3. "]);
  });
});

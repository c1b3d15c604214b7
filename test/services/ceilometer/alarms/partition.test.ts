/** Evaluators that share alarms by RPC (ceilometer/tests/alarm/partition/test_coordination.py at 2014.2). */
import { describe, expect, it } from "vitest";
import { minutes, seconds, type LogLine, type Observation } from "../../../../src/kernel/index.js";
import { textOf } from "../../../../src/python/index.js";
import { PartitionIdentity } from "../../../../src/services/ceilometer/evaluator/partition/identity.js";
import { TelemetryBed } from "../telemetry-bed.js";

class PartitionBed extends TelemetryBed {
  readonly #seen: { readonly at: number; readonly what: Observation }[];

  constructor() {
    const seen: { at: number; what: Observation }[] = [];
    super({
      services: ["ceilometer", { name: "ceilometer-alarm-evaluator", host: "controller-2" }],
      flags: { alarm: { evaluation_service: "partitioned" } },
      observer: { observe: (at, what) => seen.push({ at, what }) },
    });
    this.#seen = seen;
  }

  wait(time = minutes(1)): void {
    const { kernel } = this.cloud;
    kernel.run(kernel.now + time);
  }

  forget(): void {
    this.#seen.length = 0;
  }

  /** Of each evaluator, how many alarms it judged in each cycle. */
  cycles(): Record<string, number[]> {
    const counts: Record<string, number[]> = {};
    for (const { what } of this.#seen) {
      if (what.kind !== "log") continue;
      const { actor = "", message } = what as LogLine;
      const [, count] = /^initiating evaluation cycle on (\d+) alarms/.exec(message) ?? [];
      if (count !== undefined) (counts[actor] ??= []).push(Number(count));
    }
    return counts;
  }

  /** Fanout casts of that method. */
  sent(method: string): number {
    return this.#seen.filter(({ what }) => {
      const { kind, method: called } = what as unknown as { kind: string; method?: string };
      return kind.startsWith("rpc.") && called === method && kind !== "rpc.received";
    }).length;
  }

  lines(pattern: RegExp): string[] {
    return this.#seen.flatMap(({ what }) => {
      if (what.kind !== "log") return [];
      const { message } = what as LogLine;
      return pattern.test(message) ? [message] : [];
    });
  }
}

const [FIRST, SECOND] = [
  "ceilometer-alarm-evaluator@controller",
  "ceilometer-alarm-evaluator@controller-2",
];

describe("two evaluators with evaluation_service=partitioned", () => {
  const bed = new PartitionBed();
  for (const name of ["a", "b", "c", "d", "e"]) bed.alarm({ name });

  it("share all alarms, each one's once, when the older has lived for two intervals", () => {
    bed.wait(minutes(4));
    bed.forget();
    bed.wait();
    const cycles = bed.cycles();
    expect(Object.keys(cycles).toSorted()).toEqual([FIRST, SECOND]);
    const counts = [cycles[FIRST]?.[0] ?? 0, cycles[SECOND]?.[0] ?? 0];
    // Three are a half of five, rounded up; the master takes what is left.
    expect(counts.toSorted()).toEqual([2, 3]);
  });

  it("report themselves four times in an interval, and one sees the other as master", () => {
    expect(bed.sent("presence")).toBeGreaterThanOrEqual(8);
    expect(bed.lines(/is master\?: True$/).length).toBeGreaterThan(0);
    expect(bed.lines(/sees older potential master: /).length).toBeGreaterThan(0);
    expect(bed.sent("assign")).toBe(0);
  });

  it("are given new alarms alone, others before the master (test_initial_distribution, _allocate)", () => {
    bed.alarm({ name: "f" });
    bed.forget();
    bed.wait(minutes(2));
    expect([bed.sent("allocate") > 0, bed.sent("assign")]).toEqual([true, 0]);
    bed.forget();
    bed.wait();
    const cycles = bed.cycles();
    expect([cycles[FIRST]?.[0] ?? 0, cycles[SECOND]?.[0] ?? 0].toSorted()).toEqual([2, 4]);
  });

  it("are dealt all alarms anew when many are deleted (test_deletion_requires_rebalance)", () => {
    for (const alarm of bed.list("/v2/alarms").slice(0, 2)) {
      bed.ask("DELETE", `/v2/alarms/${textOf(alarm, "alarm_id")}`);
    }
    bed.forget();
    bed.wait(minutes(1));
    expect(bed.lines(/^alarm deletion activity requires rebalance$/)).toHaveLength(1);
    bed.wait();
    bed.forget();
    bed.wait();
    const cycles = bed.cycles();
    expect([cycles[FIRST]?.[0], cycles[SECOND]?.[0]]).toEqual([2, 2]);
  });

  it("are replaced by the one that is left, two intervals after the other fell silent", () => {
    bed.cloud.crash(FIRST);
    bed.wait(seconds(110));
    expect(bed.lines(/detects stale evaluator/)).toEqual([]);
    bed.wait(minutes(2));
    expect(bed.lines(/detects stale evaluator/).length).toBeGreaterThan(0);
    bed.forget();
    bed.wait();
    expect(bed.cycles()).toEqual({ [SECOND]: [4] });
  });
});

describe("a partition", () => {
  it("is before another that started later, and at one moment by its id (test_priority)", () => {
    const old = new PartitionIdentity("b", 1);
    expect(old.isBefore(new PartitionIdentity("a", 2))).toBe(true);
    expect(old.isBefore(new PartitionIdentity("a", 1))).toBe(false);
    expect(old.isBefore(new PartitionIdentity("c", 1))).toBe(true);
    expect(old.isBefore(undefined)).toBe(true);
    expect(new PartitionIdentity("x", 1411012989).name).toBe("x:1411012989.0");
  });
});

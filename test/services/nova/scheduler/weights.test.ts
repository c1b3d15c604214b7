/** Which of the hosts that pass is best: nova §1.5, §9.7. */
import { describe, expect, test } from "vitest";
import { Flags, type FlagValues } from "../../../../src/framework/index.js";
import { ComputeHostMetricNotFound } from "../../../../src/services/nova/exception.js";
import { schedulerFlags } from "../../../../src/services/nova/scheduler/flags.js";
import { HostManager } from "../../../../src/services/nova/scheduler/host-manager.js";
import { SchedulerNotes } from "../../../../src/services/nova/scheduler/notes.js";
import { chooseWeighers } from "../../../../src/services/nova/scheduler/weights/registry.js";
import { heaviest, weights } from "../../../../src/services/nova/scheduler/weights/weigher.js";
import { NovaBed } from "../bed.js";

const weighers = (flags: FlagValues = {}) => chooseWeighers(new Flags(flags).read(schedulerFlags));

/** Hosts with that much free memory (a number) or those metrics, and their weights. */
function weigh(given: readonly (number | Record<string, number>)[], flags: FlagValues = {}) {
  const bed = new NovaBed();
  for (const [at, each] of given.entries()) {
    const metrics = Object.entries(each).map(([name, value]) => ({ name, value: value as number }));
    bed.host(
      `c${at + 1}`,
      typeof each === "number"
        ? { free_ram_mb: each }
        : { free_ram_mb: 0, metrics: JSON.stringify(metrics) },
    );
  }
  const hosts = new HostManager(
    bed.db,
    () => [],
    new SchedulerNotes(bed.nova("nova-scheduler")),
  ).allHostStates();
  const weight = weights(weighers(flags), hosts);
  const best = (count: number): string[] => heaviest(hosts, weight, count).map(({ host }) => host);
  return { weight: [...weight], best };
}

test("all weighers are RAMWeigher and MetricsWeigher", () => {
  expect(weighers().map(({ name }) => name)).toEqual(["RAMWeigher", "MetricsWeigher"]);
});

test("a weigher may be named by its class, and must exist", () => {
  const named = "nova.scheduler.weights.ram.RAMWeigher";
  expect(weighers({ scheduler_weight_classes: [named] }).map(({ name }) => name)).toEqual([
    "RAMWeigher",
  ]);
  expect(() => weighers({ scheduler_weight_classes: ["Moon"] })).toThrow(
    'flag scheduler_weight_classes takes nova.scheduler.weights.all_weighers, RAMWeigher, MetricsWeigher, not "Moon"',
  );
});

describe("RAMWeigher", () => {
  test("spreads: the most free memory wins with weight 1, the least is measured from zero", () => {
    const { weight, best } = weigh([512, 1024, 3072, 8192]);
    expect(weight).toEqual([512 / 8192, 1024 / 8192, 3072 / 8192, 1]);
    expect(best(1)).toEqual(["c4"]);
  });

  test("is multiplied: by 0 nothing counts, by 2 twice, by less than 0 servers stack", () => {
    const given = [512, 8192];
    expect(weigh(given, { ram_weight_multiplier: 0 }).weight).toEqual([0, 0]);
    expect(weigh(given, { ram_weight_multiplier: 2 }).weight[1]).toBe(2);
    expect(weigh(given, { ram_weight_multiplier: -1 }).best(1)).toEqual(["c1"]);
  });

  test("with a host in debt the scale begins at the deepest debt", () => {
    const { weight, best } = weigh([512, -512, 7680]);
    expect(weight[1]).toBe(0);
    expect(weight[0]).toBe(1024 / 8192);
    expect(best(3)).toEqual(["c3", "c1", "c2"]);
  });
});

test("of hosts of the same weight the one whose node was known first is taken", () => {
  const { weight, best } = weigh([7680, 7680, 7680]);
  expect(weight).toEqual([1, 1, 1]);
  expect(best(1)).toEqual(["c1"]);
  expect(best(2)).toEqual(["c1", "c2"]);
});

test("hosts without any memory weigh nothing", () => {
  expect(weigh([0, 0]).weight).toEqual([0, 0]);
});

describe("MetricsWeigher", () => {
  const setting = (...metrics_weight_setting: string[]) => ({ metrics_weight_setting });

  test("sums each metric times its ratio", () => {
    const given = [
      { foo: 512, bar: 1 },
      { foo: 1024, bar: 2 },
      { foo: 3072, bar: 1 },
    ];
    expect(weigh(given, setting("foo=1")).best(1)).toEqual(["c3"]);
    expect(weigh(given, setting("foo=0.0001", "bar=1")).best(1)).toEqual(["c2"]);
    expect(weigh(given, setting("foo=-1")).best(1)).toEqual(["c1"]);
  });

  test("a metric that is missing is an error if metrics are required", () => {
    expect(() => weigh([{ foo: 1 }, { bar: 1 }], setting("foo=1"))).toThrow(
      ComputeHostMetricNotFound,
    );
    expect(() => weigh([{ foo: 1 }, { bar: 1 }], setting("foo=1"))).toThrow(
      "Metric foo could not be found on the compute host node c2.c2.",
    );
  });

  test("else its host is last", () => {
    const flags = { ...setting("foo=1"), metrics_required: false };
    expect(weigh([{ bar: 9 }, { foo: -5 }, { foo: 1 }], flags).best(3)).toEqual(["c3", "c2", "c1"]);
  });
});

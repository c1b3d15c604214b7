/**
 * Statistics of a meter: over all samples, or over each period of so many seconds, always apart by unit, and by
 * what they are to be grouped by. A period without samples is left out. Where no end is given, the newest
 * sample falls out when it lies on the border of a period. Upstream: ceilometer/storage/impl_sqlalchemy.py
 * (get_meter_statistics), ceilometer/storage/base.py (iter_period) at 2014.2.
 */
import { groupedBy } from "../pipeline/groups.js";
import type { CeilometerDatabase } from "./database.js";
import { NotImplementedError } from "./errors.js";
import type { FullSample } from "./full-sample.js";
import { aggregateOf, type Aggregate, type AggregateFunction } from "./aggregates.js";
import { OverflowError } from "./overflow.js";
import { samplesOf, type SampleFilter } from "./sample-filter.js";

export interface StatisticsRow {
  readonly unit: string;
  /** Of those that were asked for. */
  readonly values: Readonly<Record<string, number | null>>;
  /** By the names of what was asked for; undefined where nothing was. */
  readonly aggregate: Readonly<Record<string, number | null>> | undefined;
  readonly duration: number;
  readonly duration_start: string;
  readonly duration_end: string;
  readonly period: number;
  readonly period_start: string;
  readonly period_end: string;
  readonly groupby: Readonly<Record<string, string | null>> | null;
}

const GROUPS = ["user_id", "project_id", "resource_id"] as const;

type Group = (typeof GROUPS)[number];

const isGroup = (name: string): name is Group => GROUPS.some((group) => group === name);

const STANDARD: readonly AggregateFunction[] = ["avg", "sum", "min", "max", "count"].map((func) =>
  aggregateOf({ func, param: null }),
);

/** @throws NotImplementedError, StorageBadAggregate */
export function getStatistics(
  database: CeilometerDatabase,
  filter: SampleFilter,
  period: number | null,
  groupby: readonly string[],
  aggregate: readonly Aggregate[],
): StatisticsRow[] {
  const groups = groupby.map((name) => {
    if (isGroup(name)) return name;
    throw new NotImplementedError("Unable to group by these fields");
  });
  const functions = aggregate.length === 0 ? STANDARD : aggregate.map(aggregateOf);
  const chosen = aggregate.length > 0;
  const samples = samplesOf(database, filter);
  const [first] = samples;
  const { calendar } = database.kernel;
  const rowOf = (some: readonly FullSample[], bucket?: Bucket): StatisticsRow | undefined => {
    const [sample] = some;
    if (sample === undefined) return undefined;
    const [oldest, newest] = boundsOf(some);
    const values = functions.map(({ name, of }) => [name, of(some)] as const);
    if (values.some(([name, value]) => name === "count" && value === 0)) return undefined;
    return {
      unit: sample.counter_unit,
      values: Object.fromEntries(values.filter(([name]) => PLAIN.includes(name))),
      aggregate: chosen ? Object.fromEntries(values) : undefined,
      duration: (calendar.parse(newest) - calendar.parse(oldest)) / 1e6,
      duration_start: oldest,
      duration_end: newest,
      period: bucket?.seconds ?? 0,
      period_start: bucket?.start ?? oldest,
      period_end: bucket?.end ?? newest,
      groupby:
        groups.length === 0 ? null : Object.fromEntries(groups.map((name) => [name, sample[name]])),
    };
  };
  const rowsOf = (some: readonly FullSample[], bucket?: Bucket): StatisticsRow[] =>
    [...groupedBy(some, (sample) => keyOf(sample, groups)).values()].flatMap(
      (group) => rowOf(group, bucket) ?? [],
    );
  if (period === null || period === 0) return rowsOf(samples);
  if (first === undefined) return [];
  // Of several units, only the first is asked for the bounds.
  const [unit = samples] = [...groupedBy(samples, (sample) => sample.counter_unit).values()];
  const [oldest, newest] = boundsOf(unit);
  const [from, to] = [calendar.parse(filter.start ?? oldest), calendar.parse(filter.end ?? newest)];
  const length = period * 1_000_000;
  const count = Math.ceil((to - from) / length);
  if (count > 0 && !Number.isSafeInteger(length))
    throw new OverflowError("date value out of range");
  const byBucket = new Map<number, FullSample[]>();
  for (const sample of samples) {
    const at = Math.floor((calendar.parse(sample.timestamp) - from) / length);
    if (at < 0 || at >= count) continue;
    const known = byBucket.get(at);
    if (known === undefined) byBucket.set(at, [sample]);
    else known.push(sample);
  }
  return [...byBucket]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, some]) => {
      const start = from + at * length;
      if (start + length > calendar.last) throw new OverflowError("date value out of range");
      return rowsOf(some, {
        seconds: period,
        start: calendar.stamp(start),
        end: calendar.stamp(start + length),
      });
    });
}

/** Those that stand in a row itself, beside its `aggregate`. */
const PLAIN: readonly string[] = ["avg", "sum", "min", "max", "count"];

interface Bucket {
  readonly seconds: number;
  readonly start: string;
  readonly end: string;
}

/** `GROUP BY` sorts by these. */
const keyOf = (sample: FullSample, groups: readonly Group[]): string =>
  [sample.counter_unit, ...groups.map((name) => sample[name] ?? "")].join("\u0000");

function boundsOf(samples: readonly FullSample[]): readonly [string, string] {
  let [oldest, newest] = ["\uffff", ""];
  for (const { timestamp } of samples) {
    if (timestamp < oldest) oldest = timestamp;
    if (timestamp > newest) newest = timestamp;
  }
  return [oldest, newest];
}

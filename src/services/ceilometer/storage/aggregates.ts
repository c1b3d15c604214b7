/**
 * Functions over the volumes of samples. A sum is that of the volumes in the order in which they were stored.
 * Upstream: ceilometer/storage/impl_sqlalchemy.py (STANDARD_AGGREGATES and those after it,
 * _get_aggregate_functions) at 2014.2.
 */
import { NotImplementedError, StorageBadAggregate } from "./errors.js";
import type { FullSample } from "./full-sample.js";

export interface Aggregate {
  readonly func: string;
  readonly param: string | null;
}

export interface AggregateFunction {
  /** As it is called in an answer: `cardinality/resource_id`. */
  readonly name: string;
  readonly of: (samples: readonly FullSample[]) => number | null;
}

const volumes = (samples: readonly FullSample[]): number[] =>
  samples.flatMap(({ counter_volume }) => counter_volume ?? []);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Nothing comes of nothing. */
const some =
  (of: (numbers: readonly number[]) => number) =>
  (samples: readonly FullSample[]): number | null => {
    const numbers = volumes(samples);
    return numbers.length === 0 ? null : of(numbers);
  };

const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

const FUNCTIONS: ReadonlyMap<string, AggregateFunction["of"]> = new Map([
  ["avg", some(mean)],
  ["sum", some(sum)],
  ["min", some((numbers) => numbers.reduce((a, b) => Math.min(a, b)))],
  ["max", some((numbers) => numbers.reduce((a, b) => Math.max(a, b)))],
  ["count", (samples: readonly FullSample[]) => volumes(samples).length],
  [
    "stddev",
    some((numbers) => {
      const middle = mean(numbers);
      return Math.sqrt(mean(numbers.map((number) => (number - middle) * (number - middle))));
    }),
  ],
]);

const COUNTED = ["resource_id", "user_id", "project_id"] as const;

/** @throws NotImplementedError, StorageBadAggregate */
export function aggregateOf({ func, param }: Aggregate): AggregateFunction {
  const known = FUNCTIONS.get(func);
  const suffix = param === null || param === "" ? "" : `/${param}`;
  if (known !== undefined) return { name: `${func}${suffix}`, of: known };
  if (func !== "cardinality") {
    throw new NotImplementedError(`Selectable aggregate function ${func} is not supported`);
  }
  const column = COUNTED.find((name) => name === param);
  if (column === undefined) {
    throw new StorageBadAggregate(`Bad aggregate: ${func}.${param ?? "None"}`);
  }
  return {
    name: `cardinality/${column}`,
    of: (samples) => new Set(samples.flatMap((sample) => sample[column] ?? [])).size,
  };
}

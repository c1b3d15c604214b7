/** What Ceilometer answers and what it takes, for programs. Upstream: ceilometer/api/controllers/v2.py at 2014.2. */
import {
  anything,
  flag,
  list,
  nullable,
  number,
  object,
  record,
  text,
  type Shaped,
} from "../shape.js";

export const METER = object({
  name: text,
  type: text,
  unit: text,
  resource_id: text,
  project_id: nullable(text),
  user_id: nullable(text),
  meter_id: text,
});

export const SAMPLE = object({
  counter_name: text,
  counter_type: text,
  counter_unit: text,
  counter_volume: number,
  resource_id: text,
  project_id: nullable(text),
  user_id: nullable(text),
  timestamp: text,
  message_id: text,
});

export const STATISTICS = object({
  count: number,
  min: number,
  max: number,
  sum: number,
  avg: number,
  unit: text,
  /** Seconds. */
  duration: number,
  period: number,
  period_start: text,
  period_end: text,
});

export const ALARM = object({
  alarm_id: text,
  name: text,
  type: text,
  /** `ok`, `alarm`, `insufficient data`. */
  state: text,
  enabled: flag,
  description: text,
  alarm_actions: list(text),
  ok_actions: list(text),
  insufficient_data_actions: list(text),
  repeat_actions: flag,
  timestamp: text,
  state_timestamp: text,
});

export const RESOURCE = object({
  resource_id: text,
  project_id: nullable(text),
  user_id: nullable(text),
  metadata: record(anything),
});

/**
 * What is measured of a resource.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerMeter } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const meters: readonly CeilometerMeter[] = cloud.run(demo.ceilometer.meters());
 * meters.every(({ type }) => type !== ""); // → true
 * ```
 */
export type CeilometerMeter = Shaped<typeof METER>;
/**
 * What was measured once.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerSample } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const samples: readonly CeilometerSample[] = cloud.run(demo.ceilometer.samples("cpu"));
 * samples.length; // → 0
 * ```
 */
export type CeilometerSample = Shaped<typeof SAMPLE>;
/**
 * Samples of a while, put together.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerStatistics } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const all: readonly CeilometerStatistics[] = cloud.run(demo.ceilometer.statistics("cpu"));
 * all.length; // → 0
 * ```
 */
export type CeilometerStatistics = Shaped<typeof STATISTICS>;
/**
 * An alarm and its state.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerAlarm } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const alarm: CeilometerAlarm = cloud.run(
 *   demo.ceilometer.createAlarm({
 *     name: "busy",
 *     threshold_rule: { meter_name: "cpu_util", threshold: 70 },
 *   }),
 * );
 * alarm.state; // → "insufficient data"
 * ```
 */
export type CeilometerAlarm = Shaped<typeof ALARM>;
/**
 * What samples were taken of.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerResource } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const resources: readonly CeilometerResource[] = cloud.run(demo.ceilometer.resources());
 * resources.every(({ resource_id }) => resource_id !== ""); // → true
 * ```
 */
export type CeilometerResource = Shaped<typeof RESOURCE>;

/**
 * Only what is so: `{ field: "resource_id", op: "eq", value: id }`.
 *
 * @example
 * ```ts
 * import { Cloud, type CeilometerCondition } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const one: CeilometerCondition = { field: "resource_id", value: "no-such-server" };
 * cloud.run(demo.ceilometer.samples("cpu", [one])).length; // → 0
 * ```
 */
export interface CeilometerCondition {
  readonly field: string;
  readonly op?: "lt" | "le" | "eq" | "ne" | "ge" | "gt";
  readonly value: string;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewCeilometerAlarm } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * const wanted: NewCeilometerAlarm = {
 *   name: "busy",
 *   threshold_rule: { meter_name: "cpu_util", threshold: 70 },
 * };
 * cloud.run(demo.ceilometer.createAlarm(wanted)).name; // → "busy"
 * ```
 */
export interface NewCeilometerAlarm {
  readonly name: string;
  readonly threshold_rule: {
    readonly meter_name: string;
    readonly threshold: number;
    readonly comparison_operator?: "lt" | "le" | "eq" | "ne" | "ge" | "gt";
    readonly statistic?: "max" | "min" | "avg" | "sum" | "count";
    /** Seconds. */
    readonly period?: number;
    readonly evaluation_periods?: number;
    readonly query?: readonly CeilometerCondition[];
  };
  readonly description?: string;
  readonly alarm_actions?: readonly string[];
  readonly ok_actions?: readonly string[];
  readonly repeat_actions?: boolean;
}

/** Ceilometer's v2 API for programs. Upstream: ceilometerclient/v2/client.py, 1.0.12. */
import type { Op } from "../../kernel/index.js";
import { quote, type JsonObject } from "../../python/index.js";
import type { Asker } from "./collection.js";
import { ApiPart } from "./part.js";
import {
  anything,
  flag,
  list,
  nullable,
  number,
  object,
  record,
  shaped,
  text,
  type Shaped,
} from "./shape.js";

const METER = object({
  name: text,
  type: text,
  unit: text,
  resource_id: text,
  project_id: nullable(text),
  user_id: nullable(text),
  meter_id: text,
});

const SAMPLE = object({
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

const STATISTICS = object({
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

const ALARM = object({
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

const RESOURCE = object({
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

/**
 * Ceilometer for programs: `demo.ceilometer`. A cloud has it that was told to: `services: ["ceilometer"]`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["ceilometer"] });
 * const demo = cloud.user("demo");
 * cloud.run(demo.nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 * cloud.advance("11m");
 * cloud.run(demo.ceilometer.meters()).some(({ name }) => name === "cpu"); // → true
 * ```
 */
export class CeilometerApi extends ApiPart {
  readonly #asker: Asker;

  constructor(asker: Asker) {
    super();
    this.#asker = asker;
  }

  /** @throws ClientException */
  *meters(conditions: readonly CeilometerCondition[] = []): Op<readonly CeilometerMeter[]> {
    const { body } = yield* this.#asker.request("GET", `/v2/meters${queryOf(conditions)}`);
    return shaped(list(METER), body, "the list of meters");
  }

  /** Samples of a meter, newest first. @throws ClientException */
  *samples(
    meter: string,
    conditions: readonly CeilometerCondition[] = [],
  ): Op<readonly CeilometerSample[]> {
    const path = `/v2/meters/${quote(meter)}${queryOf(conditions)}`;
    const { body } = yield* this.#asker.request("GET", path);
    return shaped(list(SAMPLE), body, "the list of samples");
  }

  /** @param options.period seconds that are put together; default: all in one @throws ClientException */
  *statistics(
    meter: string,
    {
      conditions = [],
      period,
    }: { readonly conditions?: readonly CeilometerCondition[]; readonly period?: number } = {},
  ): Op<readonly CeilometerStatistics[]> {
    const more = period === undefined ? [] : [`period=${String(period)}`];
    const path = `/v2/meters/${quote(meter)}/statistics${queryOf(conditions, more)}`;
    const { body } = yield* this.#asker.request("GET", path);
    return shaped(list(STATISTICS), body, "the list of statistics");
  }

  /** @throws ClientException */
  *resources(conditions: readonly CeilometerCondition[] = []): Op<readonly CeilometerResource[]> {
    const { body } = yield* this.#asker.request("GET", `/v2/resources${queryOf(conditions)}`);
    return shaped(list(RESOURCE), body, "the list of resources");
  }

  /** @throws ClientException */
  *alarms(conditions: readonly CeilometerCondition[] = []): Op<readonly CeilometerAlarm[]> {
    const { body } = yield* this.#asker.request("GET", `/v2/alarms${queryOf(conditions)}`);
    return shaped(list(ALARM), body, "the list of alarms");
  }

  /** @throws NotFound, ClientException */
  *alarm(id: string): Op<CeilometerAlarm> {
    const { body } = yield* this.#asker.request("GET", `/v2/alarms/${id}`);
    return shaped(ALARM, body, "the answer about an alarm");
  }

  /** An alarm on what a meter is over or under. @throws ClientException */
  *createAlarm(alarm: NewCeilometerAlarm): Op<CeilometerAlarm> {
    const asked = { type: "threshold", ...alarm } as unknown as JsonObject;
    const { body } = yield* this.#asker.request("POST", "/v2/alarms", asked);
    return shaped(ALARM, body, "the answer about an alarm");
  }

  /** @throws NotFound, ClientException */
  *deleteAlarm(id: string): Op<void> {
    yield* this.#asker.request("DELETE", `/v2/alarms/${id}`);
  }
}

function queryOf(conditions: readonly CeilometerCondition[], more: readonly string[] = []): string {
  const asked = conditions.flatMap(({ field, op = "eq", value }) => [
    `q.field=${quote(field)}`,
    `q.op=${op}`,
    `q.value=${quote(value)}`,
  ]);
  const all = [...asked, ...more];
  return all.length === 0 ? "" : `?${all.join("&")}`;
}

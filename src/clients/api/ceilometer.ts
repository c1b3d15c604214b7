/** Ceilometer's v2 API for programs. Upstream: ceilometerclient/v2/client.py, 1.0.12. */
import { assertOptions, assertText, refuse, type Op } from "../../kernel/index.js";
import { quote, type JsonObject } from "../../python/index.js";
import { getList, getOne, named, type Asker } from "./asking.js";
import { ApiPart } from "./part.js";
import { shaped } from "./shape.js";
import {
  METER,
  SAMPLE,
  STATISTICS,
  ALARM,
  RESOURCE,
  type CeilometerMeter,
  type CeilometerSample,
  type CeilometerStatistics,
  type CeilometerAlarm,
  type CeilometerResource,
  type CeilometerCondition,
  type NewCeilometerAlarm,
} from "./shapes/ceilometer.js";

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
    return yield* getList(this.#asker, `/v2/meters${queryOf(conditions)}`, METER, "meters", "");
  }

  /** Samples of a meter, newest first. @throws ClientException */
  *samples(
    meter: string,
    conditions: readonly CeilometerCondition[] = [],
  ): Op<readonly CeilometerSample[]> {
    const path = `/v2/meters/${quote(named(meter, "a meter"))}${queryOf(conditions)}`;
    return yield* getList(this.#asker, path, SAMPLE, "samples", "");
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
    const path = `/v2/meters/${quote(named(meter, "a meter"))}/statistics${queryOf(conditions, more)}`;
    return yield* getList(this.#asker, path, STATISTICS, "statistics", "");
  }

  /** @throws ClientException */
  *resources(conditions: readonly CeilometerCondition[] = []): Op<readonly CeilometerResource[]> {
    return yield* getList(
      this.#asker,
      `/v2/resources${queryOf(conditions)}`,
      RESOURCE,
      "resources",
      "",
    );
  }

  /** @throws ClientException */
  *alarms(conditions: readonly CeilometerCondition[] = []): Op<readonly CeilometerAlarm[]> {
    return yield* getList(this.#asker, `/v2/alarms${queryOf(conditions)}`, ALARM, "alarms", "");
  }

  /** @throws NotFound, ClientException */
  *alarm(id: string): Op<CeilometerAlarm> {
    return yield* getOne(this.#asker, `/v2/alarms/${named(id, "an alarm")}`, ALARM, "an alarm");
  }

  /** An alarm on what a meter is over or under. @throws ClientException */
  *createAlarm(alarm: NewCeilometerAlarm): Op<CeilometerAlarm> {
    const asked = { type: "threshold", ...alarm } as unknown as JsonObject;
    const { body } = yield* this.#asker.request("POST", "/v2/alarms", asked);
    return shaped(ALARM, body, "the answer about an alarm");
  }

  /** @throws NotFound, ClientException */
  *deleteAlarm(id: string): Op<void> {
    yield* this.#asker.request("DELETE", `/v2/alarms/${named(id, "an alarm")}`);
  }
}

function queryOf(conditions: readonly CeilometerCondition[], more: readonly string[] = []): string {
  const given: unknown = conditions;
  if (!Array.isArray(given)) {
    refuse(given, "a list", 'conditions: [{ field: "resource_id", value: "..." }]');
  }
  for (const condition of conditions) {
    assertOptions(condition, "a condition", ["field", "op", "value"]);
    assertText(condition.field, "a condition: field", "the name of a field");
    assertText(condition.value, "a condition: value", "a text");
  }
  const asked = conditions.flatMap(({ field, op = "eq", value }) => [
    `q.field=${quote(field)}`,
    `q.op=${op}`,
    `q.value=${quote(value)}`,
  ]);
  const all = [...asked, ...more];
  return all.length === 0 ? "" : `?${all.join("&")}`;
}

/** Requests of all sorts to every route of Heat and Ceilometer, of a cloud that has a stack, samples, alarms and events. */
import fc from "fast-check";
import { Cloud } from "../../../src/cloud/cloud.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../src/python/index.js";
import { Digest } from "../digest.js";
import { bodyOf, bodyRecipe, placesOf, queryOf, type Place } from "../recipe.js";
import { telemetryBodies } from "./telemetry-bodies.js";
import type { Asked } from "../thrown.js";
import { Visitor } from "./visitor.js";

const PORTS: Readonly<Record<string, number>> = { "heat-api": 8004, "ceilometer-api": 8777 };

export const PLACES = placesOf(PORTS);

const NAMES = ["q.field", "q.op", "q.value", "q.type", "limit", "period", "groupby"].concat([
  ...["aggregate.func", "aggregate.param", "meter_links", "marker", "sort_keys", "sort_dir"],
  ...["status", "name", "global_tenant", "show_deleted", "action", "with_detail", "nested_depth"],
  ...["filters", "__proto__"],
]);
const VALUES = ["", "-1", "0", "abc", "1e309", "9223372036854775808", "None", "é", "true"].concat([
  ...["user_id", "timestamp", "metadata.a", "start_time", "eq", "lt", "!=", "string", "integer"],
  ...["datetime", "2014-09-18T04:00:00", "cardinality", "resource_id", "{'a': 1}"],
]);

/** What a request is made of; the request itself needs a cloud. */
export const recipe = fc.record({
  place: fc.nat({ max: PLACES.length - 1 }),
  ids: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
  odd: fc.constantFrom("", "__proto__", "..", "%00", "x".repeat(300), "a b", "é"),
  query: fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES)), {
    maxLength: 4,
  }),
  ...bodyRecipe,
});
export type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

export class TelemetryJunkBed {
  readonly cloud: Cloud;
  readonly #digest = new Digest();
  readonly visitor: Visitor;
  readonly ids: readonly string[];

  constructor() {
    this.cloud = new Cloud({
      seed: 7,
      observer: this.#digest,
      services: ["heat", "ceilometer"],
      flags: { notification_driver: ["messaging"], store_events: true },
    });
    this.visitor = new Visitor(this.cloud);
    const { tenant } = this.visitor;
    const made = [
      this.#post(8004, `/v1/${tenant}/stacks`, telemetryBodies("POST", "/stacks", [])[0]),
      ...["/v2/alarms", "/v2/meters/load"].map((path) =>
        this.#post(8777, path, telemetryBodies("POST", path, [])[0]),
      ),
    ];
    const events = this.visitor.ask({
      method: "GET",
      url: "http://controller:8777/v2/events",
      body: undefined,
    });
    const first = Array.isArray(events.body) ? (events.body as readonly Json[])[0] : undefined;
    this.ids = [
      ...(JSON.stringify(made).match(IDS) ?? []),
      ...["s1", "r1", "load", "data", "OS::Heat::RandomString", tenant],
      ...(isObject(first) ? [textOf(first, "message_id"), textOf(first, "event_type")] : []),
    ];
    this.cloud.kernel.unchecked.admit();
  }

  /** Of everything that has happened. */
  get digest(): string {
    return this.#digest.digest;
  }

  #post(port: number, path: string, body: Json | undefined): JsonObject {
    const url = `http://controller:${String(port)}${path}`;
    const answer = this.visitor.ask({ method: "POST", url, body });
    this.cloud.settle();
    if (answer.status >= 300) throw new Error(`${url}: ${JSON.stringify(answer.body)}`);
    return { made: answer.body };
  }
}

/** The request that `made` is in `bed`. */
export function requestOf(bed: TelemetryJunkBed, made: Recipe): Asked {
  const { port, route } = PLACES[made.place] as Place;
  const { ids } = bed;
  let at = 0;
  const path = route.path.replace(/\{(\w+)\}/gu, (_, name: string) => {
    const pick = made.ids[at++ % 4] ?? 0;
    if (name === "tenant_id" && pick % 16 > 0) return bed.visitor.tenant;
    if (name === "stack_name" && pick % 2 > 0) return "s1";
    return encodeURI(pick % 6 === 0 ? made.odd : (ids[pick % ids.length] ?? ""));
  });
  const url = `http://controller:${String(port)}${path}${queryOf(made.query)}`;
  const samples = telemetryBodies(route.method, route.path, ids);
  return { method: route.method, url, body: bodyOf(made, samples) };
}

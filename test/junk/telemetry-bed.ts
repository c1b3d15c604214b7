/** Requests of all sorts to every route of Heat and Ceilometer, of a cloud that has a stack, samples, alarms and events. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { Cloud } from "../../src/cloud/cloud.js";
import { HttpClient, type HttpResponse } from "../../src/http/index.js";
import type { Observation, Observer } from "../../src/kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../src/python/index.js";
import { restServices, type RouteLine } from "../docs/rest.js";
import { telemetryBodies } from "./telemetry-bodies.js";
import { junk, spoiled, spoiling } from "./values.js";

const PORTS: Readonly<Record<string, number>> = { "heat-api": 8004, "ceilometer-api": 8777 };

interface Place {
  readonly port: number;
  readonly route: RouteLine;
}

export const PLACES: readonly Place[] = [...restServices()].flatMap(([service, routes]) => {
  const port = PORTS[service];
  return port === undefined ? [] : routes.map((route) => ({ port, route }));
});

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
  sample: fc.nat(),
  spoilings: fc.array(spoiling, { maxLength: 2 }),
  wild: junk,
  how: fc.constantFrom("sample", "sample", "sample", "wild", "none", "text"),
  text: fc.constantFrom("", "{", "null", "a\u0000b", "\ud800", "[1, 2", '{"a": 1e309}', "NaN"),
});
export type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: Json | undefined;
}

/** Keeps the bytes of everything that happens. */
class Digest implements Observer {
  readonly hash = createHash("sha256");
  #seq = 0;

  observe(time: number, what: Observation): number {
    this.hash.update(`${String(time)} ${JSON.stringify(what)}\n`);
    return this.#seq++;
  }
}

const IDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu;

export class TelemetryJunkBed {
  readonly cloud: Cloud;
  readonly #digest = new Digest();
  readonly #ids: readonly string[];
  #token = "";

  constructor() {
    this.cloud = new Cloud({
      seed: 7,
      observer: this.#digest,
      services: ["heat", "ceilometer"],
      flags: { notification_driver: ["messaging"], store_events: true },
    });
    this.renew();
    const made = [
      this.#post(8004, `/v1/${this.tenant}/stacks`, telemetryBodies("POST", "/stacks", [])[0]),
      ...["/v2/alarms", "/v2/meters/load"].map((path) =>
        this.#post(8777, path, telemetryBodies("POST", path, [])[0]),
      ),
    ];
    const events = this.ask({
      method: "GET",
      url: "http://controller:8777/v2/events",
      body: undefined,
    });
    const first = Array.isArray(events.body) ? (events.body as readonly Json[])[0] : undefined;
    this.#ids = [
      ...(JSON.stringify(made).match(IDS) ?? []),
      ...["s1", "r1", "load", "data", "OS::Heat::RandomString", this.tenant],
      ...(isObject(first) ? [textOf(first, "message_id"), textOf(first, "event_type")] : []),
    ];
    this.cloud.kernel.unchecked.admit();
  }

  get tenant(): string {
    return this.cloud.id("project", "admin") ?? "";
  }

  get digest(): string {
    return this.#digest.hash.copy().digest("hex");
  }

  get ids(): readonly string[] {
    return this.#ids;
  }

  /** A token that is good for the next request. */
  renew(): void {
    this.#token = "";
    const passwordCredentials = { username: "admin", password: "secret" };
    const body = { auth: { tenantName: "admin", passwordCredentials } };
    const answer = this.ask({ method: "POST", url: "http://controller:5000/v2.0/tokens", body });
    const { access } = answer.body as { access?: { token: { id: string } } };
    if (access !== undefined) this.#token = access.token.id;
  }

  ask({ method, url, body }: Asked): HttpResponse {
    const http = new HttpClient(this.cloud.network, "junk");
    const headers = {
      ...(this.#token !== "" && { "x-auth-token": this.#token }),
      "x-auth-user": "admin",
      "x-auth-key": "secret",
    };
    return this.cloud.run(http.request(method, url, { headers, body }));
  }

  #post(port: number, path: string, body: Json | undefined): JsonObject {
    const url = `http://controller:${String(port)}${path}`;
    const answer = this.ask({ method: "POST", url, body });
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
    if (name === "tenant_id" && pick % 16 > 0) return bed.tenant;
    if (name === "stack_name" && pick % 2 > 0) return "s1";
    return encodeURI(pick % 6 === 0 ? made.odd : (ids[pick % ids.length] ?? ""));
  });
  const query = made.query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  const url = `http://controller:${String(port)}${path}${query === "" ? "" : `?${query}`}`;
  const samples = telemetryBodies(route.method, route.path, ids);
  const start = samples[made.sample % Math.max(1, samples.length)] ?? made.wild;
  const bodies = {
    sample: () => made.spoilings.reduce<Json>((body, by) => spoiled(body, by), start),
    wild: () => made.wild,
    none: () => undefined,
    text: () => made.text,
  };
  return { method: route.method, url, body: bodies[made.how]() };
}

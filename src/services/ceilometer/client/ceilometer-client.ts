/**
 * Every request that commands and services make of ceilometer-api. It knows a way to the service and no login.
 * Upstream: python-ceilometerclient 1.0.12 `ceilometerclient/v2/*.py`, `ceilometerclient/common/base.py`.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import { buildUrl, type QueryTerm } from "./options.js";

/** The metering endpoint of one user, who is logged in or will be at the first request. */
export interface MeteringEndpoint {
  /** Ask; `path` begins with a slash. @throws an error for 400 and up */
  request(method: string, path: string, body?: Json): Op<HttpResponse>;
}

type Query = readonly Partial<QueryTerm>[] | undefined;

/** `avg`, or `cardinality` of `resource_id`. */
export interface AggregateTerm {
  readonly func: string;
  readonly param?: string | undefined;
}

export interface StatisticsOptions {
  readonly query?: Query;
  readonly period?: string | undefined;
  readonly groupby?: readonly string[];
  readonly aggregates?: readonly AggregateTerm[];
}

export class CeilometerClient {
  readonly #endpoint: MeteringEndpoint;

  constructor(endpoint: MeteringEndpoint) {
    this.#endpoint = endpoint;
  }

  meters(query?: Query): Op<JsonObject[]> {
    return this.#list(buildUrl("/v2/meters", query));
  }

  samples(meter: string, query?: Query, limit?: string): Op<JsonObject[]> {
    return this.#list(buildUrl(`/v2/meters/${meter}`, query, limited(limit)));
  }

  createSample(meter: string, sample: JsonObject): Op<JsonObject[]> {
    return this.#objects("POST", `/v2/meters/${meter}`, [sample]);
  }

  statistics(meter: string, options: StatisticsOptions = {}): Op<JsonObject[]> {
    const { query, period, groupby = [], aggregates = [] } = options;
    const params = period === undefined || period === "" ? [] : [`period=${period}`];
    const grouped = groupby.map((name) => `groupby=${name}`);
    const all = [...params, ...grouped, ...aggregateParams(aggregates)];
    return this.#list(buildUrl(`/v2/meters/${meter}/statistics`, query, all));
  }

  resources(query?: Query): Op<JsonObject[]> {
    return this.#list(buildUrl("/v2/resources", query));
  }

  resource(id: string): Op<JsonObject> {
    return this.#one("GET", `/v2/resources/${id}`);
  }

  alarms(query?: Query): Op<JsonObject[]> {
    return this.#list(buildUrl("/v2/alarms", query));
  }

  alarm(id: string): Op<JsonObject> {
    return this.#one("GET", `/v2/alarms/${id}`);
  }

  createAlarm(alarm: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/v2/alarms", alarm);
  }

  updateAlarm(id: string, alarm: JsonObject): Op<JsonObject> {
    return this.#one("PUT", `/v2/alarms/${id}`, alarm);
  }

  *deleteAlarm(id: string): Op<void> {
    yield* this.#endpoint.request("DELETE", `/v2/alarms/${id}`);
  }

  *alarmState(id: string): Op<string> {
    return str((yield* this.#endpoint.request("GET", `/v2/alarms/${id}/state`)).body);
  }

  *setAlarmState(id: string, state: string): Op<string> {
    return str((yield* this.#endpoint.request("PUT", `/v2/alarms/${id}/state`, state)).body);
  }

  alarmHistory(id: string, query?: Query): Op<JsonObject[]> {
    return this.#list(buildUrl(`/v2/alarms/${id}/history`, query));
  }

  /** @param of `samples`, `alarms` or `alarms/history` */
  query(of: string, query: JsonObject): Op<JsonObject[]> {
    return this.#objects("POST", `/v2/query/${of}`, query);
  }

  events(query?: Query): Op<JsonObject[]> {
    return this.#list(buildUrl("/v2/events", query));
  }

  event(id: string): Op<JsonObject> {
    return this.#one("GET", `/v2/events/${id}`);
  }

  *eventTypes(): Op<string[]> {
    const { body } = yield* this.#endpoint.request("GET", "/v2/event_types/");
    return Array.isArray(body) ? (body as readonly Json[]).map(str) : [];
  }

  traitDescriptions(eventType: string): Op<JsonObject[]> {
    return this.#list(`/v2/event_types/${eventType}/traits`);
  }

  traits(eventType: string, name: string): Op<JsonObject[]> {
    return this.#list(`/v2/event_types/${eventType}/traits/${name}`);
  }

  #list(path: string): Op<JsonObject[]> {
    return this.#objects("GET", path);
  }

  *#objects(method: string, path: string, body?: Json): Op<JsonObject[]> {
    const response = yield* this.#endpoint.request(method, path, body);
    return Array.isArray(response.body) ? (response.body as readonly Json[]).filter(isObject) : [];
  }

  *#one(method: string, path: string, body?: Json): Op<JsonObject> {
    const response = yield* this.#endpoint.request(method, path, body);
    return isObject(response.body) ? response.body : {};
  }
}

const limited = (limit: string | undefined): string[] =>
  limit === undefined || limit === "" ? [] : [`limit=${limit}`];

/** Those with a parameter go to the front, so that functions and parameters stay in step. */
function aggregateParams(aggregates: readonly AggregateTerm[]): string[] {
  const params: string[] = [];
  for (const { func, param } of aggregates) {
    if (param === undefined) params.push(`aggregate.func=${func}`);
    else params.unshift(`aggregate.func=${func}`, `aggregate.param=${param}`);
  }
  return params;
}

/**
 * Ceilometer, of which Heat wants alarms. Upstream: heat/engine/clients/os/ceilometer.py at 2014.2,
 * python-ceilometerclient 1.0.12 (v2/alarms.py, v2/options.py).
 */
import { asLibrary, fromResponse, NotFound } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import type { ClientEnv } from "./context.js";
import type { KeystonePlugin } from "./keystone.js";

export class CeilometerPlugin {
  readonly #env: ClientEnv;
  readonly #keystone: KeystonePlugin;

  constructor(env: ClientEnv, keystone: KeystonePlugin) {
    this.#env = env;
    this.#keystone = keystone;
  }

  isNotFound(error: unknown): boolean {
    return error instanceof NotFound;
  }

  /** `POST /v2/alarms`. @returns the alarm as it is kept */
  createAlarm(alarm: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/v2/alarms", alarm);
  }

  /** What is given is changed, in what Ceilometer knows of the alarm. */
  *updateAlarm(id: string, changes: JsonObject): Op<void> {
    const known = yield* this.#one("GET", `/v2/alarms/${id}`);
    const { threshold_rule: rule, ...rest } = changes;
    const kept = known["threshold_rule"];
    yield* this.#ask("PUT", `/v2/alarms/${id}`, {
      ...known,
      ...rest,
      ...(isObject(rule) && { threshold_rule: { ...(isObject(kept) ? kept : {}), ...rule } }),
    });
  }

  *deleteAlarm(id: string): Op<void> {
    yield* this.#ask("DELETE", `/v2/alarms/${id}`);
  }

  *#one(method: string, path: string, sent?: JsonObject): Op<JsonObject> {
    const { body } = yield* this.#ask(method, path, sent);
    return isObject(body) ? body : {};
  }

  /** @throws ClientException */
  *#ask(method: string, path: string, body?: JsonObject): Op<HttpResponse> {
    const kind = this.#env.flags.clients_ceilometer_endpoint_type;
    const url = (yield* this.#keystone.urlFor("metering", kind)).replace(/\/+$/u, "");
    const http = asLibrary(this.#env.http, "ceilometerclient.openstack.common.apiclient");
    const response = yield* http.request(method, url + path, {
      headers: { "x-auth-token": yield* this.#keystone.authToken() },
      ...(body !== undefined && { body }),
    });
    if (response.status < 400) return response;
    throw fromResponse(response, method, path);
  }
}

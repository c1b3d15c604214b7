/**
 * Ceilometer, of which Heat wants alarms. Upstream: heat/engine/clients/os/ceilometer.py at 2014.2,
 * python-ceilometerclient 1.0.12 (v2/alarms.py, v2/options.py).
 */
import {
  asLibrary,
  CommandError,
  fromResponse,
  NotFound,
} from "../../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import type { ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

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

  /** What is given is changed, in what Ceilometer knows of the alarm. @throws CommandError */
  *updateAlarm(id: string, changes: JsonObject): Op<void> {
    const known = yield* this.#known(id);
    const updated: Record<string, Json> = { ...known };
    for (const [key, value] of Object.entries(changes)) {
      const old = known[key];
      if (old === undefined) continue;
      updated[key] = isObject(value) && isObject(old) ? { ...old, ...value } : value;
    }
    updated["time_constraints"] ??= [];
    yield* this.#ask("PUT", `/v2/alarms/${id}`, updated);
  }

  *#known(id: string): Op<JsonObject> {
    try {
      return yield* this.#one("GET", `/v2/alarms/${id}`);
    } catch (error) {
      if (error instanceof NotFound) throw new CommandError(`Alarm not found: ${id}`);
      throw error;
    }
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

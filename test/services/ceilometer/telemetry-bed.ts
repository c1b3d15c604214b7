/** A cloud with Ceilometer, and users who ask its API as it is: whatever is answered. */
import { Cloud, type CloudSetup } from "../../../src/cloud/cloud.js";
import { isObject, type Json, type JsonObject } from "../../../src/python/index.js";

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export class TelemetryBed {
  readonly cloud: Cloud;

  constructor(options: CloudSetup = {}) {
    this.cloud = new Cloud({ seed: 3, services: ["ceilometer"], ...options });
  }

  ask(method: string, path: string, body?: Json, user = "admin"): Answer {
    const to = "metering";
    const request = { to, method, path, ...(body !== undefined && { body }) };
    const thread = this.cloud.user(user).beginRequest(request);
    const answer = this.cloud.kernel.finish(thread);
    if (answer.kind !== "response") throw new Error(`no answer to ${method} ${path}`);
    const { status, body: answered } = answer.response;
    return { status, body: answered };
  }

  get(path: string, user = "admin"): Json {
    const { status, body } = this.ask("GET", path, undefined, user);
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  }

  list(path: string, user = "admin"): JsonObject[] {
    return (this.get(path, user) as readonly Json[]).filter(isObject);
  }

  /** What is said of a refusal. */
  fault(method: string, path: string, body?: Json, user = "admin"): [number, Json] {
    const { status, body: answered } = this.ask(method, path, body, user);
    const error = isObject(answered) ? answered["error_message"] : undefined;
    return [status, isObject(error) ? (error["faultstring"] ?? null) : (error ?? null)];
  }

  /** Samples are posted, and the collector has written them. */
  post(
    meter: string,
    samples: readonly (Readonly<Record<string, Json>> & { readonly volume: number })[],
    user = "admin",
  ): Answer {
    const body = samples.map(({ volume, ...more }) => ({
      counter_name: meter,
      counter_type: "gauge",
      counter_unit: "GB",
      counter_volume: volume,
      resource_id: "r1",
      ...more,
    }));
    const answer = this.ask("POST", `/v2/meters/${meter}`, body, user);
    this.cloud.settle();
    return answer;
  }

  /** An alarm with a threshold of 3 on meter `load`, over a minute. */
  alarm(values: JsonObject = {}, rule: JsonObject = {}, user = "admin"): Answer {
    const threshold_rule = {
      ...{ meter_name: "load", threshold: 3, comparison_operator: "gt" },
      ...rule,
    };
    return this.ask(
      "POST",
      "/v2/alarms",
      { name: "a1", type: "threshold", threshold_rule, ...values },
      user,
    );
  }

  idOf({ body }: Answer): string {
    const id = isObject(body) ? body["alarm_id"] : undefined;
    if (typeof id !== "string") throw new Error(JSON.stringify(body));
    return id;
  }
}

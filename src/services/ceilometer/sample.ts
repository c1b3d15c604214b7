/**
 * A sample: one measurement of one meter of one resource, as it goes through a pipeline. Values out of
 * notifications are what the notification had. Upstream: ceilometer/sample.py at 2014.2.
 */
import { option, string, type Env } from "../../framework/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import { SampleIds } from "./sample-ids.js";

export const sampleFlags = {
  sample_source: option(
    "sample_source",
    string("openstack", "Source for samples emitted on this instance"),
    ["counter_source"],
  ),
};

export interface Measurement {
  readonly name: string;
  /** `gauge`, `delta` or `cumulative`, of what Ceilometer itself measures. */
  readonly type: string;
  readonly unit: string;
  readonly volume: Json;
  readonly user_id: Json;
  readonly project_id: Json;
  readonly resource_id: Json;
  readonly timestamp: string;
  readonly resource_metadata: Json;
  readonly source?: string;
}

export interface Sample extends Measurement {
  readonly source: string;
  readonly id: string;
}

/** A notification in the form that handlers read: its own members, and `_context_*`. */
export interface Notification {
  readonly event_type: string;
  readonly publisher_id: string;
  readonly payload: Json;
  readonly timestamp: string;
  readonly context: JsonObject;
}

/** Makes the samples of a process. */
export class Samples {
  readonly #source: string;
  readonly #ids: SampleIds;

  constructor(env: Env) {
    this.#source = env.flags.read(sampleFlags).sample_source;
    this.#ids = new SampleIds(env);
  }

  make(measurement: Measurement): Sample {
    return {
      ...measurement,
      source: measurement.source ?? this.#source,
      id: this.#ids.next(),
    };
  }
}

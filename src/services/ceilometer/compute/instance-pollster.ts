/**
 * A pollster that goes through servers, one after the other: one that is gone meanwhile is passed over, and one that
 * fails keeps none from the next. Upstream: the `get_samples` of ceilometer/compute/pollsters/*.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import type { Cycle, Pollster } from "../agent/pollster.js";
import type { Measurement } from "../sample.js";
import { InstanceNotFoundException } from "./inspector.js";
import { instanceName } from "./instance-sample.js";

type Measure = (instance: JsonObject, cycle: Cycle) => Op<readonly Measurement[]>;

/** What a pollster says of an instance that it cannot look at. */
type Complaint = (instance: JsonObject, message: string) => string;

export const instancePollster = (
  env: Env,
  name: string,
  measure: Measure,
  complaint: Complaint,
): Pollster => ({
  name,
  *samples(cycle, resources) {
    const measured: Measurement[] = [];
    for (const instance of resources.filter(isObject)) {
      try {
        measured.push(...(yield* measure(instance, cycle)));
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (error instanceof InstanceNotFoundException) {
          env.log("debug", `Exception while getting samples ${error.message}`);
        } else env.log("error", complaint(instance, error.message));
      }
    }
    return measured;
  },
});

export const ignoring: Complaint = (instance, message) =>
  `Ignoring instance ${instanceName(instance)}: ${message}`;

/** What takes no time, and may raise. */
export function* once<T>(of: () => T): Op<T> {
  return of();
}

/**
 * Where a sink sends its samples: `notifier://`, as notifications of priority `sample` that the collector
 * hears. What oslo.messaging cannot send it logs and forgets, so that a policy of `queue` or `drop` has
 * nothing to do; that either sets rabbit_max_retries to 1 is left out, and so are `rpc://`, `udp://` and
 * `file://`. Upstream: ceilometer/publisher/messaging.py (NotifierPublisher) at 2014.2.
 */
import { Notifier } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { parseQuery } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  Exception,
  ValueError,
  parseInteger,
  textOf,
  type JsonObject,
} from "../../../python/index.js";
import type { CeilometerContext } from "../context.js";
import { groupedBy } from "../pipeline/groups.js";
import type { Sample } from "../sample.js";
import { driverFlags, secretFlags, topicFlags } from "./flags.js";
import { Signer } from "./signature.js";

export interface Publisher {
  publish(ctxt: CeilometerContext, samples: readonly Sample[]): Op<void>;
}

const POLICIES: readonly string[] = ["default", "queue", "drop"];

/** stevedore's, for a scheme that no plugin has. */
class NoMatches extends Exception {
  override readonly name: string = "RuntimeError";
}

/** @param url with its scheme @throws RuntimeError for a scheme that there is not, ValueError */
export function publisherOf(env: Env, url: string): Publisher {
  const { metering_secret } = env.flags.read(secretFlags);
  const { metering_topic, notifier_topic } = env.flags.read(topicFlags);
  const { metering_driver } = env.flags.read(driverFlags);
  const [scheme = "", rest = ""] = url.split("://");
  if (scheme !== "notifier") {
    throw new NoMatches(`No 'ceilometer.publisher' driver found, looking for '${scheme}'`);
  }
  const query = parseQuery(rest.split("?")[1] ?? "");
  const perMeter = whole(query.get("per_meter_topic") ?? "0") !== 0;
  logPolicy(env, query.get("policy") ?? "default");
  const signer = new Signer(metering_secret);
  const notifier = new Notifier(env.bus, {
    publisherId: `metering.publisher.${env.host}`,
    drivers: [metering_driver],
    topics: [notifier_topic],
  });
  return {
    *publish(ctxt, samples) {
      const meters = samples.map((sample) => meterMessage(sample, signer));
      yield* notifier.notify(ctxt, "sample", metering_topic, meters);
      if (!perMeter) return;
      for (const [name, group] of groupedBy(meters, (meter) => textOf(meter, "counter_name"))) {
        yield* notifier.notify(ctxt, "sample", `${metering_topic}.${name}`, group);
      }
    },
  };
}

function logPolicy(env: Env, policy: string): void {
  if (!POLICIES.includes(policy)) {
    env.log("warning", `Publishing policy is unknown (${policy}) force to default`);
  } else if (policy === "default") {
    env.log("info", `Publishing policy set to ${policy}`);
  } else {
    env.log("info", `Publishing policy set to ${policy}, override backend retry config to 1`);
  }
}

function whole(text: string): number {
  const value = parseInteger(text);
  if (value !== undefined) return value;
  throw new ValueError(`invalid literal for int() with base 10: '${text}'`);
}

/** `meter_message_from_counter`. @throws UnicodeEncodeError for metadata that cannot be signed */
export function meterMessage(sample: Sample, signer: Signer): JsonObject {
  const message = {
    source: sample.source,
    counter_name: sample.name,
    counter_type: sample.type,
    counter_unit: sample.unit,
    counter_volume: sample.volume,
    user_id: sample.user_id,
    project_id: sample.project_id,
    resource_id: sample.resource_id,
    timestamp: sample.timestamp,
    resource_metadata: sample.resource_metadata,
    message_id: sample.id,
  };
  return { ...message, message_signature: signer.signatureOf(message) };
}

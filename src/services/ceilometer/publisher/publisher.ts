/**
 * Where a sink sends its samples: `notifier://`, as notifications of priority `sample`, or `rpc://`, as casts;
 * the collector hears both. A policy of `queue` or `drop` has a message tried once more and no further, but keeps
 * nothing: the notifier says nothing of what it could not send, and what a cast raises is none of the errors that
 * upstream waits for. `udp://` and `file://` are left out. Upstream: ceilometer/publisher/messaging.py at 2014.2
 * over oslo.messaging 1.4 (MessageDeliveryFailure is no RPCException).
 */
import { Notifier, RpcClient } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { parseQuery, type Query } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  Exception,
  ValueError,
  parseInteger,
  textOf,
  type JsonObject,
} from "../../../python/index.js";
import { ceilometerSerializer, type CeilometerContext } from "../context.js";
import { groupedBy } from "../pipeline/groups.js";
import type { Sample } from "../sample.js";
import { driverFlags, secretFlags, topicFlags } from "./flags.js";
import { Signer } from "./signature.js";

export interface Publisher {
  publish(ctxt: CeilometerContext, samples: readonly Sample[]): Op<void>;
}

/** stevedore's, for a scheme that no plugin has. */
class NoMatches extends Exception {
  override readonly name: string = "RuntimeError";
}

/** @param url with its scheme @throws RuntimeError for a scheme that there is not, ValueError */
export function publisherOf(env: Env, url: string): Publisher {
  const [scheme = "", rest = ""] = url.split("://");
  const make = SENDERS.get(scheme);
  if (make === undefined) {
    throw new NoMatches(`No 'ceilometer.publisher' driver found, looking for '${scheme}'`);
  }
  const query = parseQuery(rest.split("?")[1] ?? "");
  const perMeter = whole(query.get("per_meter_topic") ?? "0") !== 0;
  const retry = retriesOf(env, query.get("policy") ?? "default");
  const { metering_secret } = env.flags.read(secretFlags);
  const { metering_topic } = env.flags.read(topicFlags);
  const signer = new Signer(metering_secret);
  const send = make(env, query, retry);
  return {
    *publish(ctxt, samples) {
      const meters = samples.map((sample) => meterMessage(sample, signer));
      yield* send(ctxt, metering_topic, meters);
      if (!perMeter) return;
      for (const [name, group] of groupedBy(meters, (meter) => textOf(meter, "counter_name"))) {
        yield* send(ctxt, `${metering_topic}.${name}`, group);
      }
    },
  };
}

/** Sends what has been measured under a topic's name. */
type Send = (ctxt: CeilometerContext, topic: string, meters: readonly JsonObject[]) => Op<void>;

type MakeSend = (env: Env, query: Query, retry: number | undefined) => Send;

const byNotifier: MakeSend = (env, _query, retry) => {
  const { notifier_topic } = env.flags.read(topicFlags);
  const { metering_driver } = env.flags.read(driverFlags);
  const notifier = new Notifier(env.bus, {
    publisherId: `metering.publisher.${env.host}`,
    drivers: [metering_driver],
    topics: [notifier_topic],
    retry,
  });
  return (ctxt, topic, meters) => notifier.notify(ctxt, "sample", topic, meters);
};

/** `target` names another method than the collector's. */
const byRpc: MakeSend = (env, query, retry) => {
  const method = query.get("target") ?? "record_metering_data";
  const rpc = new RpcClient(env.bus, ceilometerSerializer);
  return (ctxt, topic, data) => rpc.cast({ topic, retry }, ctxt, method, { data }, "1.0");
};

/** By scheme; RPC was called otherwise before. */
const SENDERS: ReadonlyMap<string, MakeSend> = new Map([
  ["notifier", byNotifier],
  ["rpc", byRpc],
  ["meter", byRpc],
  ["meter_publisher", byRpc],
]);

/** How often a message is tried again while the broker is away; for ever, unless the policy says otherwise. */
function retriesOf(env: Env, policy: string): number | undefined {
  if (policy === "queue" || policy === "drop") {
    env.log("info", `Publishing policy set to ${policy}, override backend retry config to 1`);
    return 1;
  }
  if (policy === "default") {
    env.log("info", `Publishing policy set to ${policy}`);
  } else {
    env.log("warning", `Publishing policy is unknown (${policy}) force to default`);
  }
  return undefined;
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

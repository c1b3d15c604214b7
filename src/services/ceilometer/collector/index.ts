/**
 * ceilometer-collector: takes samples off the bus, as notifications of priority `sample` and as casts, and has
 * them written. There is no UDP socket; that a sample is put back if it cannot be written never happens with
 * this dispatcher. Upstream: ceilometer/collector.py at 2014.2.
 */
import { NotificationListener, endpoint } from "../../../bus/index.js";
import { contextSerializer, type Env, type Process } from "../../../framework/index.js";
import { RpcServers } from "../../../framework/process/rpc-servers.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { Json } from "../../../python/index.js";
import { listening } from "../listening.js";
import { topicFlags } from "../publisher/flags.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { DatabaseDispatcher } from "./dispatcher.js";
import { collectorApi } from "./rpcapi.js";

export function ceilometerCollector(env: Env, database: CeilometerDatabase): Process {
  const { metering_topic, notifier_topic } = env.flags.read(topicFlags);
  const dispatcher = new DatabaseDispatcher(env, database);
  /** The dispatchers' manager keeps to itself what they raise. */
  function* record(data: Json): Op<void> {
    try {
      yield* dispatcher.record(data);
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      env.log("error", `Error calling 'record_metering_data': ${name}: ${message}`);
    }
  }
  const listener = new NotificationListener(env.bus, {
    topics: [notifier_topic],
    endpoints: [
      {
        *sample(_ctxt, _publisher, _event, payload) {
          yield* record(payload);
          return undefined;
        },
      },
    ],
    onError: ({ name, message }) => {
      env.log("error", `Exception during message handling: ${name}: ${message}`);
    },
  });
  const manager = {
    record_metering_data: (_ctxt: unknown, { data }: { data: Json }) => record(data),
  };
  const topics = [{ topic: metering_topic, endpoints: [endpoint(collectorApi, manager)] }];
  const servers = new RpcServers(env, topics, contextSerializer);
  return listening(env, listener, servers);
}

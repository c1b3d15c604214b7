/**
 * ceilometer-agent-notification: hears what other services notify, and puts samples of it into the pipeline.
 * A handler that raises ends the message for those after it. Where events are stored, they come before all handlers. Sahara's, Trove's,
 * Ironic's and the HTTP middleware's have no handlers. Upstream: ceilometer/notification.py,
 * ceilometer/plugin.py, setup.cfg (ceilometer.notification) at 2014.2.
 */
import { NotificationListener, type EventHandler } from "../../../bus/index.js";
import { serviceFlags, type Env, type Process } from "../../../framework/index.js";
import { str } from "../../../python/index.js";
import { adminContext } from "../context.js";
import type { EventDefinitionsFile } from "../event/converter.js";
import { eventsEndpoint } from "../event/endpoint.js";
import { eventFlags, storeEventsFlags } from "../event/flags.js";
import { listening } from "../listening.js";
import type { PipelineFile } from "../pipeline/definition.js";
import { PipelineManager } from "../pipeline/manager.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { userMetadataFlags } from "../user-metadata.js";
import { computeHandlers } from "./compute.js";
import { computeMetricHandlers } from "./compute-metrics.js";
import { exchangeFlags } from "./flags.js";
import { handlerFilter, type Surroundings } from "./handler.js";
import { identityHandlers } from "./identity.js";
import { imageHandlers } from "./image.js";
import { networkHandlers } from "./network.js";
import { orchestrationHandlers } from "./orchestration.js";
import { volumeHandlers } from "./volume.js";

/** In the order of setup.cfg; upstream loads them in that of a dictionary. */
const HANDLERS = [
  ...computeHandlers,
  ...computeMetricHandlers,
  ...volumeHandlers,
  ...identityHandlers,
  ...imageHandlers,
  ...networkHandlers,
  ...orchestrationHandlers,
].map((handler) => ({ handler, handles: handlerFilter(handler) }));

interface Parts {
  readonly pipeline: PipelineFile;
  readonly events: EventDefinitionsFile;
  readonly db: CeilometerDatabase;
}

/** @throws PipelineException, EventDefinitionException for a file that says what cannot be */
export function notificationAgent(env: Env, { pipeline, events, db }: Parts): Process {
  const { notification_topics } = env.flags.read(serviceFlags);
  const { store_events } = env.flags.read(storeEventsFlags);
  const { drop_unmatched_notifications: drop } = env.flags.read(eventFlags);
  const exchanges = Object.values(env.flags.read(exchangeFlags));
  const manager = new PipelineManager(env, pipeline);
  const surroundings: Surroundings = {
    flags: env.flags.read(userMetadataFlags),
    log: (level, message) => {
      env.log(level, message);
    },
  };
  const listener = new NotificationListener(env.bus, {
    topics: exchanges.flatMap((exchange) =>
      notification_topics.map((topic) => ({ topic, exchange })),
    ),
    endpoints: [
      ...(store_events ? [{ info: eventsEndpoint(env, db, events, drop) }] : []),
      { info: info(env, manager, surroundings) },
    ],
    onError: ({ name, message }) => {
      env.log("error", `Exception during message handling: ${name}: ${message}`);
    },
  });
  return listening(env, listener);
}

/** All handlers one after the other: upstream each is an endpoint of its own, to the same effect. */
const info = (env: Env, manager: PipelineManager, surroundings: Surroundings): EventHandler =>
  function* (context, publisher_id, event_type, payload, { timestamp }) {
    const told = { context, publisher_id, event_type, payload, timestamp: str(timestamp) };
    for (const { handler, handles } of HANDLERS) {
      if (!handles(event_type)) continue;
      const ctxt = adminContext(env);
      const samples = handler
        .measure(told, surroundings)
        .map((measurement) => manager.samples.make(measurement));
      yield* manager.publish(ctxt, samples);
    }
    return undefined;
  };

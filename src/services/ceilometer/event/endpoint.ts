/**
 * What the notification agent does with every notification before its handlers, where events are stored: it writes
 * them into the database itself. That its result goes nowhere keeps a message from ever being put back, whatever
 * ack_on_event_error says. Upstream: ceilometer/event/endpoint.py, ceilometer/messaging.py
 * (convert_to_old_notification_format), ceilometer/dispatcher/database.py (record_events) at 2014.2.
 */
import type { EventHandler } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { recordEvent } from "../storage/event-record.js";
import { EventsConverter, type EventDefinitionsFile } from "./converter.js";

/** @param drop what no definition is for @throws EventDefinitionException */
export function eventsEndpoint(
  env: Env,
  database: CeilometerDatabase,
  file: EventDefinitionsFile,
  drop: boolean,
): EventHandler {
  env.log("debug", "Loading event definitions");
  const converter = new EventsConverter(env, file.config, drop);
  return function* (context, publisher_id, event_type, payload, { message_id, timestamp }) {
    const members = Object.entries(context).map(([key, value]) => [`_context_${key}`, value]);
    const body: JsonObject = {
      ...{ priority: "info", payload, event_type, publisher_id, message_id, timestamp },
      ...(Object.fromEntries(members) as JsonObject),
    };
    const event = converter.toEvent(body);
    if (event === undefined) return undefined;
    env.log("debug", `Saving event "${event.event_type}"`);
    yield* recordEvent(env, database, event);
    return undefined;
  };
}

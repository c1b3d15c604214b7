/**
 * Options of events. Where their definitions stand, is an option of the cloud and no flag. Upstream:
 * ceilometer/notification.py, ceilometer/event/converter.py at 2014.2.
 */
import { boolean, option } from "../../../framework/index.js";

export const storeEventsFlags = {
  store_events: option("notification.store_events", boolean(false, "Save event details."), [
    "collector.store_events",
  ]),
  ack_on_event_error: option(
    "notification.ack_on_event_error",
    boolean(true, "Acknowledge message when event persistence fails."),
    ["collector.ack_on_event_error"],
  ),
};

export const eventFlags = {
  drop_unmatched_notifications: option(
    "event.drop_unmatched_notifications",
    boolean(
      false,
      "Drop notifications if no event definition matches. (Otherwise, we convert them with just the default traits)",
    ),
  ),
};

/**
 * What turns notifications into samples: for which event types, and how. Every handler is asked about
 * every notification. Upstream: ceilometer/plugin.py (NotificationBase), ceilometer/sample.py
 * (from_notification) at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import {
  PythonTypeError,
  fnmatcher,
  isObject,
  item,
  typeName,
  type Json,
} from "../../../python/index.js";
import type { Measurement, Notification } from "../sample.js";
import type { userMetadataFlags } from "../user-metadata.js";

/** What a handler may look at beside the notification. */
export interface Surroundings {
  readonly flags: FlagsOf<typeof userMetadataFlags>;
  readonly log: (level: "info" | "warning", message: string) => void;
}

export interface Handler {
  /** As setup.cfg calls it: `disk_root_size`. */
  readonly name: string;
  /** Patterns of `fnmatch`. */
  readonly eventTypes: readonly string[];
  /** @throws what Python would where the payload lacks something */
  measure(notification: Notification, surroundings: Surroundings): readonly Measurement[];
}

/** Whether a handler is about an event type. */
export function handlerFilter({ eventTypes }: Handler): (eventType: string) => boolean {
  const filters = eventTypes.map(fnmatcher);
  return (eventType) => filters.some((matches) => matches(eventType));
}

/** What a handler itself says of a sample; time and metadata are the notification's. */
export type Said = Omit<Measurement, "timestamp" | "resource_metadata" | "source">;

/** `Sample.from_notification`. @throws PythonTypeError for a payload that is no dictionary */
export function fromNotification(notification: Notification, said: Said): Measurement {
  const { payload, event_type, publisher_id, timestamp } = notification;
  if (!isObject(payload)) {
    const name = typeName(payload);
    throw new PythonTypeError(`'${name}' object does not support item assignment`);
  }
  const resource_metadata = { ...payload, event_type, host: publisher_id };
  return { ...said, timestamp, resource_metadata };
}

/** `message['payload'][a][b]`. @throws KeyError, PythonTypeError */
export const inPayload = ({ payload }: Notification, ...path: readonly string[]): Json =>
  path.reduce<Json>((value, key) => item(value, key), payload);

/**
 * Samples of what changes in Keystone, and of who logs in. Trusts give none: Keystone of Juno calls its
 * events otherwise than the handler expects. Upstream: ceilometer/identity/notifications.py at 2014.2.
 */
import { str } from "../../../python/index.js";
import { fromNotification, inPayload, type Handler } from "./handler.js";

const changeHandler = (resource: string, ...events: readonly string[]): Handler => ({
  name: resource,
  eventTypes: events.map((event) => `identity.${resource}.${event}`),
  measure: (notification) => [
    fromNotification(notification, {
      name: notification.event_type,
      type: "delta",
      unit: resource,
      volume: 1,
      resource_id: inPayload(notification, "resource_info"),
      user_id: null,
      project_id: null,
    }),
  ],
});

const authenticate: Handler = {
  name: "authenticate",
  eventTypes: ["identity.authenticate"],
  measure: (notification) => [
    fromNotification(notification, {
      name: `identity.authenticate.${str(inPayload(notification, "outcome"))}`,
      type: "delta",
      unit: "user",
      volume: 1,
      resource_id: inPayload(notification, "initiator", "id"),
      user_id: inPayload(notification, "initiator", "id"),
      project_id: null,
    }),
  ],
};

export const identityHandlers: readonly Handler[] = [
  authenticate,
  changeHandler("user", "*"),
  changeHandler("group", "*"),
  changeHandler("role", "*"),
  changeHandler("project", "*"),
  changeHandler("trust", "created", "deleted"),
];

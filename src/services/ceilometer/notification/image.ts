/** Samples of Glance's images, and of their data on its way out. Upstream: ceilometer/image/notifications.py at 2014.2. */
import type { Notification } from "../sample.js";
import { fromNotification, inPayload, type Handler, type Said } from "./handler.js";

const CHANGES = ["image.update", "image.upload", "image.delete"];
const SENT = ["image.send"];

const imageHandler = (
  name: string,
  said: (notification: Notification) => Pick<Said, "name" | "type" | "unit" | "volume">,
): Handler => ({
  name,
  eventTypes: CHANGES,
  measure: (notification) => [
    fromNotification(notification, {
      ...said(notification),
      resource_id: inPayload(notification, "id"),
      user_id: null,
      project_id: inPayload(notification, "owner"),
    }),
  ],
});

/** Bytes of an image, for whom `who` says. */
const sentHandler = (
  name: string,
  meter: string,
  who: (notification: Notification) => Pick<Said, "user_id" | "project_id">,
): Handler => ({
  name,
  eventTypes: SENT,
  measure: (notification) => [
    fromNotification(notification, {
      name: meter,
      type: "delta",
      unit: "B",
      volume: inPayload(notification, "bytes_sent"),
      resource_id: inPayload(notification, "image_id"),
      ...who(notification),
    }),
  ],
});

export const imageHandlers: readonly Handler[] = [
  imageHandler("image_crud", ({ event_type }) => ({
    name: event_type,
    type: "delta",
    unit: "image",
    volume: 1,
  })),
  imageHandler("image", () => ({ name: "image", type: "gauge", unit: "image", volume: 1 })),
  imageHandler("image_size", (notification) => ({
    name: "image.size",
    type: "gauge",
    unit: "B",
    volume: inPayload(notification, "size"),
  })),
  sentHandler("image_download", "image.download", (notification) => ({
    user_id: inPayload(notification, "receiver_user_id"),
    project_id: inPayload(notification, "receiver_tenant_id"),
  })),
  sentHandler("image_serve", "image.serve", (notification) => ({
    user_id: null,
    project_id: inPayload(notification, "owner_id"),
  })),
];

/** Samples of Cinder's volumes and snapshots. Upstream: ceilometer/volume/notifications.py at 2014.2. */
import type { Notification } from "../sample.js";
import { fromNotification, inPayload, type Handler, type Said } from "./handler.js";

const volumeHandler = (
  name: string,
  kind: "volume" | "snapshot",
  said: (notification: Notification) => Pick<Said, "name" | "unit" | "volume">,
): Handler => ({
  name,
  eventTypes: [
    "exists",
    "create.*",
    "delete.*",
    "resize.*",
    ...(kind === "volume" ? ["attach.*", "detach.*"] : []),
  ].map((event) => `${kind}.${event}`),
  measure: (notification) => [
    fromNotification(notification, {
      ...said(notification),
      type: "gauge",
      user_id: inPayload(notification, "user_id"),
      project_id: inPayload(notification, "tenant_id"),
      resource_id: inPayload(notification, `${kind}_id`),
    }),
  ],
});

export const volumeHandlers: readonly Handler[] = [
  volumeHandler("volume", "volume", () => ({ name: "volume", unit: "volume", volume: 1 })),
  volumeHandler("volume_size", "volume", (notification) => ({
    name: "volume.size",
    unit: "GB",
    volume: inPayload(notification, "size"),
  })),
  volumeHandler("snapshot", "snapshot", () => ({ name: "snapshot", unit: "snapshot", volume: 1 })),
  volumeHandler("snapshot_size", "snapshot", (notification) => ({
    name: "snapshot.size",
    unit: "GB",
    volume: inPayload(notification, "volume_size"),
  })),
];

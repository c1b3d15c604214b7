/**
 * Samples of Nova's instances: six of each `compute.instance.*`, the deleted ones' own, and what a scheduler
 * has placed. Upstream: ceilometer/compute/notifications/instance.py at 2014.2.
 */
import { asDict, isObject, item, iterate, str, truth, type Json } from "../../../python/index.js";
import type { Measurement, Notification } from "../sample.js";
import { withUserMetadata } from "../user-metadata.js";
import {
  fromNotification,
  inPayload,
  type Handler,
  type Said,
  type Surroundings,
} from "./handler.js";

const INSTANCES = ["compute.instance.*"];

/** Its user's metadata is taken out of what describes the instance, but for what is reserved. */
function withoutMetadata(properties: Json, { flags }: Surroundings): Json {
  const known = asDict(properties, "get");
  const { metadata, ...rest } = known;
  return isObject(metadata ?? null) && isObject(metadata)
    ? withUserMetadata(flags, metadata, rest)
    : known;
}

/** A handler of `compute.instance.*`, each of which says what it measures. */
const instanceHandler = (
  name: string,
  said: (payload: Json) => Pick<Said, "name" | "unit" | "volume"> | undefined,
): Handler => ({
  name,
  eventTypes: INSTANCES,
  measure(notification, surroundings) {
    const payload = withoutMetadata(notification.payload, surroundings);
    const what = said(payload);
    return what === undefined ? [] : [ofInstance({ ...notification, payload }, what)];
  },
});

const ofInstance = (
  notification: Notification,
  what: Pick<Said, "name" | "unit" | "volume"> & { readonly type?: string },
): Measurement =>
  fromNotification(notification, {
    type: "gauge",
    ...what,
    user_id: inPayload(notification, "user_id"),
    project_id: inPayload(notification, "tenant_id"),
    resource_id: inPayload(notification, "instance_id"),
  });

const sized = (name: string, meter: string, unit: string, key: string): Handler =>
  instanceHandler(name, (payload) => ({ name: meter, unit, volume: item(payload, key) }));

/** What nova's own plugin for Ceilometer sends of an instance that goes. */
const deleted: Handler = {
  name: "instance_delete",
  eventTypes: ["compute.instance.delete.samples"],
  measure(notification, surroundings) {
    const payload = withoutMetadata(notification.payload, surroundings);
    const samples = asDict(payload, "get")["samples"] ?? [];
    return iterate(samples).map((sample) =>
      ofInstance(
        { ...notification, payload },
        {
          name: str(item(sample, "name")),
          type: str(item(sample, "type")),
          unit: str(item(sample, "unit")),
          volume: item(sample, "volume"),
        },
      ),
    );
  },
};

const scheduled: Handler = {
  name: "instance_scheduled",
  eventTypes: ["scheduler.run_instance.scheduled"],
  measure(notification, surroundings) {
    const { payload } = notification;
    const spec = asDict(item(payload, "request_spec"), "get");
    const properties = withoutMetadata(item(spec, "instance_properties"), surroundings);
    const request_spec = { ...spec, instance_properties: properties };
    return [
      fromNotification(
        { ...notification, payload: { ...asDict(payload, "get"), request_spec } },
        {
          name: "instance.scheduled",
          type: "delta",
          volume: 1,
          unit: "instance",
          user_id: null,
          project_id: item(properties, "project_id"),
          resource_id: item(payload, "instance_id"),
        },
      ),
    ];
  },
};

export const computeHandlers: readonly Handler[] = [
  instanceHandler("instance", () => ({ name: "instance", unit: "instance", volume: 1 })),
  instanceHandler("instance_flavor", (payload) => {
    const flavor = asDict(payload, "get")["instance_type"] ?? null;
    if (!truth(flavor)) return undefined;
    return { name: `instance:${str(flavor)}`, unit: "instance", volume: 1 };
  }),
  deleted,
  scheduled,
  sized("memory", "memory", "MB", "memory_mb"),
  sized("vcpus", "vcpus", "vcpu", "vcpus"),
  sized("disk_root_size", "disk.root.size", "GB", "root_gb"),
  sized("disk_ephemeral_size", "disk.ephemeral.size", "GB", "ephemeral_gb"),
];

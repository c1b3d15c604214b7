/**
 * Samples of Neutron's resources: one for the resource and one for what was done to it. That something
 * is about to be made has no id yet, and that it was deleted says too little: neither gives a sample.
 * Upstream: ceilometer/network/notifications.py at 2014.2.
 */
import { asDict, item, iterate, repr, truth, type Json } from "../../../python/index.js";
import type { Measurement, Notification } from "../sample.js";
import { fromNotification, inPayload, type Handler, type Surroundings } from "./handler.js";

const networkHandler = (resource: string, meter = resource, unit = resource): Handler => ({
  name: resource,
  eventTypes: [`${resource}.create.end`, `${resource}.update.*`, `${resource}.exists`],
  measure(notification, surroundings) {
    logged(notification, surroundings);
    return resources(notification, resource).flatMap((payload) =>
      ofResource({ ...notification, payload }, meter, unit),
    );
  },
});

/** The message in its old form, with the context's members among its own. */
function logged({ context, ...message }: Notification, { log }: Surroundings): void {
  const members = Object.entries(context).map(
    ([key, value]) => [`_context_${key}`, value] as const,
  );
  const old = { priority: "info", ...message, ...Object.fromEntries(members) };
  log("info", `network notification ${repr(old)}`);
}

/** What the payload is about: one, or as many as were made in one go. @throws PythonTypeError */
function resources({ payload, event_type }: Notification, resource: string): readonly Json[] {
  const known = asDict(payload, "get");
  const one = known[resource] ?? null;
  if (!truth(one)) return iterate(known[`${resource}s`] ?? null);
  // Before an update the id stands beside it.
  return [
    event_type.endsWith("update.start") ? { ...asDict(one, "update"), id: item(known, "id") } : one,
  ];
}

function ofResource(notification: Notification, meter: string, unit: string): Measurement[] {
  const { context, event_type } = notification;
  const [, verb, stage] = event_type.split(".");
  const said = {
    unit,
    volume: 1,
    user_id: item(context, "user_id"),
    project_id: item(context, "tenant_id"),
    resource_id: inPayload(notification, "id"),
  };
  const exists = fromNotification(notification, { name: meter, type: "gauge", ...said });
  if (verb === undefined || stage === undefined) return [exists];
  return [
    exists,
    fromNotification(notification, { name: `${meter}.${verb}`, type: "delta", ...said }),
  ];
}

const bandwidth: Handler = {
  name: "bandwidth",
  eventTypes: ["l3.meter"],
  measure: (notification) => [
    fromNotification(notification, {
      name: "bandwidth",
      type: "delta",
      unit: "B",
      volume: inPayload(notification, "bytes"),
      user_id: null,
      project_id: inPayload(notification, "tenant_id"),
      resource_id: inPayload(notification, "label_id"),
    }),
  ],
};

export const networkHandlers: readonly Handler[] = [
  networkHandler("network"),
  networkHandler("subnet"),
  networkHandler("port"),
  networkHandler("router"),
  networkHandler("floatingip", "ip.floating", "ip"),
  bandwidth,
];

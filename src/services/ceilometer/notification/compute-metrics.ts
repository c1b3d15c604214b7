/**
 * Samples of what hosts say of their processors in `compute.metrics.update`, which Nova sends where its
 * monitors are on. Upstream: ceilometer/compute/notifications/cpu.py at 2014.2.
 */
import { Exception, item, iterate, str, type Json } from "../../../python/index.js";
import type { Notification } from "../sample.js";
import { fromNotification, inPayload, type Handler } from "./handler.js";

/** A metric's own time, as `str()` of a date has it. */
const timeOf = (metric: Json): string =>
  str(item(metric, "timestamp")).replace("T", " ").replace(/\.0+$/, "");

const metricHandler = (metric: string, type: string, unit: string): Handler => ({
  name: metric.replaceAll(".", "_"),
  eventTypes: ["compute.metrics.update"],
  measure(notification, { log }) {
    try {
      const found = iterate(inPayload(notification, "metrics")).find(
        (candidate) => item(candidate, "name") === metric,
      );
      if (found === undefined) return [];
      const value = item(found, "value");
      const host = str(inPayload(notification, "host"));
      const message: Notification = { ...notification, payload: found, timestamp: timeOf(found) };
      return [
        fromNotification(message, {
          name: `compute.node.${metric}`,
          type,
          unit,
          volume: unit === "%" && typeof value === "number" ? value * 100 : value,
          user_id: null,
          project_id: null,
          resource_id: `${host}_${str(inPayload(notification, "nodename"))}`,
        }),
      ];
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      log("warning", `An error occurred while building ${metric} sample: ${error.message}`);
      return [];
    }
  },
});

export const computeMetricHandlers: readonly Handler[] = [
  metricHandler("cpu.frequency", "gauge", "MHz"),
  metricHandler("cpu.user.time", "cumulative", "ns"),
  metricHandler("cpu.kernel.time", "cumulative", "ns"),
  metricHandler("cpu.idle.time", "cumulative", "ns"),
  metricHandler("cpu.iowait.time", "cumulative", "ns"),
  metricHandler("cpu.kernel.percent", "gauge", "%"),
  metricHandler("cpu.idle.percent", "gauge", "%"),
  metricHandler("cpu.user.percent", "gauge", "%"),
  metricHandler("cpu.iowait.percent", "gauge", "%"),
  metricHandler("cpu.percent", "gauge", "%"),
];

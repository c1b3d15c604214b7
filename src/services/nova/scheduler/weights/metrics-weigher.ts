/**
 * The sum of what hosts measure, each metric times its ratio. Without settings all weigh the same.
 * Upstream: nova/scheduler/weights/metrics.py.
 */
import { ComputeHostMetricNotFound } from "../../exception.js";
import type { Weigher } from "./weigher.js";

export interface MetricsOptions {
  readonly multiplier: number;
  /** `name=ratio`; what is not of this form does not count. */
  readonly setting: readonly string[];
  readonly required: boolean;
  readonly weightOfUnavailable: number;
}

/** `weigh` throws ComputeHostMetricNotFound if a required metric is not there. */
export function metricsWeigher(options: MetricsOptions): Weigher {
  const ratios = options.setting.flatMap((text): [string, number][] => {
    const [name = "", ratio = ""] = text.split("=").map((part) => part.trim());
    const value = ratio === "" ? NaN : Number(ratio);
    return name === "" || Number.isNaN(value) ? [] : [[name, value]];
  });
  return {
    name: "MetricsWeigher",
    multiplier: options.multiplier,
    idle: ratios.length === 0,
    weigh(host) {
      let sum = 0;
      for (const [name, ratio] of ratios) {
        const value = host.metrics.get(name);
        if (value !== undefined) {
          sum += value * ratio;
        } else if (options.required) {
          throw new ComputeHostMetricNotFound({ host: host.host, node: host.nodename, name });
        } else if (ratio * options.multiplier !== 0) {
          return options.weightOfUnavailable;
        }
      }
      return sum;
    },
  };
}

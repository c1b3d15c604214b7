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

/**
 * Metrics and their ratios out of `name=ratio` (scheduler/utils.py, parse_options). The name is what
 * stands before the sign, blanks and all.
 */
export function metricRatios(setting: readonly string[]): readonly (readonly [string, number])[] {
  return setting.flatMap((text): [string, number][] => {
    const at = text.indexOf("=");
    const ratio = text.slice(at + 1).trim();
    const value = ratio === "" ? NaN : Number(ratio);
    return at <= 0 || Number.isNaN(value) ? [] : [[text.slice(0, at), value]];
  });
}

/** `weigh` throws ComputeHostMetricNotFound if a required metric is not there. */
export function metricsWeigher(options: MetricsOptions): Weigher {
  const ratios = metricRatios(options.setting);
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

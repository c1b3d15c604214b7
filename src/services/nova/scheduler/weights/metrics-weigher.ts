/**
 * The sum of what hosts measure, each metric times its ratio. Without settings all weigh the same.
 * Upstream: nova/scheduler/weights/metrics.py.
 */
import { floatOf, ValueError } from "../../../../python/index.js";
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
 * Metrics and their ratios out of `name=ratio`, and what is said of those that are not of this form
 * (scheduler/utils.py, parse_options). The name is what stands before the sign, blanks and all.
 */
export function metricRatios(setting: readonly string[]): {
  readonly ratios: readonly (readonly [string, number])[];
  readonly remark: string | undefined;
} {
  const parsed = setting.map((text) => [text, ratioIn(text)] as const);
  const bad = parsed.flatMap(([text, found]) => (found === undefined ? [text] : []));
  return {
    ratios: parsed.flatMap(([, found]) => (found === undefined ? [] : [found])),
    remark:
      bad.length === 0
        ? undefined
        : `Ignoring the invalid elements of the option metrics.weight_setting: ${bad.join(", ")}`,
  };
}

function ratioIn(text: string): readonly [string, number] | undefined {
  const at = text.indexOf("=");
  if (at <= 0) return undefined;
  try {
    return [text.slice(0, at), floatOf(text.slice(at + 1))];
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** `weigh` throws ComputeHostMetricNotFound if a required metric is not there. */
export function metricsWeigher(options: MetricsOptions): Weigher {
  const { ratios, remark } = metricRatios(options.setting);
  return {
    name: "MetricsWeigher",
    multiplier: options.multiplier,
    idle: ratios.length === 0,
    remark,
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

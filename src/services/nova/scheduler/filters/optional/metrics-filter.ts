/** Only hosts that have every metric that is weighed. Upstream: nova/scheduler/filters/metrics_filter.py. */
import type { HostState } from "../../host-state.js";
import { metricRatios } from "../../weights/metrics-weigher.js";
import type { FilterEnv, HostFilter } from "../filter.js";

export function metricsFilter({ flags }: FilterEnv): HostFilter {
  const { ratios, remark } = metricRatios(flags.metrics_weight_setting);
  const names = ratios.map(([name]) => name);
  const missing = ({ metrics }: HostState): string[] => names.filter((name) => !metrics.has(name));
  return {
    name: "MetricsFilter",
    oncePerRequest: false,
    remark,
    forRequest: () => ({
      passes: (host) => missing(host).length === 0,
      compared: (host) =>
        missing(host).length === 0 ? "has all" : `no ${missing(host).join(" ")}`,
      debug: (host, passed) =>
        passed
          ? []
          : [`${host.repr()} does not have the following metrics: ${missing(host).join(", ")}`],
    }),
  };
}

/** Enough CPUs left, oversubscribed; not a default filter. Upstream: nova/scheduler/filters/core_filter.py. */
import { fixed, type PerHost } from "./aggregates/per-host.js";
import type { HostState } from "../host-state.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import { relation } from "./ram-filter.js";

export const coreFilter = ({ flags }: FilterEnv): HostFilter =>
  coresFilter("CoreFilter", () => fixed(flags.cpu_allocation_ratio));

/** @param ratioFor how much each host may be oversubscribed, asked for once a request */
export const coresFilter = (name: string, ratioFor: () => PerHost): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = ratioFor();
    const { vcpus } = instanceType;
    const limitOf = (host: HostState): number => host.vcpus_total * ratio.of(host);
    const free = (host: HostState): number => limitOf(host) - host.vcpus_used;
    return {
      passes(host) {
        // A host that does not count its CPUs is taken at its word, not refused.
        if (host.vcpus_total === 0) return true;
        const limit = limitOf(host);
        if (limit > 0) host.limits.vcpu = limit;
        return !(limit - host.vcpus_used < vcpus);
      },
      compared: (host) => (host.vcpus_total === 0 ? "not counted" : relation(vcpus, free(host))),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${vcpus} usable vcpus, it only has ${Math.trunc(free(host))} usable vcpus`,
            ],
      remarks: (host) =>
        host.vcpus_total === 0
          ? [["warning", "VCPUs not set; assuming CPU collection broken"]]
          : (ratio.remarks?.(host) ?? []),
    };
  },
});

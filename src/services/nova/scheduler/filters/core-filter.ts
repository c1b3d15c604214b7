/** Enough CPUs left, oversubscribed; not a default filter. Upstream: nova/scheduler/filters/core_filter.py. */
import type { FilterEnv, HostFilter } from "./filter.js";

export const coreFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "CoreFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.cpu_allocation_ratio;
    return (host) => {
      // A host that does not count its CPUs is taken at its word, not refused.
      if (host.vcpus_total === 0) return true;
      const limit = host.vcpus_total * ratio;
      if (limit > 0) host.limits.vcpu = limit;
      return limit - host.vcpus_used >= instanceType.vcpus;
    };
  },
});
